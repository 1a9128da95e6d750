"""Users affected, counted by hand from the nine lines of conftest."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_analytics.analysis.logs import affected_users, users_affected_over_time
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    OnEngine = Callable[[pl.DataFrame], Any]
    RowsOf = Callable[[object], list[tuple[Any, ...]]]


def at(clock: str, day: int = 15) -> dt.datetime:
    """An instant of January 2024."""
    return dt.datetime.combine(dt.date(2024, 1, day), dt.time.fromisoformat(clock), tzinfo=dt.UTC)


WHOLE = {"since": at("23:58"), "until": at("00:05", 16)}


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        # errors of u1, u2, u3, of nobody, of u1 again; u9's error has no time
        (at("23:58"), at("00:05", 16), (3, 8, 5, 1)),
        # both ends are included: lines 2 and 3
        (at("23:58:05"), at("23:58:05"), (2, 2, 2, 0)),
        # one line that is no error, in logs that carry users: nobody, and that is known
        (at("23:58"), at("23:58:04"), (0, 1, 0, 0)),
        # one error without a user: somebody, but who cannot be told
        (at("00:00", 16), at("00:00", 16), (None, 1, 1, 1)),
        # two lines without a level
        (at("00:02:00", 15), at("00:03:00", 15), (None, 0, None, None)),
        (at("00:00:05", 16), at("00:05", 16), (None, 2, None, None)),
    ],
)
def test_users_of_a_window_on_every_engine(
    since: dt.datetime,
    until: dt.datetime,
    expected: tuple[int | None, ...],
    logs: pl.DataFrame,
    on_engine: OnEngine,
    rows_of: RowsOf,
) -> None:
    """users_affected, lines, error_lines, error_lines_without_user."""
    assert rows_of(affected_users(on_engine(logs), since=since, until=until)) == [expected]


def test_users_affected_over_time_on_every_engine(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """u1 and u2 at 23:58, u3 at 23:59; u1 comes again after midnight and is not counted again."""
    assert rows_of(users_affected_over_time(on_engine(logs), **WHOLE)) == [
        (at("23:58"), 2, 2),
        (at("23:59"), 1, 3),
    ]


def test_a_user_is_counted_at_the_first_error_of_the_window(
    logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf
) -> None:
    """From midnight on the first error of u1 is the one after midnight."""
    found = users_affected_over_time(on_engine(logs), since=at("00:00", 16), until=at("00:05", 16))
    assert rows_of(found) == [(at("00:00", 16), 1, 1)]


@pytest.mark.parametrize("user", [pl.lit(None, dtype=pl.String), pl.lit("")], ids=["null", "empty"])
def test_logs_without_user_ids_leave_users_unknown(
    user: pl.Expr, logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf
) -> None:
    """Null, never 0, although the errors are counted; a column of nulls, of empty texts and none are the same."""
    for lines in (on_engine(logs.with_columns(user_id=user)), on_engine(logs.drop("user_id"))):
        assert rows_of(affected_users(lines, **WHOLE)) == [(None, 8, 5, 5)]
        assert rows_of(users_affected_over_time(lines, **WHOLE)) == []


def test_no_errors_in_logs_without_user_ids_leave_users_unknown(
    logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf
) -> None:
    """Without ids nobody can say that nobody was hurt."""
    quiet = on_engine(logs.head(1).drop("user_id"))
    assert rows_of(affected_users(quiet, **WHOLE)) == [(None, 1, 0, 0)]


def test_an_empty_frame_knows_nothing(no_logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """One row still, with no lines and nothing known."""
    assert rows_of(affected_users(on_engine(no_logs), **WHOLE)) == [(None, 0, None, None)]
    assert rows_of(users_affected_over_time(on_engine(no_logs), **WHOLE)) == []


def test_numbers_as_user_ids_are_counted(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """1001 twice and 1002 once, and a null that pandas turns them into floats for."""
    lines = pl.DataFrame(
        {"timestamp": [at("23:58")] * 4, "severity_number": [17] * 4, "user_id": [1001, 1001, 1002, None]}
    )
    assert rows_of(affected_users(on_engine(lines), **WHOLE)) == [(2, 4, 4, 1)]


def test_a_window_must_not_end_before_it_begins(logs: pl.DataFrame) -> None:
    """The error names both instants."""
    with pytest.raises(ParameterError, match=r"^until: expected an instant not before 2024-01-15T12:00:00\+00:00"):
        affected_users(logs, since=at("12:00"), until=at("11:59"))


LINES = st.lists(
    st.tuples(
        st.integers(min_value=-7_200, max_value=7_200),
        st.sampled_from([9, 17, None]),
        st.sampled_from(["u1", "u2", "u3", None]),
    ),
    max_size=15,
)


def frame(lines: list[tuple[int, int | None, str | None]], hours: int = 0) -> pl.DataFrame:
    """Lines around noon, shifted by hours."""
    noon = at("12:00") + dt.timedelta(hours=hours)
    return pl.DataFrame(
        [(noon + dt.timedelta(seconds=seconds), severity, user) for seconds, severity, user in lines],
        orient="row",
        schema={"timestamp": pl.Datetime("us", "UTC"), "severity_number": pl.Int8, "user_id": pl.String},
    )


@settings(deadline=None, max_examples=50)
@given(lines=LINES, data=st.data())
def test_row_order_does_not_matter(lines: list[tuple[int, int | None, str | None]], data: st.DataObject) -> None:
    """Users are a set, and the first error is the earliest."""
    shuffled = data.draw(st.permutations(lines))
    window = {"since": at("11:00"), "until": at("13:00")}
    assert affected_users(frame(shuffled), **window).equals(affected_users(frame(lines), **window))
    assert users_affected_over_time(frame(shuffled), **window).equals(users_affected_over_time(frame(lines), **window))


@settings(deadline=None, max_examples=50)
@given(lines=LINES)
def test_shifting_all_times_by_an_hour_shifts_the_minutes_by_an_hour(
    lines: list[tuple[int, int | None, str | None]],
) -> None:
    """And changes no count."""
    hour = dt.timedelta(hours=1)
    here = {"since": at("11:00"), "until": at("13:00")}
    later = {"since": at("12:00"), "until": at("14:00")}
    shifted = frame(lines, hours=1)
    assert affected_users(shifted, **later).equals(affected_users(frame(lines), **here))
    expected = users_affected_over_time(frame(lines), **here).with_columns(pl.col("minute_at") + hour)
    assert users_affected_over_time(shifted, **later).equals(expected)


@settings(deadline=None, max_examples=50)
@given(lines=LINES)
def test_the_last_of_the_running_count_is_the_count(lines: list[tuple[int, int | None, str | None]]) -> None:
    """Both tell the same number of users."""
    window = {"since": at("11:00"), "until": at("13:00")}
    over_time = users_affected_over_time(frame(lines), **window)
    users = affected_users(frame(lines), **window)["users_affected"].item()
    assert (over_time["users_affected"].last() or 0) == (users or 0)
    assert over_time["new_users"].sum() == (users or 0)
