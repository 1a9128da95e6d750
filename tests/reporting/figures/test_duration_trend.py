"""Tests of the figure of one duration over time, on the two years of data/history."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.history import load_incidents
from incident_analytics.analysis.statistics.change_point import ChangePoint
from incident_analytics.analysis.statistics.false_discovery import Answer, Change, Question
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.duration_trend import DurationTrend, duration_trend
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.figures.duration_trend import duration_trend_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Spec = Callable[[FigureBlock | None], dict[str, Any]]

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def trend() -> DurationTrend:
    """Acknowledgments by quarter."""
    history = load_incidents(ROOT / "data/history/incidents.ndjson", as_of="2024-01-01T00:00:00Z", catalog=None)
    assert history.as_of is not None
    runbook = load_runbook()
    looked_at = cohort(history.frame, Scope(as_of=history.as_of), runbook)
    return duration_trend(looked_at, "time_to_acknowledgment", runbook.calendar)


def judged(answer: Answer) -> Change:
    """A change of level and what may be said of it."""
    point = ChangePoint(127, 0.0005, 508.0, 281.5, 241, 0, "permutation")
    return Change(Question("time_to_acknowledgment", "a", "b", point), 0.01, answer, 58)


def drawn(trend: DurationTrend, change: Change | None = None) -> FigureBlock | None:
    """The figure."""
    return duration_trend_figure(trend, title="Time to acknowledgment", caption="The answer.", change=change)


def test_levels_and_the_stretch_stand_only_where_it_changed(trend: DurationTrend, spec: Spec) -> None:
    """The shade holds the new year, which lies between the fourth quarter and the fifth."""
    layout = spec(drawn(trend, judged("changed")))["layout"]
    shade, before, after = layout["shapes"]
    assert shade["type"] == "rect"
    assert shade["x0"] < 3.5 < shade["x1"]
    assert (before["y0"], after["y0"]) == (508.0, 281.5)
    assert before["x1"] == after["x0"]
    assert [each["text"] for each in layout["annotations"][1:]] == ["4 min 42 s after", "8 min 28 s before"]


def test_without_a_change_limits_are_dotted_and_signals_ringed(trend: DurationTrend, spec: Spec) -> None:
    """The last quarter lies below the lower limit of 197 s by half a second."""
    whole = spec(drawn(trend, judged("no change found")))
    assert [each["line"].get("dash") for each in whole["layout"]["shapes"]].count("dot") == 2
    assert [each["text"] for each in whole["layout"]["annotations"][1:]] == ["3 min 17 s", "6 min 26 s", "12 min 36 s"]
    ring = whole["data"][-1]
    assert (ring["x"], ring["y"], ring["marker"]["symbol"]) == ([7], [196.5], "circle-open")


def test_phone_says_the_lines_above_the_plot(trend: DurationTrend, spec: Spec) -> None:
    """There is no room beside it."""
    (words,) = spec(drawn(trend, judged("changed")))["layout"]["meta"]["phone"]["annotations"]
    assert "Levels: 8 min 28 s before, 4 min 42 s after" in words["text"]


def test_medians_without_an_interval_are_hollow(trend: DurationTrend, spec: Spec) -> None:
    """The first of two periods has too few."""
    first, second = trend.periods[:2]
    bare = replace(first, median=replace(first.median, low=None, high=None))
    filled, hollow = spec(drawn(replace(trend, periods=(bare, second))))["data"][:2]
    assert (filled["x"], hollow["x"]) == ([1], [0])
    assert "error_y" not in hollow


def test_text_tells_each_quarter(trend: DurationTrend) -> None:
    """With its median, n and interval."""
    figure = drawn(trend)
    assert figure is not None
    assert "2022-Q1: 9 min 54 s, n 28 (6 min 49 s to 11 min 6 s); 2022-Q2:" in figure.alt


def test_one_period_is_no_figure(trend: DurationTrend) -> None:
    """One dot is no course of things."""
    assert drawn(replace(trend, periods=trend.periods[:1])) is None
