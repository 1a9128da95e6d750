"""Pairs of logfmt."""

from __future__ import annotations

import pytest

from incident_analytics.sources.logs.formats.logfmt import logfmt_fields


def test_quotes_escapes_empty_values_and_words_without_key() -> None:
    """What writers put into pairs."""
    assert logfmt_fields(r'level=warn msg="a \"b\"\nc" none= path=/x?a=b left over') == {
        "level": "warn", "msg": 'a "b"\nc', "none": "", "path": "/x?a=b", "rest": "left over",
    }  # fmt: skip


@pytest.mark.parametrize(
    "line", ["a=b c=d", "level=error", "we set level=3 in the config", "", 'msg="never ends', "x" * 100_000]
)
def test_other_text_is_none(line: str) -> None:
    """Pairs without a time, level or message; one pair alone; prose."""
    assert logfmt_fields(line) is None
