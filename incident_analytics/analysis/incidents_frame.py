"""The frame of incidents: one row each, the columns that every metric and trend starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.told_records import told_records
from incident_analytics.sources.histories import HISTORY_SCHEMA, History
from incident_analytics.sources.histories.schema import history_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.sources import Bundle


def incidents_frame(incidents: History | Iterable[Bundle]) -> pl.DataFrame:
    """One row an incident, in the order given.

    Args:
        incidents: What `load_incidents` gave, or bundles. A history has left out drills already; of bundles every one
            has its row.

    Returns:
        The columns of docs/columns.md: what the record says of the incident; for each milestone its instant in UTC,
        ``<milestone>_latest`` where it is a range (else null), and ``<milestone>_origin`` (recorded, or the words it
        was read from); where the record stands, and what else a history tells of it.

    Raises:
        BundleError: A bundle has no record.
        RecordError: A bundle's record cannot be read.
    """
    if isinstance(incidents, History):
        return incidents.frame
    return pl.DataFrame([_row(told) for told in told_records(incidents)], schema=HISTORY_SCHEMA, orient="row")


def _row(told: ToldRecord) -> dict[str, object]:
    incident, entries = told.record.incident, told.record.entries
    return history_row(incident, told.anchors(), entries) | {"file": told.file(incident.read_from)}
