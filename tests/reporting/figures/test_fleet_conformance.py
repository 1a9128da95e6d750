"""Tests of the bars of the runbook's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incident_analytics.analysis.statistics.proportion import share_of
from incident_analytics.analysis.trends.fleet_conformance import RuleConformance, StateCounts
from incident_analytics.reporting.figures.fleet_conformance import fleet_conformance_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Spec = Callable[[FigureBlock | None], dict[str, Any]]


def rule(title: str, met: int, missed: int) -> RuleConformance:
    """A rule that was kept so often."""
    counts = StateCounts(met, missed, 0, 0, 0, 0, met + missed, met + missed)
    shares = share_of(met, met + missed), share_of(met + missed, met + missed)
    return RuleConformance("rule", "S1", title, "", counts, *shares, {}, ())


def test_bars_below_half_are_in_the_colour_of_warning(spec: Spec) -> None:
    """And the words say the same."""
    figure = fleet_conformance_figure([rule("Scribe assigned", 31, 57), rule("Acknowledged", 81, 7)])
    assert figure is not None
    (bars,) = spec(figure)["data"]
    assert bars["x"] == [0.3523, 0.9205]
    assert bars["marker"]["color"] == ["#A5380B", "#14578C"]
    assert figure.alt == (
        "Share of incidents in which a rule was kept, of those whose record tells. "
        "Scribe assigned 35 %, 31 of 88; Acknowledged 92 %, 81 of 88."
    )
    assert figure.caption == "Of the 2 rules 1 was kept in less than half of the incidents that tell."


def test_a_bar_of_nothing_is_seen_to_be_one(spec: Spec) -> None:
    """A sliver above its track."""
    shapes = spec(fleet_conformance_figure([rule("Scribe assigned", 0, 100)]))["layout"]["shapes"]
    assert [(shape["x0"], shape["x1"]) for shape in shapes] == [(0, 1), (0, 0.008)]


def test_nearly_all_is_not_all() -> None:
    """999 of 1,000 is 99 %, and 1 of 1,000 is 1 %."""
    figure = fleet_conformance_figure([rule("Most", 999, 1), rule("Few", 1, 999)])
    assert figure is not None
    assert figure.alt.endswith("Most 99 %, 999 of 1,000; Few 1 %, 1 of 1,000.")


def test_names_stand_above_their_bars_on_a_phone(spec: Spec) -> None:
    """So that none is cut."""
    title = "Blameless post-mortem held within 48 hours"
    layout = spec(fleet_conformance_figure([rule(title, 5, 5)]))["layout"]
    assert layout["margin"]["l"] > 200
    phone = layout["meta"]["phone"]
    assert phone["margin"]["l"] == 0
    assert phone["annotations"][0]["text"] == title


def test_words_of_a_runbook_are_shown_as_they_stand(spec: Spec) -> None:
    """A rule's title is text from outside."""
    layout = spec(fleet_conformance_figure([rule("<b>$5</b>", 1, 1)]))["layout"]
    assert layout["annotations"][0]["text"] == "&lt;b&gt;&#36;5&lt;/b&gt;"


def test_no_rule_has_no_figure() -> None:
    """Nor has one that could not be judged."""
    assert fleet_conformance_figure([]) is None
    assert fleet_conformance_figure([rule("Scribe assigned", 0, 0)]) is None
