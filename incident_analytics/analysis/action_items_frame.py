"""The frame of action items: one row each, with what its incident was and since when it was to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.incidents_frame import incidents_frame
from incident_analytics.analysis.lint import action_item_lint
from incident_analytics.analysis.told_records import told_records
from incident_analytics.sources.histories import History

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.model.incident import ActionItem
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources import Bundle

_INSTANT = pl.Datetime("us", "UTC")
_RECORDED: dict[str, pl.DataType] = {
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
    "hints": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
}
_OF_INCIDENT: dict[str, pl.DataType] = {
    "opened_at": _INSTANT,
    "opened_from": pl.String(),
    **{name: pl.String() for name in ("service", "team", "severity", "cause")},
}
_LAST = ("hints", "file", "line")
ACTION_ITEM_SCHEMA: dict[str, pl.DataType] = {
    **{name: dtype for name, dtype in _RECORDED.items() if name not in _LAST},
    **_OF_INCIDENT,
    **{name: _RECORDED[name] for name in _LAST},
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
    the incident, because records do not tell when items were written down.

    Args:
        incidents: What `load_incidents` gave, or bundles. Rows of tables have no action items.

    Returns:
        The columns of docs/columns.md, incidents in the order given, the items of each as recorded. An item is
        closed with a ``closed_at``, or with a status that the runbook's lints list; a status alone gives no time.

    Raises:
        BundleError: A bundle has no record.
        RecordError: A bundle's record cannot be read.
    """
    given = incidents if isinstance(incidents, History) else tuple(incidents)
    return with_incidents((row for told in told_records(given) for row in item_rows(told)), incidents_frame(given))


def item_rows(told: ToldRecord) -> Iterator[dict[str, object]]:
    """What a record tells of each of its items."""
    incident = told.record.incident
    hints = action_item_lint(incident, told.runbook)
    for number, (item, hint) in enumerate(zip(incident.action_items, hints, strict=True), start=1):
        yield {
            "incident_id": incident.id,
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


def is_closed(item: ActionItem, runbook: Runbook) -> bool:
    """Whether an item is done, or will not be done."""
    closed = {word.casefold() for word in runbook.lints.action_items.closed}
    return item.closed_at is not None or (item.status or "").strip().casefold() in closed


def with_incidents(rows: Iterable[dict[str, object]], incidents: pl.DataFrame) -> pl.DataFrame:
    """The items beside what the frame of incidents tells of each one's incident."""
    items = pl.DataFrame(list(rows), schema=_RECORDED, orient="row")
    opened_from = pl.coalesce(
        *(pl.when(pl.col(name).is_not_null()).then(pl.lit(word)) for name, word in _OPENED.items())
    )
    of_incident = incidents.unique("id", keep="first", maintain_order=True).select(
        pl.col("id").alias("incident_id"), pl.coalesce(*_OPENED).alias("opened_at"), opened_from.alias("opened_from"),
        *("service", "team", "severity", "cause"),
    )  # fmt: skip
    joined = items.join(of_incident, on="incident_id", how="left", maintain_order="left")
    return joined.select(pl.col(name).cast(dtype) for name, dtype in ACTION_ITEM_SCHEMA.items())
