"""Tests of the share acknowledged in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incident_analytics.analysis.statistics.proportion import share_of
from incident_analytics.analysis.trends.targets import ResponseTargets, SeverityTargets, TargetCount
from incident_analytics.reporting.figures.targets import targets_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Spec = Callable[[FigureBlock | None], dict[str, Any]]


def count(label: str, met: int, n: int) -> TargetCount:
    """So many of so many."""
    return TargetCount(label, met, n - met, 0, 0, 0, share_of(met, n))


def targets(**severities: tuple[tuple[int, int], ...]) -> ResponseTargets:
    """Severities with the counts of their halves, or of the whole alone."""
    found = tuple(
        SeverityTargets(
            name,
            "< 5 minutes",
            count("all", sum(met for met, _ in halves), sum(n for _, n in halves)),
            tuple(count(label, *half) for label, half in zip(("2022", "2023"), halves, strict=True))
            if len(halves) > 1
            else (),
            (),
        )
        for name, halves in severities.items()
    )
    return ResponseTargets(found, count("all", 0, 0), ())


def test_halves_are_told_apart_by_shape_and_colour(spec: Spec) -> None:
    """Hollow and grey before, filled and blue after; the sample's SEV1."""
    figure = spec(targets_figure(targets(SEV1=((9, 22), (10, 11))), caption=""))
    before, after = figure["data"]
    assert (before["x"], after["x"]) == ([40.91], [90.91])
    assert (before["marker"]["color"], after["marker"]["color"]) == ("#FFFFFF", "#14578C")
    texts = [each["text"] for each in figure["layout"]["annotations"]]
    assert {"41 %, 9 of 22", "91 %, 10 of 11", '<span style="color:#17191C">▲ SEV1 &lt; 5 minutes</span>'} <= set(texts)


def test_severity_without_a_judged_incident_has_no_row(spec: Spec) -> None:
    """None of none is not 0 %."""
    figure = spec(targets_figure(targets(SEV1=((0, 0), (1, 2)), SEV2=((0, 0), (0, 0))), caption=""))
    assert [trace["x"] for trace in figure["data"]] == [[50]]
    assert not any("SEV2" in each["text"] for each in figure["layout"]["annotations"])


def test_without_halves_the_whole_is_drawn(spec: Spec) -> None:
    """One period."""
    figure = spec(targets_figure(targets(SEV1=((1, 2),)), caption=""))
    assert [trace["x"] for trace in figure["data"]] == [[50]]


def test_nothing_judged_has_no_figure() -> None:
    """The section says why."""
    assert targets_figure(targets(SEV1=((0, 0), (0, 0))), caption="") is None


def test_words_tell_every_number() -> None:
    """For those who cannot see it."""
    figure = targets_figure(targets(SEV1=((9, 22), (10, 11))), caption="")
    assert figure is not None
    assert "SEV1 2022: 41 %, 9 of 22; SEV1 2023: 91 %, 10 of 11" in figure.alt
