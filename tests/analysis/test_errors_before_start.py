"""Errors that rose before the recorded start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from incident_analytics.analysis.errors_before_start import early_errors_finding, errors_before_start
from incident_analytics.model.measurement import Place

START = datetime(2024, 1, 15, 14, 15, tzinfo=UTC)


def logs(errors: dict[int, int], *, since: int = -60, users: bool = True) -> pl.DataFrame:
    """A quiet line a minute up to the start, and errors in the minutes named by their distance from it."""
    rows = [(START + timedelta(minutes=minute), 9, None) for minute in range(since, 1)]
    for minute, number in errors.items():
        at = START + timedelta(minutes=minute, seconds=40)
        rows += [(at, 17, f"u{one}" if users else None) for one in range(number)]
    schema = {"timestamp": pl.Datetime("us", "UTC"), "severity_number": pl.Int8, "user_id": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns(
        service=pl.lit("pay"), message=pl.lit("failed"), file=pl.lit("evidence/logs/pay.ndjson")
    ).with_row_index("line", 1)


def test_a_rise_before_the_start_is_found_at_its_first_minute() -> None:
    """194 errors at 14:12 and 822 at 14:13, none before: the rise is at 14:12, by 822 users."""
    early = errors_before_start(logs({-3: 194, -2: 822}), START)
    assert early is not None
    assert (early.minute_at, early.errors, early.usual, early.users) == (START.replace(minute=12), 194, 0.0, 822)
    finding = early_errors_finding(early, START)
    assert finding.message == (
        "errors rose from 14:12 UTC on, 3 min before the recorded start (194 in that minute, usually 0); "
        "822 users met one before it"
    )
    assert finding.where == Place("evidence/logs/pay.ndjson", 62)


def test_the_finding_tells_times_in_the_zone_of_the_report() -> None:
    """As the record beside it does; Berlin is an hour ahead in January."""
    early = errors_before_start(logs({-3: 194}), START)
    assert early is not None
    finding = early_errors_finding(early, START, ZoneInfo("Europe/Berlin"), "Europe/Berlin")
    assert finding.message.startswith("errors rose from 15:12 Europe/Berlin on, 3 min before the recorded start")
    assert finding.seen == "194 errors at 15:12 Europe/Berlin"


@pytest.mark.parametrize(
    ("errors", "is_early"),
    [
        ({}, False),
        ({-3: 5}, False),
        ({-3: 6}, True),
        ({-15: 6}, True),
        ({-16: 600}, False),
        ({0: 600}, False),
        (dict.fromkeys(range(-60, -15), 2) | {-1: 10}, False),
        (dict.fromkeys(range(-60, -15), 2) | {-1: 11}, True),
    ],
)
def test_more_than_five_and_more_than_five_times_the_usual(errors: dict[int, int], is_early: bool) -> None:
    """Both limits are exclusive; what comes sooner than 15 minutes before, or from the start on, is no sign."""
    assert (errors_before_start(logs(errors), START) is not None) == is_early


def test_logs_that_begin_too_late_cannot_tell() -> None:
    """Without a minute to compare with, nothing is several times as much."""
    assert errors_before_start(logs({-3: 194}, since=-10), START) is None


def test_without_user_ids_the_finding_counts_no_users() -> None:
    """The users are unknown, not nobody."""
    early = errors_before_start(logs({-3: 194}, users=False), START)
    assert early is not None
    assert early.users is None
    assert early_errors_finding(early, START).message.endswith("(194 in that minute, usually 0)")
