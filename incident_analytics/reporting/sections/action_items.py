"""Action items, and what each lacks before it can be tracked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Pill, Table

if TYPE_CHECKING:
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem


def action_items(report: PostMortem) -> tuple[Block, ...]:
    """The table of action items with owner, due date and what is missing."""
    rows: list[tuple[Inline | None, ...]] = []
    ready = 0
    for item, lint in zip(report.incident.action_items, report.action_lints, strict=True):
        ready += not lint.hints
        hints: Inline = tuple(Pill(hint) for hint in lint.hints) or "ready"
        rows.append((item.text, item.owner, item.due.isoformat() if item.due else None, item.ticket, hints))
    caption = f"{words.counted(len(rows), 'action item')}, {ready or 'none'} ready to be tracked" if rows else ""
    columns = (Column("Item"), Column("Owner"), Column("Due"), Column("Ticket"), Column("Before it can be tracked"))
    return (Table(caption, columns, tuple(rows), empty="No action item is recorded."),)
