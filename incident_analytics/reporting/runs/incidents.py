"""The incidents of a run as a table: what was recorded of each, where it stands, and what was measured from it."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import polars as pl
from pydantic import BaseModel

from incident_analytics.analysis.trends.cohort import BEGINNINGS, reasons_left_out
from incident_analytics.model.instants import Instant
from incident_analytics.model.money import Money
from incident_analytics.reporting.measurement_json import instant_json
from incident_analytics.reporting.words import exact
from incident_analytics.sources.histories import HISTORY_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.reporting.measurement_json import Json
    from incident_analytics.sources.histories import History, WholeRecord

LEFT_OUT, RECORD, BEGAN, PERIOD = "left_out", "record", "began_at", "period"
PLACE = ("file", "line")
_MEASURED = ("_seconds", "_seconds_high", "_status")
# What the columns of the frame tell already, and what only says where it was read.
_TOLD = frozenset(HISTORY_SCHEMA) | {"impact", "schema_version", "detected_by_written", "read_from"}
_TOLD |= {"fields_read_from", "reading_findings"}


def incidents_of(history: History, cohort: Cohort, records: Iterable[WholeRecord]) -> bytes:
    """Every incident of the history as Parquet, by id, the same bytes for the same incidents.

    The columns are those of `HISTORY_SCHEMA`, ``began_at``, ``left_out`` (why the scope leaves it out; null of those
    that the report is about), ``period``, the seconds and status of each metric, and ``record``: everything else that
    its record tells, as JSON.

    Args:
        history: What was loaded.
        cohort: The incidents that the report is about.
        records: The whole records; rows of tables have none.
    """
    frame = history.frame.with_columns(began_at=pl.coalesce(BEGINNINGS))
    reasons = [
        pl.when(is_out.fill_null(value=False)).then(pl.lit(reason))
        for reason, is_out in reasons_left_out(frame, cohort.scope)
    ]
    measured = [metric + end for metric in cohort.clock for end in _MEASURED]
    known = cohort.frame.select("id", PERIOD, *(name for name in measured if name in cohort.frame.columns))
    table = (
        frame.with_columns(left_out=pl.coalesce(reasons))
        .join(known, on="id", how="left", maintain_order="left")
        .join(_rest(records), on="id", how="left", maintain_order="left")
        .sort("id", "file", "line")
    )
    stream = BytesIO()
    table.write_parquet(stream, compression="zstd", statistics=False)
    return stream.getvalue()


def _rest(records: Iterable[WholeRecord]) -> pl.DataFrame:
    rows = [(each.incident.id, _text(each)) for each in records]
    return pl.DataFrame(rows, schema={"id": pl.String, RECORD: pl.String}, orient="row")


def _text(record: WholeRecord) -> str:
    told = _plain(record.incident, leaving_out=_TOLD)
    if record.entries and isinstance(told, dict):
        told["timeline.csv"] = [_plain(entry) for entry in record.entries]
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


def _plain(value: object, *, leaving_out: frozenset[str] = frozenset({"read_from"})) -> Json:
    """What was recorded as JSON; what was not recorded is not there."""
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields if name not in leaving_out}
        extra = {name: each for name, each in (value.model_extra or {}).items() if name not in leaving_out}
        found = {name: _plain(each) for name, each in (fields | extra).items()}
        return {name: each for name, each in found.items() if each not in (None, "", [], {})}
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return _scalar(value)


def _scalar(value: object) -> Json:
    if isinstance(value, Instant):
        earliest = instant_json(value.earliest)
        return f"{earliest} to {instant_json(value.latest)}" if value.is_range else earliest
    if isinstance(value, datetime):
        return instant_json(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return f"{exact(value.amount)} {value.currency}".strip()
    if isinstance(value, Decimal):
        return exact(value)
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)
