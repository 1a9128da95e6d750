"""Tests of metrics as small panels on one time axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incident_analytics.reporting.figures import Panel, Series, metric_panels_figure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Moment = Callable[..., datetime]
    Spec = Callable[[FigureBlock | None], dict[str, Any]]


def series(moment: Moment, *values: float | None, label: str = "in use") -> Series:
    """Values at every tenth minute from 14:00."""
    at = tuple(moment(14 + number // 6, number % 6 * 10) for number in range(len(values)))
    return Series(label, at, values)


def success(moment: Moment) -> Panel:
    """A success rate that falls to 3 % at 14:20."""
    return Panel("Payment success rate", "ratio", (series(moment, 0.996, 0.99, 0.03, None, 0.9, 0.996),), 0.996)


def test_values_are_drawn_in_the_unit_of_the_title(moment: Moment, spec: Spec) -> None:
    """A ratio as per cent, with its gap, on an axis from 0 to 100."""
    figure = spec(metric_panels_figure([success(moment)], window=None, zone="UTC"))
    (line,) = figure["data"]
    assert (line["x0"], line["dx"]) == ("2024-01-15 14:00", 600_000)
    assert line["y"] == [99.6, 99, 3, None, 90, 99.6]
    assert figure["layout"]["yaxis"]["ticktext"] == ["0", "100"]
    title = next(each for each in figure["layout"]["annotations"] if "success" in each["text"])
    assert title["text"] == '<span style="color:#17191C"><b>Payment success rate, %</b></span>'


def test_baseline_is_dashed_and_named_at_the_right_end(moment: Moment, spec: Spec) -> None:
    """On a phone, where there is no room at the right, it is named under the title."""
    layout = spec(metric_panels_figure([success(moment)], window=None, zone="UTC"))["layout"]
    dashed = next(each for each in layout["shapes"] if each["line"].get("dash"))
    assert (dashed["y0"], dashed["yref"], dashed["xref"]) == (99.6, "y", "paper")
    named = layout["annotations"][-1]
    assert (named["text"], named["x"], named["xanchor"]) == ("baseline 99.6 %", 1, "left")
    assert layout["margin"]["r"] == 116  # 106 px of words in DejaVu Sans, 10 px to the plot
    phone = layout["meta"]["phone"]
    assert phone["margin"]["r"] == 14
    assert phone["annotations"][1]["text"].endswith('<br><span style="color:#62676F">– – baseline 99.6 %</span>')


def test_words_tell_the_furthest_departure_during_the_incident(moment: Moment) -> None:
    """Not the dip an hour before it."""
    orders = Panel("Orders per minute", "per minute", (series(moment, 4, 118, 12, 110, 118, 118),), 118)
    window = (moment(14, 20), moment(14, 50))
    figure = metric_panels_figure([orders, success(moment)], window=window, zone="UTC")
    assert figure is not None
    assert figure.alt == (
        "2 metrics, 14:00 to 14:50 UTC on 15 Jan 2024: Orders per minute down to 12 at 14:20 (baseline 118); "
        "Payment success rate down to 3 % at 14:20 (baseline 99.6 %)."
    )
    assert figure.caption == (
        "Orders per minute down to 12 at 14:20 (baseline 118). Shaded: the incident as recorded. "
        "Dashed: the baseline before it."
    )


def test_panels_share_the_time_axis_and_not_the_scale(moment: Moment, spec: Spec) -> None:
    """The first is the highest on the page."""
    memory = Panel("Memory", "bytes", (series(moment, 1.25e9, 1.5e9),))
    latency = Panel("Latency", "seconds", (series(moment, 0.12, 0.24),), 0.1)
    figure = spec(metric_panels_figure([memory, latency], window=None, zone="UTC"))
    layout = figure["layout"]
    assert (layout["yaxis"]["range"], layout["yaxis2"]["range"]) == ([0, 1.5], [0, 250])
    assert layout["yaxis"]["domain"][0] > layout["yaxis2"]["domain"][1]
    assert layout["yaxis2"]["domain"][0] == 0.0
    assert [trace["yaxis"] for trace in figure["data"]] == ["y", "y2"]
    assert figure["data"][0]["y"] == [1.25, 1.5]
    assert layout["annotations"][-1]["text"] == "baseline 100 ms"


def test_lines_of_a_panel_are_named_where_they_end(moment: Moment, spec: Spec) -> None:
    """Moved apart where they end at one height; the first line carries the accent and lies on top."""
    lines = (series(moment, 9, 20, label="in use"), series(moment, 20, 20, label="limit"))
    figure = spec(metric_panels_figure([Panel("Connections", "", lines)], window=None, zone="UTC"))
    assert [trace["line"]["color"] for trace in figure["data"]] == ["#62676F", "#14578C"]
    named = [(each["text"], each["yshift"]) for each in figure["layout"]["annotations"] if each.get("xshift") == 8]
    assert named == [("in use", 56), ("limit", 72)]


def test_fifth_line_is_not_drawn_and_said_so(moment: Moment, spec: Spec) -> None:
    """More would be a tangle."""
    lines = tuple(series(moment, number, number, label=f"pod {number}") for number in range(1, 7))
    figure = spec(metric_panels_figure([Panel("CPU", "percent", lines)], window=None, zone="UTC"))
    assert len(figure["data"]) == 4
    assert "2 more not drawn" in figure["layout"]["annotations"][1]["text"]


def test_one_sample_is_a_point(moment: Moment, spec: Spec) -> None:
    """A line needs two."""
    figure = metric_panels_figure([Panel("Room", "celsius", (series(moment, 21.5),))], window=None, zone="UTC")
    assert spec(figure)["data"][0]["mode"] == "markers"
    assert figure is not None
    assert figure.caption == "Room 21.5 celsius at 14:00."


def test_panels_without_values_are_left_out(moment: Moment, spec: Spec) -> None:
    """And where none has any there is no figure."""
    empty = Panel("Empty", "", (Series("a", (), ()),))
    holes = Panel("Holes", "", (series(moment, None, float("nan")),))
    assert metric_panels_figure([empty, holes], window=None, zone="UTC") is None
    assert metric_panels_figure([], window=None, zone="UTC") is None
    assert len(spec(metric_panels_figure([empty, success(moment)], window=None, zone="UTC"))["data"]) == 1


def test_names_of_others_are_shown_as_they_stand(moment: Moment, spec: Spec) -> None:
    """A label of a metric comes from a file."""
    lines = (series(moment, 1, 2, label="<b>x"), series(moment, 2, 3, label="y"))
    figure = spec(metric_panels_figure([Panel("<i>t", "", lines)], window=None, zone="UTC"))
    texts = [each["text"] for each in figure["layout"]["annotations"]]
    assert "&lt;b&gt;x" in texts
    assert '<span style="color:#17191C"><b>&lt;i&gt;t</b></span>' in texts
    assert "&lt;b&gt;x<br>" in figure["data"][1]["hovertemplate"]


def test_measured_onset_and_end_stand_in_every_panel_and_in_the_words(moment: Moment, spec: Spec) -> None:
    """Two upright lines a panel, apart from the shade of the recorded incident."""
    made = metric_panels_figure(
        [success(moment), Panel("Memory", "bytes", (series(moment, 1.0, 1.5, 1.0, 1.0, 1.0, 1.0),))],
        window=(moment(14, 15), moment(14, 40)),
        zone="UTC",
        onset=moment(14, 12),
        over=moment(14, 35),
    )
    assert made is not None
    upright = [
        shape for shape in spec(made)["layout"]["shapes"] if shape["type"] == "line" and shape["x0"] == shape["x1"]
    ]
    assert [(shape["x0"][-5:], shape["yref"]) for shape in upright] == [
        ("14:12", "y domain"),
        ("14:35", "y domain"),
        ("14:12", "y2 domain"),
        ("14:35", "y2 domain"),
    ]
    assert made.alt.endswith("Measured impact: from 14:12 to 14:35.")
    assert "Between the upright lines: the impact as measured, 14:12 to 14:35." in made.caption
