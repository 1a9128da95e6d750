"""The planted truth counted again from the log lines, without the package."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

BUNDLE = Path(__file__).resolve().parents[2] / "data/INC-2024-001"


def on_the_day(clock: str) -> int:
    """Epoch seconds of a clock time on the day of the incident."""
    return int(datetime.fromisoformat(f"2024-01-15T{clock}+00:00").timestamp())


def parsed(line: str) -> dict[str, Any] | None:
    """The line as JSON, or None where it is text or was cut."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


@pytest.fixture(scope="module")
def log_lines() -> dict[str, list[str]]:
    """The lines of each service, both rotations in order."""
    found: dict[str, list[str]] = {}
    for path in sorted((BUNDLE / "evidence/logs").glob("*/*.ndjson.gz")):
        text = gzip.decompress(path.read_bytes()).decode()
        found.setdefault(path.parent.name, []).extend(text.splitlines())
    return found


@pytest.fixture(scope="module")
def records(log_lines: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Every line that is whole JSON, in no order over services."""
    return [record for lines in log_lines.values() for line in lines if (record := parsed(line))]


@pytest.fixture(scope="module")
def failing(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The charges that failed, in order of time."""
    return [record for record in records if record["msg"].startswith("charge failed")]


def test_lines_are_as_many_as_the_readme_says(log_lines: dict[str, list[str]]) -> None:
    """Lines, lines that are no JSON, and lines cut short, by service."""
    counted = {
        service: (
            len(lines),
            sum(not line.startswith("{") for line in lines),
            sum(line.startswith("{") and parsed(line) is None for line in lines),
        )
        for service, lines in log_lines.items()
    }
    assert counted == {
        "checkout-api": (39_114, 2, 1),
        "notification-worker": (8_061, 2, 1),
        "order-service": (7_976, 1, 1),
        "payment-processor": (30_919, 6, 4),
    }


def test_lines_stand_in_order_of_time(records: list[dict[str, Any]]) -> None:
    """Each service's lines rise in time, inside the six hours."""
    for service in ("checkout-api", "notification-worker", "order-service", "payment-processor"):
        times = [record["time"] for record in records if record["name"] == service]
        assert times == sorted(times)
        assert on_the_day("10:15:00") * 1000 <= times[0]
        assert times[-1] < on_the_day("16:15:00") * 1000


def test_impact_begins_and_ends_with_the_first_and_last_failing_charge(failing: list[dict[str, Any]]) -> None:
    """14:12:40.762 and 15:02:10.797, the first and the last charge that failed for want of a connection."""
    assert failing[0]["time"] == on_the_day("14:12:40") * 1000 + 762
    assert failing[-1]["time"] == on_the_day("15:02:10") * 1000 + 797


def test_users_with_a_failing_charge_are_counted_once(failing: list[dict[str, Any]]) -> None:
    """14,208 customers, near the recorded 15,000 and not equal to it."""
    assert len(failing) == 20_909
    assert len({record["userId"] for record in failing}) == 14_208


def test_every_service_tells_the_same_users(records: list[dict[str, Any]], failing: list[dict[str, Any]]) -> None:
    """Errors that carry a user are failing charges or their checkouts, so any way of counting agrees."""
    with_error = {record["userId"] for record in records if record["level"] >= 50 and "userId" in record}
    assert with_error == {record["userId"] for record in failing}


def test_charges_fail_in_three_ways(failing: list[dict[str, Any]]) -> None:
    """Turned away, tired of waiting, and, after the resize, held up by the lock."""
    assert Counter(record["msg"] for record in failing) == {
        "charge failed: no connection available": 9_464,
        "charge failed: timeout acquiring connection": 6_038,
        "charge failed: lock timeout": 5_407,
    }


def test_the_pool_is_full_twelve_seconds_before_the_first_failure(records: list[dict[str, Any]]) -> None:
    """The first word of an exhausted pool comes at 14:12:28.413."""
    full = min(record["time"] for record in records if record["msg"] == "pool exhausted")
    assert full == on_the_day("14:12:28") * 1000 + 413
