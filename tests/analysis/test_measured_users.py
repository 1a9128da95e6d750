"""Users with an error during the measured impact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from incident_analytics.analysis.measured_users import measured_users, users_by_share

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OUTER = (NOON, NOON + 60 * SECOND)
COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "timestamp": pl.Datetime("us", "UTC"),
    "severity_number": pl.Int8,
    "user_id": pl.String,
}


def logs(*lines: tuple[int, str | None, int]) -> pl.DataFrame:
    """Lines at so many seconds after noon, of a user, of a severity."""
    rows = [(NOON + second * SECOND, severity, user) for second, user, severity in lines]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def test_users_count_once_between_what_both_ends_leave_open() -> None:
    """Four inside, two of them for sure; one more may hide in a line without an id."""
    given = logs(
        (-90, "a", 9), (5, "b", 17), (20, "c", 17), (21, "c", 17), (30, "d", 21), (58, "e", 17), (40, None, 17)
    )
    found = measured_users(given, outer=OUTER, step=10 * SECOND)
    assert (found.users, found.low, found.high, found.before, found.errors_without_user) == (4, 2, 5, 0, 1)


def test_who_meets_errors_on_quiet_days_is_not_counted_for_sure() -> None:
    """One user in the minute before: one of the three may have met theirs without the incident."""
    given = logs((-60, "z", 9), (-30, "a", 17), (20, "b", 17), (30, "c", 17), (40, "d", 17))
    found = measured_users(given, outer=OUTER, step=10 * SECOND)
    assert (found.users, found.low, found.high, found.before) == (3, 2, 3, 1)


def test_logs_that_begin_later_do_not_tell_of_quiet_days() -> None:
    """The minute before is not known, and it is not taken for quiet."""
    found = measured_users(logs((20, "b", 17)), outer=OUTER, step=10 * SECOND)
    assert (found.users, found.low, found.before) == (1, 1, None)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (logs(), "there are no logs"),
        (logs((20, "a", 9)), "no error line of the window"),
        (logs((20, None, 17), (21, "", 17)), "the logs carry no user ids"),
    ],
)
def test_what_cannot_be_counted_says_why(given: pl.DataFrame, reason: str) -> None:
    """No user is made up, and zero is not said for what is not known."""
    found = measured_users(given, outer=OUTER, step=10 * SECOND)
    assert (found.users, found.low, found.high, found.reason) == (None, None, None, reason)
    assert users_by_share(found, (), None) is found
