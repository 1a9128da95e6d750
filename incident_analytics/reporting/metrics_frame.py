"""The metrics of many incidents as a flat frame, and as the CSV or Parquet file of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal, TypeAlias

import polars as pl

from incident_analytics.atomic_write import atomic_write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from incident_analytics.model.measurement import Measurement

TableFile: TypeAlias = Literal["csv", "parquet"]
REVENUE = "revenue_impact"
_MONEY = pl.Decimal(38, 4)


def metrics_frame(incidents: Iterable[tuple[str, Mapping[str, Measurement]]]) -> pl.DataFrame:
    """One row an incident, in the order given.

    Args:
        incidents: Each incident's id with its measurements under one clock.

    Returns:
        Columns: ``incident_id``, ``clock``; for each duration ``<metric>_seconds`` (Float64; the shortest it can
        have been where it is a range) and ``_seconds_high`` (the longest, null where it is exact);
        ``users_affected`` and ``people_involved`` (Int64) and ``revenue_impact`` (Decimal), users with
        ``_measured``, revenue with ``_currency``. Each metric has ``_status``, ``_reason`` (which tells its doubts
        too) and ``_doubtful`` (Boolean). Unknown is null.
    """
    rows = []
    schema: dict[str, pl.DataType] = {"incident_id": pl.String(), "clock": pl.String()}
    for incident_id, measurements in incidents:
        row: dict[str, object] = {"incident_id": incident_id}
        for measurement in measurements.values():
            for name, (value, dtype) in _cells(measurement).items():
                row[name] = value
                schema[name] = dtype
            row["clock"] = row.get("clock") or measurement.clock
        rows.append(row)
    return pl.DataFrame(rows, schema=schema)


def _cells(measurement: Measurement) -> dict[str, tuple[object, pl.DataType]]:
    name, low = measurement.name, measurement.low
    told: dict[str, tuple[object, pl.DataType]] = {
        f"{name}_status": (measurement.status, pl.String()),
        f"{name}_reason": (reason_and_doubts(measurement) or None, pl.String()),
        f"{name}_doubtful": (measurement.is_doubtful, pl.Boolean()),
    }
    if measurement.unit == "seconds":
        shortest = measurement.value if low is None else low
        seconds = (shortest, pl.Float64()), (measurement.high, pl.Float64())
        return {f"{name}_seconds": seconds[0], f"{name}_seconds_high": seconds[1], **told}
    if name == REVENUE:
        money = measurement.money
        amount, currency = (money.amount, money.currency or None) if money else (None, None)
        return {name: (amount, _MONEY), f"{name}_currency": (currency, pl.String()), **told}
    counted: tuple[object, pl.DataType] = (_count(measurement.value), pl.Int64())
    if name == "users_affected":
        return {name: counted, f"{name}_measured": (_count(measurement.measured), pl.Int64()), **told}
    return {name: counted, **told}


def reason_and_doubts(measurement: Measurement) -> str:
    """Why a measurement has no value or from where it is, and what is doubtful about it."""
    doubts = [finding.message for finding in measurement.findings if finding.level != "info"]
    return "; ".join(dict.fromkeys(text for text in (measurement.reason, *doubts) if text))


def _count(number: float | None) -> int | None:
    return None if number is None else int(number)


def csv_text(frame: pl.DataFrame) -> str:
    """The frame as CSV with a heading; amounts as plain digits, unknown as nothing."""
    amount = pl.col(REVENUE).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
    return frame.with_columns(amount).write_csv()


def write_metrics(frame: pl.DataFrame, path: Path, *, kind: TableFile) -> Path:
    """The path, now holding the frame."""
    if kind == "csv":
        return atomic_write(path, csv_text(frame))
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return atomic_write(path, buffer.getvalue())
