"""Durations from anybody's frame, as far as each incident was watched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from incident_analytics.analysis.history import load_incidents
from incident_analytics.analysis.statistics.comparison import compare
from incident_analytics.analysis.watched_durations import watched_durations, watched_durations_by
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.histories import History

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
ENGINES = ("polars", "polars lazy", "pandas", "pandas with pyarrow", "DuckDB")


def minutes(count: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=count)


def incidents() -> pl.DataFrame:
    """Done in 30 min; done in 10 to 20; open since noon; begun after 13:00; ended before it began; never started."""
    instant = pl.Datetime("us", "UTC")
    rows = [
        ("a", minutes(0), minutes(30), None, 2023),
        ("b", minutes(0), minutes(10), minutes(20), 2024),
        ("b", minutes(0), None, None, 2024),
        ("b", minutes(90), None, None, 2024),
        ("a", minutes(0), minutes(-1), None, 2024),
        (None, None, minutes(5), None, None),
    ]
    schema = {"team": pl.String, "started_at": instant, "resolved_at": instant, "resolved_at_latest": instant}
    return pl.DataFrame(rows, schema=schema | {"year": pl.Int64}, orient="row")


@pytest.fixture(params=ENGINES)
def given(request: pytest.FixtureRequest) -> Callable[[pl.DataFrame], Any]:
    """What makes a frame one of an engine."""

    def made(frame: pl.DataFrame) -> object:
        if request.param == "polars lazy":
            return frame.lazy()
        if request.param == "pandas":
            return frame.to_pandas()
        if request.param == "pandas with pyarrow":
            return frame.to_pandas(use_pyarrow_extension_array=True)
        return pytest.importorskip("duckdb").sql("FROM frame") if request.param == "DuckDB" else frame

    return made


def test_an_open_incident_is_as_old_as_it_is(given: Callable[[pl.DataFrame], Any]) -> None:
    """At 13:00: 30 min, the middle of 10 and 20, and an hour so far; what has no duration is counted by its reason."""
    found = watched_durations(given(incidents()), "time_to_resolution", as_of=minutes(60))
    assert found.seconds.tolist() == [1800.0, 900.0, 3600.0]
    assert found.is_open.tolist() == [False, False, True]
    assert found.ranges == 1
    assert found.left_out == {
        "it began after the instant it is seen from": 1,
        "resolved_at lies before started_at": 1,
        "started_at is not recorded": 1,
    }


def test_groups_come_by_name_and_the_unknown_last(given: Callable[[pl.DataFrame], Any]) -> None:
    """Numbers are names too."""
    frame = given(incidents())
    by_team = watched_durations_by(frame, "team", "time_to_resolution", as_of=minutes(60))
    assert {name: each.seconds.tolist() for name, each in by_team.items()} == {
        "a": [1800.0],
        "b": [900.0, 3600.0],
        "unknown": [],
    }
    by_year = watched_durations_by(frame, "year", "time_to_resolution", as_of=minutes(60))
    assert {name: each.n for name, each in by_year.items()} == {"2023": 1, "2024": 2, "unknown": 0}


def test_a_group_called_unknown_keeps_its_own() -> None:
    """It and those without a name are one."""
    frame = incidents().with_columns(team=pl.Series(["unknown", "b", "b", "b", "b", None]))
    found = watched_durations_by(frame, "team", "time_to_resolution", as_of=minutes(60))
    assert {name: each.n for name, each in found.items()} == {"b": 2, "unknown": 1}


def test_a_group_that_is_not_there_names_those_that_are() -> None:
    """As every error does."""
    by_team = watched_durations_by(incidents(), "team", "time_to_resolution", as_of=minutes(60))
    with pytest.raises(ParameterError, match="there is no such group: expected a, b, unknown, found 'c'"):
        _ = by_team["c"]


def test_a_column_that_is_not_there_is_refused() -> None:
    """A misspelt group is not a group of nothing."""
    with pytest.raises(ParameterError, match="the frame has no column taem"):
        watched_durations_by(incidents(), "taem", "time_to_resolution", as_of=NOON)


def test_a_clock_says_from_when_an_open_one_is_aged() -> None:
    """PagerDuty's resolution counts from detection: 40 minutes before 13:00, not 60."""
    frame = pl.DataFrame({"started_at": [minutes(0)], "detected_at": [minutes(20)]})
    found = watched_durations(frame, "seconds_to_resolve", as_of=minutes(60), clock="pagerduty")
    assert (found.seconds.tolist(), found.n_open) == ([2400.0], 1)


def test_without_an_instant_open_ones_have_no_age() -> None:
    """No clock is read in its place."""
    found = watched_durations(incidents(), "time_to_resolution", as_of=None)
    assert found.seconds.tolist() == [1800.0, 900.0]
    assert found.left_out["it is open, and nothing says when it is seen from"] == 2


def test_an_instant_needs_a_zone() -> None:
    """Nobody guesses it."""
    with pytest.raises(ParameterError, match="an instant needs a zone"):
        watched_durations(incidents(), "time_to_resolution", as_of=datetime(2024, 1, 15))  # noqa: DTZ001


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_nothing_gives_nothing(engine: str) -> None:
    """No rows, no durations, no groups."""
    frame: Any = incidents().head(0) if engine == "polars" else incidents().head(0).to_pandas()
    assert watched_durations(frame, "time_to_resolution", as_of=None).n == 0
    assert watched_durations_by(frame, "team", "time_to_resolution", as_of=None) == {}


@pytest.fixture(scope="module")
def history() -> History:
    """The sample history, as of its end."""
    return load_incidents("data/history/incidents.ndjson", as_of="2024-01-01T00:00:00Z", catalog=None)


@pytest.mark.parametrize(
    ("metric", "n", "n_open", "ratio", "p_value"),
    [("time_to_acknowledgment", (124, 117), 0, 0.54, 4.9e-11), ("time_to_resolution", (124, 117), 5, 1.16, 0.29)],
)
def test_the_planted_truths_come_out(
    history: History, metric: str, n: tuple[int, int], n_open: int, ratio: float, p_value: float
) -> None:
    """data/README.md: acknowledgment halves (Mann-Whitney), resolution does not (log-rank with the open ones)."""
    frame = history.frame.with_columns(year=pl.col("started_at").dt.year())
    years = watched_durations_by(frame, "year", metric, as_of=history.as_of)
    found = compare(years["2022"], years["2023"])
    assert (found.n_before, found.n_after, found.n_open) == (*n, n_open)
    assert found.estimate == pytest.approx(ratio, abs=0.005)
    assert found.p_value == pytest.approx(p_value, rel=0.02)
