"""A cohort holds every incident once or says why not, each in its period, with its durations as far as watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.cohort import LeftOut, cohort
from incident_analytics.analysis.trends.scope import Condition, Scope
from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import load_runbook

from .conftest import at

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.cohort import Cohort

RUNBOOK = load_runbook()


def test_the_sample_has_eight_quarters(sample_cohort: Cohort) -> None:
    """Counted in data/README.md."""
    counts = dict(sample_cohort.frame["period"].value_counts().iter_rows())
    assert [counts[period.label] for period in sample_cohort.periods] == [28, 34, 36, 27, 29, 25, 27, 36]
    assert (sample_cohort.n, sample_cohort.period, sample_cohort.left_out) == (242, "quarter", ())


def test_an_open_incident_is_as_old_as_it_is(sample_cohort: Cohort) -> None:
    """Five of the sample are open; INC-2022-067 ends before it begins and is left out by name."""
    watched = sample_cohort.watched("time_to_resolution")
    assert (watched.durations.n, watched.durations.n_open) == (241, 5)
    assert watched.left_out == (LeftOut("resolved_at lies before started_at", 1, ("INC-2022-067",)),)
    row = watched.rows["id"].to_list().index("INC-2023-102")
    started = watched.rows["started_at"][row]
    assert watched.durations.is_open[row]
    assert watched.durations.seconds[row] == (at("2024-01-01") - started).total_seconds()


def test_nothing_is_made_up_for_an_acknowledgment_that_nobody_recorded(sample_cohort: Cohort) -> None:
    """INC-2022-029 was resolved and never acknowledged: not acknowledged at its end, and not open."""
    watched = sample_cohort.watched("time_to_acknowledgment")
    assert (watched.durations.n, watched.durations.n_open) == (241, 0)
    assert watched.left_out == (LeftOut("acknowledged_at is not recorded", 1, ("INC-2022-029",)),)


def test_a_range_counts_with_its_middle(history_of: Callable[..., pl.DataFrame]) -> None:
    """Between ten and twenty minutes is a quarter of an hour, and is counted as a range."""
    frame = history_of(
        {
            "started_at": at("2024-01-01T10:00"),
            "resolved_at": at("2024-01-01T10:10"),
            "resolved_at_latest": at("2024-01-01T10:20"),
        }
    )
    watched = cohort(frame, Scope(as_of=at("2024-01-02")), RUNBOOK).watched("time_to_resolution")
    assert (watched.durations.seconds.tolist(), watched.ranges) == ([900.0], 1)


def test_what_is_out_of_scope_is_counted(history_of: Callable[..., pl.DataFrame]) -> None:
    """Too early, too late, another severity and without any time: each under its own reason."""
    frame = history_of(
        {"started_at": at("2023-12-31T23:59"), "severity": "SEV1"},
        {"started_at": at("2024-01-01T00:00"), "severity": "SEV1"},
        {"started_at": at("2024-02-01T00:00"), "severity": "SEV1"},
        {"started_at": at("2024-01-15"), "severity": "SEV2"},
        {"started_at": at("2024-01-16"), "severity": None},
        {"severity": "SEV1"},
    )
    scope = Scope(
        as_of=at("2024-03-01"),
        since=at("2024-01-01"),
        until=at("2024-02-01"),
        where=(Condition("severity", ("SEV1",)),),
    )
    found = cohort(frame, scope, RUNBOOK)
    assert found.frame["id"].to_list() == ["INC-2"]
    assert found.left_out == (
        LeftOut("nothing says when it began", 1, ("INC-6",)),
        LeftOut("it began before 2024-01-01T00:00:00+00:00", 1, ("INC-1",)),
        LeftOut("it began at 2024-02-01T00:00:00+00:00 or later", 1, ("INC-3",)),
        LeftOut("severity is not SEV1", 2, ("INC-4", "INC-5")),
    )
    assert [period.label for period in found.periods] == ["2024-W01", "2024-W02", "2024-W03", "2024-W04", "2024-W05"]


def test_a_condition_may_leave_out(history_of: Callable[..., pl.DataFrame]) -> None:
    """Incidents without a service are no incidents of the service that is not wanted."""
    frame = history_of({"started_at": at("2024-01-01"), "service": "search"}, {"started_at": at("2024-01-02")})
    scope = Scope(as_of=at("2024-02-01"), where=(Condition("service", ("search",), is_excluded=True),))
    assert cohort(frame, scope, RUNBOOK).frame["id"].to_list() == ["INC-2"]


def test_moving_the_window_by_a_day_leaves_each_incident_in_its_period(sample_history: object) -> None:
    """An incident belongs to the quarter it began in, wherever the window begins."""
    frame = sample_history.frame  # type: ignore[attr-defined]  # a History
    told = [
        dict(
            cohort(frame, Scope(as_of=at("2024-01-01"), since=at(since), period="quarter"), RUNBOOK)
            .frame.select("id", "period")
            .iter_rows()
        )
        for since in ("2022-03-01", "2022-03-02")
    ]
    assert all(told[0][identity] == period for identity, period in told[1].items())


def test_an_empty_history_is_a_cohort_of_nothing(history_of: Callable[..., pl.DataFrame]) -> None:
    """No periods, no incidents, and every column."""
    found = cohort(history_of(), Scope(as_of=at("2024-01-01")), RUNBOOK)
    assert (found.n, found.periods) == (0, ())
    assert found.watched("time_to_resolution").durations.n == 0


def test_all_in_one_second_are_one_period(history_of: Callable[..., pl.DataFrame]) -> None:
    """A history without length has the period of its second."""
    frame = history_of(*[{"started_at": at("2024-01-03T10:00:00")}] * 3)
    found = cohort(frame, Scope(as_of=at("2024-01-03T10:00:00")), RUNBOOK)
    assert [period.label for period in found.periods] == ["2024-W01"]
    assert found.frame["period"].to_list() == ["2024-W01"] * 3


def test_an_incident_of_the_last_instant_has_a_period(history_of: Callable[..., pl.DataFrame]) -> None:
    """It began in the first instant of a year, and the report is seen from then."""
    frame = history_of({"started_at": at("2023-12-31T23:00:00")}, {"started_at": at("2024-01-01T00:00:00")})
    found = cohort(frame, Scope(as_of=at("2024-01-01"), period="month"), RUNBOOK)
    assert found.frame["period"].to_list() == ["2023-12", "2024-01"]


def test_a_window_that_ends_before_it_begins_is_refused(history_of: Callable[..., pl.DataFrame]) -> None:
    """One line, with both instants."""
    scope = Scope(as_of=at("2024-03-01"), since=at("2024-02-01"), until=at("2024-01-01"))
    with pytest.raises(ParameterError, match="expected a beginning before the end"):
        cohort(history_of(), scope, RUNBOOK)
