"""Tests of users affected over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from incident_analytics.reporting.figures import users_figure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Moment = Callable[..., datetime]
    Spec = Callable[[FigureBlock | None], dict[str, Any]]


def frame(moment: Moment) -> pl.DataFrame:
    """Three minutes that brought new users."""
    minutes = [moment(14, 12), moment(14, 13), moment(14, 20)]
    return pl.DataFrame({"minute_at": minutes, "new_users": [97, 303, 14_600], "users_affected": [97, 400, 15_000]})


def test_users_rise_at_the_end_of_each_minute(moment: Moment, spec: Spec) -> None:
    """From nobody; level from the last minute to the end of the figure."""
    figure = users_figure(frame(moment), recorded=None, window=(moment(14, 15), moment(15, 45)), zone="UTC")
    assert figure is not None
    (line,) = spec(figure)["data"]
    times = ["14:12", "14:13", "14:14", "14:21", "15:45"]
    assert line["x"] == [f"2024-01-15 {time}" for time in times]
    assert line["y"] == [0, 97, 400, 15_000, 15_000]
    assert line["line"]["shape"] == "hv"


def test_recorded_number_is_a_dashed_line_with_its_name(moment: Moment, spec: Spec) -> None:
    """Beside what was counted, so that the two are read against each other."""
    figure = users_figure(frame(moment), recorded=20_000, window=None, zone="UTC")
    assert figure is not None
    layout = spec(figure)["layout"]
    assert [each["y0"] for each in layout["shapes"] if each["line"].get("dash")] == [20_000]
    assert [each["text"] for each in layout["annotations"][-2:]] == ["counted 15,000", "recorded 20,000"]
    assert layout["yaxis"]["ticktext"] == ["0", "10 k", "20 k"]
    assert figure.alt == (
        "Users affected so far, 14:12 to 14:21 UTC on 15 Jan 2024: from 97 in the first minute to 15,000 by 14:21; "
        "the record says 20,000."
    )
    assert figure.caption == "By 14:21 the logs show 15,000 different users with an error; the record says 20,000."


def test_hundreds_of_minutes_are_thinned_to_their_last_number(moment: Moment, spec: Spec) -> None:
    """Every other of 479 minutes and the last, between a beginning at zero and a level end."""
    minutes = [moment(8 + number // 60, number % 60) for number in range(480)]
    users = pl.DataFrame({"minute_at": minutes, "users_affected": list(range(1, 481))})
    figure = users_figure(users, recorded=None, window=None, zone="UTC")
    assert figure is not None
    (line,) = spec(figure)["data"]
    assert (len(line["y"]), line["y"][0], line["y"][1], line["y"][-2]) == (243, 0, 1, 480)


def test_nobody_known_is_no_figure(moment: Moment) -> None:
    """The section says why."""
    assert users_figure(frame(moment).head(0), recorded=15_000, window=None, zone="UTC") is None
