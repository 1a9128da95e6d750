"""The frame of timelines: one row an event of every incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.told_records import told_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.sources import Bundle
    from incident_analytics.sources.histories import History

_INSTANT = pl.Datetime("us", "UTC")
TIMELINE_SCHEMA: dict[str, pl.DataType] = {
    "incident_id": pl.String(),
    "at": _INSTANT,
    "at_latest": _INSTANT,
    "kinds": pl.String(),
    "source": pl.String(),
    "actor": pl.String(),
    "text": pl.String(),
    "severity": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
}


def timeline_frame(incidents: History | Iterable[Bundle]) -> pl.DataFrame:
    """One row an event: milestones, roles, status updates, mitigations and timeline entries, merged.

    Nothing is left out for having come after a history's ``as_of``.

    Args:
        incidents: What `load_incidents` gave, or bundles. Rows of tables have no timeline, so a history has events of
            its records and bundles only.

    Returns:
        The columns of docs/columns.md, incidents in the order given, the events of each in the order of time.

    Raises:
        BundleError: A bundle has no record.
        RecordError: A bundle's record cannot be read.
    """
    rows = [row for told in told_records(incidents) for row in _rows(told)]
    return pl.DataFrame(rows, schema=TIMELINE_SCHEMA, orient="row")


def _rows(told: ToldRecord) -> Iterator[tuple[object, ...]]:
    incident = told.record.incident
    for event in told.events():
        yield (
            incident.id,
            event.at.earliest,
            event.at.latest if event.at.is_range else None,
            ", ".join(event.kinds) or None,
            event.source,
            event.actor,
            event.text,
            incident.severity,
            told.file(event.place),
            event.place.line if event.place else None,
        )
