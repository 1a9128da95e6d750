"""The frame of incidents: one row each, the columns that every metric and trend starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.milestones import ANCHORS
from incident_analytics.analysis.response_times import LATEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.measurement import Anchor

_INSTANT = pl.Datetime("us", "UTC")
_TEXTS = ("id", "title", "severity", "severity_written", "status", "services", "detected_by")
SCHEMA: dict[str, pl.DataType] = {
    **{name: pl.String() for name in _TEXTS},
    **{
        name: dtype
        for anchor in ANCHORS
        for name, dtype in ((anchor, _INSTANT), (anchor + LATEST, _INSTANT), (f"{anchor}_origin", pl.String()))
    },
    "users_affected": pl.Int64(),
    "revenue_lost": pl.Decimal(38, 4),
    "revenue_currency": pl.String(),
    "duration_minutes": pl.Float64(),
}


def incidents_frame(incidents: Iterable[tuple[Incident, Mapping[str, Anchor]]]) -> pl.DataFrame:
    """One row an incident, in the order given.

    Args:
        incidents: Each incident with its milestones.

    Returns:
        Columns: ``id``, ``title``, ``severity`` (the runbook's name, null where it has none),
        ``severity_written``, ``status`` (open or resolved), ``services`` (joined by a comma), ``detected_by``;
        for each milestone its instant in UTC, ``<milestone>_latest`` where it is a range (else null), and
        ``<milestone>_origin`` (recorded, or the words it was read from); ``users_affected``,
        ``revenue_lost`` (Decimal) with ``revenue_currency``, ``duration_minutes`` as declared.
    """
    rows = [_row(incident, anchors) for incident, anchors in incidents]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _row(incident: Incident, anchors: Mapping[str, Anchor]) -> dict[str, object]:
    impact = incident.impact
    row: dict[str, object] = {
        "id": incident.id,
        "title": incident.title or None,
        "severity": incident.severity,
        "severity_written": incident.severity_written or None,
        "status": "open" if anchors["resolved_at"].at is None else "resolved",
        "services": ", ".join(incident.services) or None,
        "detected_by": incident.detected_by,
        "users_affected": impact.users_affected,
        "revenue_lost": impact.revenue_lost.amount if impact.revenue_lost else None,
        "revenue_currency": (impact.revenue_lost.currency or None) if impact.revenue_lost else None,
        "duration_minutes": impact.duration_minutes,
    }
    for name in ANCHORS:
        at = anchors[name].at
        row[name] = at.earliest if at else None
        row[name + LATEST] = at.latest if at and at.is_range else None
        row[f"{name}_origin"] = anchors[name].origin or None
    return row
