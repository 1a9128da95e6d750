"""Incidents that came again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Paragraph, Strong, Table
from incident_analytics.reporting.trend_sections.figures_in_words import left_out
from incident_analytics.reporting.trend_sections.told import day_of, identity, shortlist

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.repeats import Chain, Repeats
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.blocks.spans import Span
    from incident_analytics.reporting.trends.report import TrendReport


def repeats(report: TrendReport) -> tuple[Block, ...]:
    """How many came again, beside what chance alone would bring, and the chains."""
    found = report.repeats
    if found.n is None:
        return (Paragraph(f"Whether incidents came again cannot be told: {found.reason}."),)
    note = left_out(found.left_out)
    rule = Paragraph(f"Counted is {found.rule}. {note}".rstrip())
    if not found.repeats:
        return (Paragraph(Strong(f"None of {words.counted(found.n, 'incident')} came again.")), rule)
    return (Paragraph(_answer(found)), rule, *shortlist(_chains(report)))


def _answer(found: Repeats) -> Inline:
    head = f"{found.repeats or 0:,} of {words.counted(found.n or 0, 'incident')} came again."
    chance = ""
    if found.by_chance is not None:
        chance = f" Spread at random over the time, about {found.by_chance:.0f} would."
    recorded = f" The record itself says so of {found.recorded:,}." if found.recorded else ""
    return (Strong(head), f"{chance}{recorded}")


def _chains(report: TrendReport) -> Table:
    found = report.repeats
    total = found.chain_count or 0
    shown = f", {len(found.chains)} of {total:,}" if total > len(found.chains) else ""
    columns = (
        Column("Cause"), Column("Service", is_whole=True), Column("Times", "right"), Column("First"), Column("Last"),
        Column("Incidents"), Column("Told by"),
    )  # fmt: skip
    rows = tuple(_row(report, chain) for chain in found.chains)
    return Table(f"Incidents that came again{shown}", columns, rows)


def _row(report: TrendReport, chain: Chain) -> tuple[Inline | None, ...]:
    zone = report.scope.zone
    told = "the record" if chain.is_recorded else "cause and service"
    return (
        _in_words(chain.cause) or "cause unknown",
        chain.service,
        f"{chain.count:,}",
        day_of(chain.first_at.astimezone(zone).date()),
        day_of(chain.last_at.astimezone(zone).date()),
        _ids(report, chain),
        told,
    )


def _ids(report: TrendReport, chain: Chain) -> Inline:
    parts: list[str | Span] = []
    for place, each in enumerate(chain.ids):
        named = identity(report, each)
        parts += [", "] if place else []
        parts += list(named) if isinstance(named, tuple) else [named]
    return (*parts, " …") if chain.count > len(chain.ids) else tuple(parts)


def _in_words(cause: str | None) -> str | None:
    return cause.replace("_", " ") if cause else None
