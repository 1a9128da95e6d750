"""Tests of how long action items stay open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from incident_analytics.analysis.action_items_frame import ACTION_ITEM_SCHEMA
from incident_analytics.analysis.trends.ageing import Ageing, ageing
from incident_analytics.reporting.figures.action_items import ageing_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Spec = Callable[[FigureBlock | None], dict[str, Any]]

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)


def aged(*days: float | None) -> Ageing:
    """Items closed after so many days; None is open since 500."""
    rows = [
        {
            "incident_id": "A",
            "opened_at": AS_OF - timedelta(days=500),
            "closed_at": None if each is None else AS_OF - timedelta(days=500 - each),
            "is_closed": each is not None,
        }
        for each in days
    ]
    return ageing(pl.DataFrame(rows, schema=ACTION_ITEM_SCHEMA), AS_OF)


def test_the_curve_begins_with_all_and_ends_with_a_year(spec: Spec) -> None:
    """It falls in steps; what is open then is said at its end."""
    drawn = spec(ageing_figure(aged(10, 20, 30, None), caption="Half."))
    low, high, curve = drawn["data"]
    assert (curve["x"], curve["y"]) == ([0, 10, 20, 30, 365], [1, 0.75, 0.5, 0.25, 0.25])
    assert curve["line"]["shape"] == "hv"
    assert low["x"] == high["x"] == [10, 20, 30, 365]
    assert all(below <= share <= above for below, share, above in zip(low["y"], curve["y"][1:], high["y"], strict=True))
    words = [each["text"] for each in drawn["layout"]["annotations"]]
    assert any("25 % still open after 365 d" in each for each in words)
    assert drawn["layout"]["meta"]["caption"] == "Half."


def test_the_words_say_the_numbers() -> None:
    """For those who cannot see the curve."""
    figure = ageing_figure(aged(10, 20, 30, None), caption="")
    assert figure is not None
    assert figure.alt == (
        "Share of action items still open, of 4: 100 % after 7 days; 25 % after 30 days; 25 % after 90 days; "
        "25 % after 180 days; 25 % after 365 days."
    )


def test_half_closed_is_marked_only_where_it_is_on_the_page(spec: Spec) -> None:
    """Not where fewer are closed, nor where it took longer than a year."""

    def marked(*days: float | None) -> bool:
        annotations = spec(ageing_figure(aged(*days), caption=""))["layout"]["annotations"]
        return any("half closed" in each["text"] for each in annotations)

    assert marked(10, 20, 30)
    assert not marked(10, None, None)
    assert not marked(400, 450, 460)


def test_nothing_with_a_time_is_no_figure() -> None:
    """Nor is what was closed at once, all of it."""
    assert ageing_figure(aged(), caption="") is None
    assert ageing_figure(aged(0, 0), caption="") is None


def test_no_interval_is_drawn_where_none_is_known(spec: Spec) -> None:
    """One item, open: the curve alone."""
    drawn = spec(ageing_figure(aged(None), caption=""))
    assert [trace["y"] for trace in drawn["data"]] == [[1, 1]]
