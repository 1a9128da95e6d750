"""Tests of errors per minute, in all and by service."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from incident_analytics.reporting.figures import error_rate_figure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Moment = Callable[..., datetime]
    Spec = Callable[[FigureBlock | None], dict[str, Any]]


def frame(moment: Moment, *errors: int | None) -> pl.DataFrame:
    """Minutes from 14:13 with 100 lines each."""
    return pl.DataFrame(
        {
            "minute_at": [moment(14, 13 + number) for number in range(len(errors))],
            "errors": errors,
            "error_share": [None if count is None else count / 100 for count in errors],
        },
        schema_overrides={"errors": pl.Int64, "error_share": pl.Float64},
    )


def by_service(moment: Moment, **errors: int) -> pl.DataFrame:
    """One minute's errors by service."""
    names = [name.replace("_", "-") for name in errors]
    return pl.DataFrame(
        {"minute_at": [moment(14, 15)] * len(errors), "service": names, "errors": list(errors.values())}
    )


def test_minutes_are_bars_from_zero(moment: Moment, spec: Spec) -> None:
    """They begin with their minute; the unknown one and the missing one have none."""
    errors = pl.concat([frame(moment, 2, None, 40), frame(moment, 0, 0, 0, 0, 7).tail(1)])
    figure = spec(error_rate_figure(errors, by_service=None, window=None, zone="UTC"))
    (bars,) = figure["data"]
    assert (bars["x0"], bars["dx"], bars["offset"], bars["width"]) == ("2024-01-15 14:13", 60_000, 0, 60_000)
    assert bars["y"] == [2, None, 40, None, 7]
    assert figure["layout"]["yaxis"]["range"] == [0, 40]
    assert figure["layout"]["yaxis"]["ticktext"] == ["0", "20", "40"]


def test_recorded_window_is_shaded_and_named(moment: Moment, spec: Spec) -> None:
    """The shade reaches into a tab above the first panel; the measured onset is a line."""
    figure = error_rate_figure(
        frame(moment, 2, 40, 40, 3),
        by_service=None,
        window=(moment(14, 15), moment(14, 45)),
        zone="Europe/Berlin",
        onset=moment(14, 14),
    )
    layout = spec(figure)["layout"]
    shade = next(each for each in layout["shapes"] if each["type"] == "rect")
    assert (shade["x0"], shade["x1"], shade["y0"], shade["y1"]) == ("2024-01-15 15:15", "2024-01-15 15:45", 0, 1.1818)
    onset = next(each for each in layout["shapes"] if each["line"].get("color") == "#A5380B")
    assert (onset["x0"], onset["x1"]) == ("2024-01-15 15:14", "2024-01-15 15:14")
    assert layout["annotations"][-1]["text"] == "Recorded incident, 15:15 to 15:45"
    assert layout["xaxis"]["range"] == ["2024-01-15 15:13", "2024-01-15 15:45"]


def test_words_tell_the_worst_minute_and_service(moment: Moment) -> None:
    """With the share of its lines that were errors."""
    figure = error_rate_figure(
        frame(moment, 2, 1, 80), by_service=by_service(moment, checkout=23, payment=60), window=None, zone="UTC"
    )
    assert figure is not None
    assert figure.alt == (
        "Errors per minute, 14:13 to 14:16 UTC on 15 Jan 2024: 83 in all, most at 14:15 with 80 errors, "
        "80 % of its lines. By service: payment 60, checkout 23."
    )
    assert figure.caption.replace("\u00a0", " ") == (
        "The worst minute is 14:15 with 80 errors, 80 % of its lines. payment wrote 60 of 83 errors."
    )


def test_four_services_are_shown_and_the_rest_as_others(moment: Moment, spec: Spec) -> None:
    """Those with the most errors, on the scale of the whole; one without errors has no panel."""
    services = by_service(moment, a=1, b_b=40, c=5, d=9, e=3, f=2, quiet=0)
    figure = spec(error_rate_figure(frame(moment, 60), by_service=services, window=None, zone="UTC"))
    titles = [each["text"].split("</b>")[0] for each in figure["layout"]["annotations"] if "<b>" in each["text"]]
    assert [title.split("<b>")[1] for title in titles] == ["Errors per minute", "b-b", "d", "c", "e", "2 others"]
    assert [trace["yaxis"] for trace in figure["data"]] == ["y", "y2", "y3", "y4", "y5", "y6"]
    assert figure["data"][-1]["y"] == [3]
    assert figure["layout"]["yaxis6"]["range"] == [0, 60]
    assert figure["layout"]["xaxis"]["anchor"] == "y6"


def test_one_service_is_the_whole(moment: Moment, spec: Spec) -> None:
    """A second panel would repeat the first."""
    figure = error_rate_figure(frame(moment, 60), by_service=by_service(moment, a=60), window=None, zone="UTC")
    assert len(spec(figure)["data"]) == 1


def test_lines_without_a_service_are_said_to_have_none(moment: Moment) -> None:
    """Their errors are not dropped."""
    services = pl.DataFrame({"minute_at": [moment(14, 15)] * 2, "service": [None, "a"], "errors": [50, 10]})
    figure = error_rate_figure(frame(moment, 60), by_service=services, window=None, zone="UTC")
    assert figure is not None
    assert "no service named 50, a 10" in figure.alt


def test_three_days_are_drawn_in_bars_of_ten_minutes(moment: Moment, spec: Spec) -> None:
    """Each as high as its worst minute, and the title says so."""
    at = [moment(0, 0) + timedelta(minutes=number) for number in range(4320)]
    errors = pl.DataFrame({"minute_at": at, "errors": [number % 10 for number in range(4320)], "error_share": 0.1})
    figure = spec(error_rate_figure(errors, by_service=None, window=None, zone="UTC"))
    assert figure["data"][0]["y"] == [9] * 432
    assert "each bar the worst of 10 minutes" in figure["layout"]["annotations"][1]["text"]


def test_window_of_another_year_is_not_drawn(moment: Moment, spec: Spec) -> None:
    """A clock was wrong; the errors would be a hairline beside it."""
    window = (moment(14, 15).replace(year=2023), moment(15, 45).replace(year=2023))
    figure = spec(error_rate_figure(frame(moment, 1, 2), by_service=None, window=window, zone="UTC"))
    assert figure["layout"]["xaxis"]["range"] == ["2024-01-15 14:13", "2024-01-15 14:15"]
    assert [each for each in figure["layout"]["shapes"] if each["type"] == "rect"] == []


def test_no_errors_at_all_is_an_answer(moment: Moment) -> None:
    """Zero was counted."""
    figure = error_rate_figure(frame(moment, 0, 0), by_service=None, window=None, zone="UTC")
    assert figure is not None
    assert figure.caption == "No line is an error."


def test_minutes_that_tell_nothing_have_no_figure(moment: Moment) -> None:
    """No lines, or none with a level."""
    assert error_rate_figure(frame(moment), by_service=None, window=None, zone="UTC") is None
    assert error_rate_figure(frame(moment, None), by_service=None, window=None, zone="UTC") is None
