"""A parsed CSV of metrics as samples: its times settled, its numbers read, its labels folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.sources.ledger import FileReading
from incident_analytics.sources.metrics.account import Account
from incident_analytics.sources.metrics.csv_findings import about_numbers, about_rows, about_times
from incident_analytics.sources.metrics.frame import SAMPLE_SCHEMA, FileSamples, labels_json, with_span
from incident_analytics.sources.metrics.numbers import Numbers, has_decimal_comma, read_numbers
from incident_analytics.sources.metrics.two_clocks import Span, settle
from incident_analytics.sources.metrics.units import unit_of

if TYPE_CHECKING:
    from incident_analytics.sources.delimited import Table
    from incident_analytics.sources.metrics.columns import Roles
    from incident_analytics.sources.metrics.csv_samples import ParsedCsv

READER: Final = "csv"


def settle_csv(parsed: ParsedCsv, *, zone: str | None, plausible: Span | None) -> FileSamples:
    """The samples of a parsed table.

    Args:
        parsed: The table.
        zone: The zone its times without one were read in, or None where that was a guess.
        plausible: When samples should lie, to tell a wrong column of times from a right one.
    """
    table, roles = parsed.table, parsed.roles
    settled = settle(parsed.clocks, table.lines, parsed.name, plausible)
    columns = (roles.value,) if roles.value is not None else roles.metrics
    numbers = _numbers(table, columns)
    labels = _labels(table, roles)
    frames = [_series(parsed, settled.at, labels, index, numbers[index]) for index in columns]
    frame = pl.concat(frames).select(SAMPLE_SCHEMA.names())
    accounts = (
        parsed.text_account,
        settled.account,
        about_times(parsed.clocks, settled.at, table, parsed.name, zone=zone),
        about_numbers(table, numbers, parsed.name),
        about_rows(table, parsed.name),
        Account((), _about_columns(table, roles)),
        Account(parsed.sidecar.findings, parsed.sidecar.notes),
    )
    reading = FileReading(
        parsed.name,
        "metrics",
        READER,
        rows=len(table.rows) + table.lost,
        unreadable=_bad_rows(table, settled.at, numbers) + table.lost,
        notes=tuple(note for account in accounts for note in account.notes),
    )
    findings = tuple(finding for account in accounts for finding in account.findings)
    return FileSamples(frame, with_span(reading, frame), findings)


def _bad_rows(table: Table, at: pl.Series, numbers: dict[int, Numbers]) -> int:
    bad = at.is_null() | pl.Series(table.lines, dtype=pl.Int64).is_in([row.line for row in table.broken])
    for each in numbers.values():
        bad |= each.unreadable
    return int(bad.sum() or 0)


def _numbers(table: Table, columns: tuple[int, ...]) -> dict[int, Numbers]:
    cells = {index: table.column(index) for index in columns}
    # A comma within a cell is a decimal one only where commas do not separate the cells.
    comma = table.delimiter != "," and any(has_decimal_comma(each) for each in cells.values())
    return {index: read_numbers(each, decimal_comma=comma) for index, each in cells.items()}


def _series(parsed: ParsedCsv, at: pl.Series, labels: pl.Series, index: int, numbers: Numbers) -> pl.DataFrame:
    table, roles = parsed.table, parsed.roles
    metric = _metric_names(parsed, index)
    known = {name: numbers.unit or parsed.sidecar.unit or unit_of(name) for name in set(metric)}
    units = [known[name] for name in metric]
    if roles.unit is not None:
        units = [written.strip() or unit for written, unit in zip(table.column(roles.unit), units, strict=True)]
    columns = {
        "timestamp": at,
        "metric": metric,
        "labels": labels,
        "value": numbers.values,
        "unit": units,
        "line": table.lines,
    }
    frame = pl.DataFrame(columns, schema_overrides={key: SAMPLE_SCHEMA[key] for key in columns})
    return frame.with_columns(
        pl.lit(READER).alias("source"),
        pl.lit(parsed.sidecar.query, dtype=pl.String).alias("query"),
        pl.lit(parsed.name).alias("file"),
    ).select(SAMPLE_SCHEMA.names())


def _metric_names(parsed: ParsedCsv, index: int) -> list[str]:
    table, roles = parsed.table, parsed.roles
    if roles.metric is not None:
        return [cell.strip() or parsed.stem for cell in table.column(roles.metric)]
    name = parsed.stem if roles.value is not None else table.header[index] or parsed.stem
    return [name] * len(table.rows)


def _labels(table: Table, roles: Roles) -> pl.Series:
    names = [table.header[index] for index in roles.labels]
    known: dict[tuple[str, ...], str] = {}
    labels = []
    for row in table.rows:
        cells = tuple(row[index].strip() for index in roles.labels)
        if cells not in known:
            pairs = zip(names, cells, strict=True)
            known[cells] = labels_json({key: cell for key, cell in pairs if key and cell})
        labels.append(known[cells])
    return pl.Series("labels", labels, dtype=pl.String)


def _about_columns(table: Table, roles: Roles) -> tuple[str, ...]:
    labels = [table.header[index] for index in roles.labels if table.header[index]]
    return (f"read as labels: {', '.join(labels)}",) if labels else ()
