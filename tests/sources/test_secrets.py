"""Which secrets are known in a log message, and that what stands around them stays."""

from __future__ import annotations

import json

import polars as pl
import pytest

from incident_analytics.sources.secrets import without_secrets

KEY = "sk_live_" + "51Hx2YzAbCdEf"
AWS = "AKIA" + "ABCDEFGHIJKLMNOP"


def told(text: str) -> str:
    """The text without its secrets."""
    return str(pl.select(without_secrets(pl.lit(text))).item())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("login failed, password=hunter2 for ann", "login failed, password=? for ann"),
        ("DB_PASSWORD: 'hunter 2', next", "DB_PASSWORD: '?', next"),
        ('api_key="a b"', 'api_key="?"'),
        ("Authorization: Bearer abcdef.123456", "Authorization: Bearer ?"),
        (f"stripe answered 401 to {KEY}", "stripe answered 401 to ?"),
        (f"denied for {AWS} in eu-west-1", "denied for ? in eu-west-1"),
        ("https://ann:hunter2@db.example/shop", "https://ann:?@db.example/shop"),
        ("x eyJhbGciOiJI.eyJzdWIiOiIx.c2ln y", "x ? y"),
        ("GET /pay?token=abc123&order=7", "GET /pay?token=?&order=7"),
    ],
)
def test_a_known_secret_is_masked(text: str, expected: str) -> None:
    """By its name, or by its shape."""
    assert told(text) == expected


@pytest.mark.parametrize(
    "text", ["3 tokens left", "password changed", "wrong password", "order=7 took 12 ms", "basic plan"]
)
def test_what_is_no_secret_stays(text: str) -> None:
    """Words alone are none."""
    assert told(text) == text


def test_an_object_stays_one() -> None:
    """Texts, numbers and JSON in JSON."""
    written = {"password": "hunter2", "token": 4711, "inner": '{"secret": "abc"}', "order": 7}
    assert json.loads(told(json.dumps(written))) == {
        "password": "?",
        "token": "?",
        "inner": '{"secret": "?"}',
        "order": 7,
    }
