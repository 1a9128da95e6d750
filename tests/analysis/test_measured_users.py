"""Users with an error during the measured impact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from incident_analytics.analysis.measured_impact import MeasuredImpact
from incident_analytics.analysis.measured_users import MeasuredUsers, beside_measured, measured_users, users_by_share
from incident_analytics.model.measurement import Measurement

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OUTER = (NOON, NOON + 60 * SECOND)
COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "timestamp": pl.Datetime("us", "UTC"),
    "severity_number": pl.Int8,
    "service": pl.String,
    "user_id": pl.String,
}


def logs(*lines: tuple[int, str | None, int], service: str = "api") -> pl.DataFrame:
    """Lines of one service at so many seconds after noon, of a user, of a severity."""
    rows = [(NOON + second * SECOND, severity, service, user) for second, user, severity in lines]
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


def test_another_log_of_the_same_requests_counts_no_further_users() -> None:
    """The proxy never names a user: its two errors bound nothing. The one of the api without an id may be a fourth."""
    api = logs((10, "b", 17), (20, "c", 17), (30, "d", 17), (40, None, 17))
    found = measured_users(
        pl.concat((api, logs((10, None, 17), (20, "", 17), (25, None, 9), service="proxy"))),
        outer=OUTER,
        step=SECOND,
    )
    assert (found.users, found.high, found.errors_without_user) == (3, 4, 1)
    assert (found.same_requests, found.errors_of_same_requests) == (("proxy",), 2)


@pytest.mark.parametrize(
    ("before", "during", "is_usual"),
    [(20, 18, True), (20, 34, True), (20, 35, False), (0, 3, False)],
)
def test_as_many_as_usual_is_told(before: int, during: int, is_usual: bool) -> None:
    """34 are 14 more than 20, twice the root of 54 is 14.7; 35 are 15 more, twice the root of 55 is 14.8."""
    quiet = [(-60 + number, f"a{number}", 17) for number in range(before)]
    hit = [(number, f"b{number}", 17) for number in range(during)]
    found = measured_users(logs((-60, "z", 9), *quiet, *hit), outer=OUTER, step=SECOND)
    assert (found.users, found.before, found.is_usual) == (during, before, is_usual)


def told(users: int | None, before: int) -> MeasuredImpact:
    """An impact that hit so many users."""
    counted = MeasuredUsers(*OUTER, users, users, users, before, 0, "")
    return MeasuredImpact(OUTER, None, "", users=counted)


@pytest.mark.parametrize(
    ("impact", "measured"),
    [
        (told(1291, 0), 1291.0),
        (told(18, 20), None),
        (told(None, 20), 965.0),
        (MeasuredImpact(None, None, "nothing to search"), 965.0),
    ],
)
def test_users_of_the_measured_impact_stand_beside_the_record(impact: MeasuredImpact, measured: float | None) -> None:
    """Those of the recorded window only without them; none where as many as usual met an error."""
    recorded = Measurement("users_affected", "users", "recorded", 2500.0, measured=965.0)
    assert beside_measured(recorded, impact).measured == measured


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
