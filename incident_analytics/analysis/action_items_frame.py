"""The frame of action items: one row each, with what its incident was and since when it was to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.lint import action_item_lint
from incident_analytics.analysis.told_records import told_records
from incident_analytics.sources.histories.source_columns import source_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.model.incident import ActionItem
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources import Bundle
    from incident_analytics.sources.histories import History

_INSTANT = pl.Datetime("us", "UTC")
ACTION_ITEM_SCHEMA: dict[str, pl.DataType] = {
    "incident_id": pl.String(),
    "number": pl.Int64(),
    "text": pl.String(),
    "owner": pl.String(),
    "due": pl.Date(),
    "ticket": pl.String(),
    "kind": pl.String(),
    "status": pl.String(),
    "is_closed": pl.Boolean(),
    "closed_at": _INSTANT,
    "opened_at": _INSTANT,
    "opened_from": pl.String(),
    "service": pl.String(),
    "team": pl.String(),
    "severity": pl.String(),
    "cause": pl.String(),
    "hints": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
}
# Few records tell when an item was written down, so the first of these that is known stands in.
_OPENED = {
    "resolved_at": "resolution",
    "postmortem_at": "post-mortem",
    "started_at": "beginning",
    "detected_at": "beginning",
    "declared_at": "beginning",
    "acknowledged_at": "beginning",
}


def action_items_frame(incidents: History | Iterable[Bundle]) -> pl.DataFrame:
    """One row an action item, with its incident's service, team, severity and cause.

    An item counts as open from its incident's resolution on, else from the post-mortem, else from the beginning of
    the incident, because records do not tell when items were written down. Nothing is left out for having come after
    a history's ``as_of``.

    Args:
        incidents: What `load_incidents` gave, or bundles. Rows of tables have no action items.

    Returns:
        The columns of docs/columns.md, incidents in the order given, the items of each as recorded. An item is
        closed with a ``closed_at``, or with a status that the runbook's lints list; a status alone gives no time.

    Raises:
        BundleError: A bundle has no record.
        RecordError: A bundle's record cannot be read.
    """
    return items_of(told_records(incidents))


def items_of(records: Iterable[ToldRecord]) -> pl.DataFrame:
    """The frame of `action_items_frame` for some whole records."""
    return pl.DataFrame([row for told in records for row in _rows(told)], schema=ACTION_ITEM_SCHEMA, orient="row")


def is_closed(item: ActionItem, runbook: Runbook) -> bool:
    """Whether an item is done, or will not be done."""
    closed = {word.casefold() for word in runbook.lints.action_items.closed}
    return item.closed_at is not None or (item.status or "").strip().casefold() in closed


def _rows(told: ToldRecord) -> Iterator[dict[str, object]]:
    incident = told.record.incident
    if not incident.action_items:
        return
    anchors = told.anchors()
    opened = next((anchor for name in _OPENED if (anchor := anchors[name]).at is not None), None)
    source = source_columns(incident.model_extra or {})
    of_incident: dict[str, object] = {
        "incident_id": incident.id,
        "opened_at": opened.at.earliest if opened and opened.at else None,
        "opened_from": _OPENED[opened.anchor] if opened else None,
        "service": incident.services[0] if incident.services else None,
        "team": source["team"],
        "severity": incident.severity,
        "cause": source["cause"],
    }
    hints = action_item_lint(incident, told.runbook)
    for number, (item, hint) in enumerate(zip(incident.action_items, hints, strict=True), start=1):
        yield of_incident | {
            "number": number,
            "text": item.text,
            "owner": item.owner or None,
            "due": item.due,
            "ticket": item.ticket or None,
            "kind": item.kind or None,
            "status": item.status or None,
            "is_closed": is_closed(item, told.runbook),
            "closed_at": item.closed_at.earliest if item.closed_at else None,
            "hints": ", ".join(hint.hints) or None,
            "file": told.file(item.read_from),
            "line": item.read_from.line if item.read_from else None,
        }
