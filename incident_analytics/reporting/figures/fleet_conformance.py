"""The rules of the runbook that are kept least, one bar each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import PHONE_WIDTH, Part, box, drawn, label
from incident_analytics.reporting.figures.text_width import shortened, text_width
from incident_analytics.reporting.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.trends.fleet_conformance import RuleConformance
    from incident_analytics.reporting.blocks.figure import FigureBlock

HALF: Final = 0.5
_BAR: Final = 14
_ROW, _PHONE_ROW = 30, 48
_SIZE, _PHONE_SIZE = 13, 12
_GAP: Final = 12
_MOST_TITLE: Final = 320
_SLIVER: Final = 0.008


def fleet_conformance_figure(rules: Sequence[RuleConformance], *, note: str = "") -> FigureBlock | None:
    """How often each rule was kept where a record tells, in the order given from the top.

    Args:
        rules: Those to show, each judged in one incident or more.
        note: What to know about them, after the caption's first sentence.

    Returns:
        The figure, or None where no rule is given.
    """
    shown = [rule for rule in rules if rule.share_met.estimate is not None]
    if not shown:
        return None
    below = [rule for rule in shown if _share(rule) < HALF]
    told = "; ".join(f"{rule.title} {_words(rule)}" for rule in shown)
    kept = "was kept in less" if len(below) == 1 else "were kept in less"
    answer = f"Of the {counted(len(shown), 'rule')} {len(below)} {kept} than half of the incidents that tell."
    return drawn(
        [_bars(shown)],
        page=_page(shown),
        phone=_phone(shown),
        alt=f"Share of incidents in which a rule was kept, of those whose record tells. {told}.",
        caption=f"{answer} {note}".strip(),
    )


def _share(rule: RuleConformance) -> float:
    return rule.share_met.estimate or 0.0


def _words(rule: RuleConformance) -> str:
    return f"{_percent(rule)}, {rule.counts.met:,} of {rule.counts.judged:,}"


def _percent(rule: RuleConformance) -> str:
    share = _share(rule)
    # what is nearly all is not all, and what is nearly none is not none
    rounded = min(max(round(100 * share), 1), 99) if 0 < share < 1 else round(100 * share)
    return f"{rounded} %"


def _colour(rule: RuleConformance) -> str:
    return palette.WARN if _share(rule) < HALF else palette.ACCENT


def _bars(rules: Sequence[RuleConformance]) -> Part:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [round(_share(rule), 4) for rule in rules],
        "y": list(range(len(rules))),
        "marker": {"color": [_colour(rule) for rule in rules], "line": {"width": 0}},
        "customdata": [plot_text(f"{rule.title}: {_words(rule)}") for rule in rules],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _page(rules: Sequence[RuleConformance]) -> Part:
    titles = [shortened(rule.title, _SIZE, _MOST_TITLE) for rule in rules]
    left = round(max(text_width(title, _SIZE) for title in titles)) + _GAP
    words = [_title(place, title, _SIZE, xanchor="right", xshift=-_GAP) for place, title in enumerate(titles)]
    return _layout(rules, words, row=_ROW, left=left, middle=0, size=_SIZE)


def _phone(rules: Sequence[RuleConformance]) -> Part:
    titles = [shortened(rule.title, _PHONE_SIZE, PHONE_WIDTH) for rule in rules]
    words = [
        _title(place, title, _PHONE_SIZE, xanchor="left", yanchor="bottom", yshift=_BAR / 2 + 2)
        for place, title in enumerate(titles)
    ]
    return _layout(rules, words, row=_PHONE_ROW, left=0, middle=10, size=_PHONE_SIZE)


def _title(place: int, title: str, size: int, **more: object) -> Part:
    return label(0, place, plot_text(title), size=size, color=palette.INK, **{"yanchor": "middle", **more})


def _count(rule: RuleConformance) -> str:
    share = plot_text(_percent(rule), bold=True, colour=palette.WARN if _share(rule) < HALF else palette.INK)
    return f"{share} {plot_text(f'{rule.counts.met:,} of {rule.counts.judged:,}')}"


def _width(rule: RuleConformance, size: int) -> float:
    rest = f" {rule.counts.met:,} of {rule.counts.judged:,}"
    return text_width(_percent(rule), size, bold=True) + text_width(rest, size)


def _layout(
    rules: Sequence[RuleConformance], words: list[Part], *, row: int, left: int, middle: int, size: int
) -> Part:
    """One row a rule; the bar stands that many pixels below the middle of its row."""
    shift = middle / row
    right = round(max(_width(rule, size) for rule in rules)) + _GAP
    counts = [
        label(1, place, _count(rule), size=size, xanchor="left", yanchor="middle", xshift=_GAP - 2)
        for place, rule in enumerate(rules)
    ]
    hidden: Part = {"visible": False, "fixedrange": True}
    return {
        "height": row * len(rules),
        "margin": {"l": left, "r": right, "t": 0, "b": 0, "pad": 0},
        "bargap": 1 - _BAR / row,
        "xaxis": {**hidden, "range": [0, 1]},
        "yaxis": {**hidden, "range": [len(rules) - 0.5 - shift, -0.5 - shift]},
        "shapes": _tracks(rules, _BAR / 2 / row),
        "annotations": [*words, *counts],
    }


def _tracks(rules: Sequence[RuleConformance], half: float) -> list[Part]:
    """The whole that each bar is a share of; a bar of nothing has a sliver, so that it is seen to be one."""
    whole = [box(0, 1, place - half, place + half, color=palette.LINE, layer="below") for place in range(len(rules))]
    empty = [
        box(0, _SLIVER, place - half, place + half, color=palette.WARN, layer="above")
        for place, rule in enumerate(rules)
        if not rule.counts.met
    ]
    return [*whole, *empty]
