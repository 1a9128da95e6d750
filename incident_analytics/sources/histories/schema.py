"""The frame of a history: one row an incident, the columns that every metric and trend starts from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, get_args

import polars as pl

from incident_analytics.model.incident import Incident, TimelineEntry
from incident_analytics.model.measurement import Anchor
from incident_analytics.model.runbook import MilestoneName
from incident_analytics.model.status_words import is_over
from incident_analytics.sources.histories.source_columns import source_columns

if TYPE_CHECKING:
    from incident_analytics.model.instants import Instant

MILESTONES: tuple[MilestoneName, ...] = get_args(MilestoneName)
LATEST, ORIGIN = "_latest", "_origin"
RECORDED = "recorded"
OPEN, RESOLVED, CLOSED = "open", "resolved", "closed"

INSTANT = pl.Datetime("us", "UTC")
AMOUNT = pl.Decimal(38, 4)
_TEXTS = ("id", "title", "severity", "severity_written", "status", "services", "detected_by")
INCIDENT_SCHEMA: dict[str, pl.DataType] = {
    **{name: pl.String() for name in _TEXTS},
    **{
        name: dtype
        for anchor in MILESTONES
        for name, dtype in ((anchor, INSTANT), (anchor + LATEST, INSTANT), (anchor + ORIGIN, pl.String()))
    },
    "users_affected": pl.Int64(),
    "revenue_lost": AMOUNT,
    "revenue_currency": pl.String(),
    "duration_minutes": pl.Float64(),
}
SOURCE_SCHEMA: dict[str, pl.DataType] = {
    "file": pl.String(),
    "line": pl.Int64(),
    "is_drill": pl.Boolean(),
    **{name: pl.String() for name in ("service", "team", "cause")},
    "reopened": pl.Int64(),
}
HISTORY_SCHEMA = INCIDENT_SCHEMA | SOURCE_SCHEMA

# From an incident and the further entries of its timeline.csv to the anchor of each milestone.
Milestones: TypeAlias = Callable[[Incident, Sequence[TimelineEntry]], Mapping[str, Anchor]]
Row: TypeAlias = dict[str, object]


def recorded_milestones(incident: Incident, _entries: Sequence[TimelineEntry] = ()) -> dict[str, Anchor]:
    """The anchors of the milestones that have a field of their own in the record, and of no others."""
    instants: dict[str, Instant | None] = {name: incident.at(name) for name in MILESTONES}
    return {
        name: Anchor(name, at, RECORDED if at else "", incident.fields_read_from.get(name))
        for name, at in instants.items()
    }


def incident_row(incident: Incident, anchors: Mapping[str, Anchor]) -> Row:
    """The columns of INCIDENT_SCHEMA for one incident with its milestones."""
    impact = incident.impact
    row: Row = {
        "id": incident.id,
        "title": incident.title or None,
        "severity": incident.severity,
        "severity_written": incident.severity_written or None,
        "status": state(anchors["resolved_at"].at, anchors["closed_at"].at, incident.status),
        "services": ", ".join(incident.services) or None,
        "detected_by": incident.detected_by,
        "users_affected": impact.users_affected,
        "revenue_lost": impact.revenue_lost.amount if impact.revenue_lost else None,
        "revenue_currency": (impact.revenue_lost.currency or None) if impact.revenue_lost else None,
        "duration_minutes": impact.duration_minutes,
    }
    for name in MILESTONES:
        at = anchors[name].at
        row[name] = at.earliest if at else None
        row[name + LATEST] = at.latest if at and at.is_range else None
        row[name + ORIGIN] = anchors[name].origin or None
    return row


def history_row(incident: Incident, anchors: Mapping[str, Anchor], entries: Sequence[TimelineEntry] = ()) -> Row:
    """The columns of HISTORY_SCHEMA for one incident, but the file, which the caller knows."""
    told = [*incident.timeline, *entries]
    counted = sum("reopened" in entry.kinds for entry in told)
    stretches = len(incident.impact_intervals)
    row = incident_row(incident, anchors) | source_columns(incident.model_extra or {})
    if row["reopened"] is None and (told or stretches):
        row["reopened"] = max(counted, stretches - 1)
    row["service"] = incident.services[0] if incident.services else None
    row["line"] = incident.read_from.line if incident.read_from else None
    return row


def state(resolved: object, closed: object, written: str | None = None) -> str:
    """Whether an incident is open; ``closed`` is over, though nobody recorded when it was resolved."""
    if resolved is not None:
        return RESOLVED
    return CLOSED if closed is not None or is_over(written) else OPEN


def empty_history() -> pl.DataFrame:
    """A frame of no incidents, with every column."""
    return pl.DataFrame(schema=HISTORY_SCHEMA)


def history_frame(rows: Sequence[Row], file: str) -> pl.DataFrame:
    """The frame of rows that all come from one file."""
    frame = pl.DataFrame(rows, schema={name: dtype for name, dtype in HISTORY_SCHEMA.items() if name != "file"})
    return frame.with_columns(file=pl.lit(file)).select(list(HISTORY_SCHEMA))
