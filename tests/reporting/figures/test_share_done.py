"""Tests of the share done within a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incident_analytics.analysis.statistics.survival import Survival, survival
from incident_analytics.reporting.figures.share_done import Curve, share_done_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Spec = Callable[[FigureBlock | None], dict[str, Any]]

FOUR = survival([60, 120, 180, 240])


def figure(*curves: Curve) -> FigureBlock | None:
    """The figure of some curves."""
    return share_done_figure(curves, title="Share done", caption="The answer.")


def test_no_curve_is_no_figure() -> None:
    """A curve of nothing has no step."""
    assert figure(Curve("2023", survival([]))) is None


def test_curve_rises_in_steps_to_the_right_edge(spec: Spec) -> None:
    """From nobody at the left edge over four steps."""
    line = spec(figure(Curve("2022", FOUR, is_before=True), Curve("2023", FOUR)))["data"][0]
    assert line["x"][1:-1] == [60, 120, 180, 240]
    assert line["y"] == [0, 0.25, 0.5, 0.75, 1, 1]
    assert line["line"]["shape"] == "hv"


def test_what_came_before_is_grey(spec: Spec) -> None:
    """The later curve has the accent and lies on top."""
    whole = spec(figure(Curve("2023", FOUR), Curve("2022", FOUR, is_before=True)))
    assert [each["line"]["color"] for each in whole["data"]] == ["#62676F", "#14578C"]


def test_words_say_the_half_and_the_nine_of_ten() -> None:
    """The half rests between the second and the third of four."""
    drawn = figure(Curve("2023", FOUR))
    assert drawn is not None
    assert drawn.alt == "Share done: 2023: half within 2 min 30 s, nine of ten within 4 min."


def test_mostly_open_curve_has_no_half() -> None:
    """One of three was done after a minute."""
    drawn = figure(Curve("2023", survival([60, 120, 180], [False, True, True])))
    assert drawn is not None
    assert drawn.alt == "Share done: 2023: fewer than half."


def test_single_curve_has_its_interval_behind_it(spec: Spec) -> None:
    """Two edges, filled between; of two curves there is none."""
    assert [each.get("fill") for each in spec(figure(Curve("2023", FOUR)))["data"]] == [None, "tonexty", None]
    assert len(spec(figure(Curve("2022", FOUR), Curve("2023", FOUR)))["data"]) == 2


def test_names_stand_in_the_corner_without_a_curve(spec: Spec) -> None:
    """Right below curves that rise; left above those that hardly do."""
    low = Survival((60.0, 6000.0), (0.98, 0.95), (None, None), (None, None), 40, 38, 0.95)
    risen = spec(figure(Curve("2023", FOUR)))["layout"]["annotations"]
    level = spec(figure(Curve("2023", low)))["layout"]["annotations"]
    assert [(each["xanchor"], each["yanchor"]) for each in (risen[1], level[1])] == [
        ("right", "bottom"),
        ("left", "top"),
    ]


def test_all_at_once_is_still_a_figure(spec: Spec) -> None:
    """What took no time stands at a second."""
    assert spec(figure(Curve("2023", survival([0, 0]))))["data"][-1]["x"][1] == 1


def test_thousands_of_steps_become_some_two_hundred(spec: Spec) -> None:
    """More than a line on a page can show."""
    drawn = figure(Curve("2022", survival(range(1, 3001))), Curve("2023", FOUR))
    assert len(spec(drawn)["data"][0]["x"]) <= 203
