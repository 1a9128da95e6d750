"""What is doubtful about a CSV of metrics: each doubt once a file or column, with its count and first line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.errors import shortened
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources import evidence_text
from incident_analytics.sources.metrics.account import Account
from incident_analytics.sources.metrics.cell_units import has_unit
from incident_analytics.sources.metrics.numbers import has_decimal_comma

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from incident_analytics.sources.delimited import Table
    from incident_analytics.sources.evidence_text import EvidenceText
    from incident_analytics.sources.metrics.columns import Roles
    from incident_analytics.sources.metrics.numbers import Numbers
    from incident_analytics.sources.metrics.two_clocks import TimeColumn


def not_samples(table: Table, roles: Roles, name: str) -> Finding:
    """Why a table holds no samples."""
    reason = "no column holds numbers" if roles.times else "no column is named like a time"
    return Finding(
        "not-samples",
        "warning",
        f"The table is not read as metrics: {reason}.",
        Place(name, 1),
        seen=shortened(", ".join(table.header)),
        expected="a time column, and a value column or one column a metric",
    )


def about_text(evidence: EvidenceText, table: Table, name: str) -> Account:
    """The encoding and the delimiter, where they are not the usual ones."""
    notes = []
    if evidence.encoding == "utf-16":
        notes.append("read as UTF-16")
    if table.delimiter != ",":
        notes.append(f"cells are separated by {'tabs' if table.delimiter == chr(9) else table.delimiter}")
    if evidence.cut:
        notes.append(f"not read to its end: {evidence.cut}")
    if evidence.bad_line is not None:
        notes.append(f"bytes that are not {evidence.encoding} from line {evidence.bad_line} on")
    return Account(evidence_text.about_text(evidence, name), tuple(notes))


def about_rows(table: Table, name: str) -> Account:
    """Rows that could not be split into the header's cells."""
    if not table.broken:
        return Account()
    first = table.broken[0]
    message = f"Rows do not fit the header ({len(table.broken)} here); cells that are there are kept."
    finding = Finding(
        "broken-row", "warning", message, Place(name, first.line), seen=first.reason, expected="cells as in the header"
    )
    return Account((finding,), (f"rows that do not fit the header: {len(table.broken)}",))


def about_times(clocks: Sequence[TimeColumn], at: pl.Series, table: Table, name: str, *, zone: str | None) -> Account:
    """Times that cannot be read, that carry no zone, or whose hour occurs twice."""
    findings: list[Finding] = []
    notes: list[str] = []
    used = clocks[0]
    missing = at.is_null()
    if missing.any():
        index = int(missing.arg_max() or 0)
        message = f"{missing.sum()} of {len(at)} times cannot be read; their samples are kept without a time."
        findings.append(
            Finding(
                "unreadable-time",
                "warning",
                message,
                Place(name, table.lines[index]),
                seen=shortened(used.cells[index]),
                expected="a full time such as 2024-01-15T14:15:00Z or seconds since 1970",
            )
        )
    is_told_elsewhere = any(not column.times.naive.any() and column.times.at.is_not_null().all() for column in clocks)
    naive = [column for column in clocks if column.times.naive.any() and not is_told_elsewhere]
    if naive:
        notes.append(_zone_words(naive[0].header, zone))
        findings.append(_zone_finding(naive[0], table, name, zone))
    twice = [column for column in naive if column.times.ambiguous.any()]
    if twice:
        count = twice[0].times.ambiguous.sum()
        message = f"{count} local times occur twice, as clocks were set back; the earlier instant is used."
        line = table.lines[int(twice[0].times.ambiguous.arg_max() or 0)]
        findings.append(Finding("ambiguous-local-time", "warning", message, Place(name, line)))
    return Account(tuple(findings), tuple(notes))


def _zone_words(header: str, zone: str | None) -> str:
    return f"{header} carries no zone; read as {zone or 'UTC, a guess'}"


def _zone_finding(column: TimeColumn, table: Table, name: str, zone: str | None) -> Finding:
    index = int(column.times.naive.arg_max() or 0)
    words = f"the incident's, {zone}," if zone else "UTC, a guess,"
    return Finding(
        "zone-assumed",
        "info" if zone else "warning",
        f"The times of {column.header} carry no zone; {words} was used.",
        Place(name, table.lines[index]),
        seen=shortened(column.cells[index]),
        expected="an offset such as +00:00, or a timezone in the incident's record",
    )


def about_numbers(table: Table, numbers: Mapping[int, Numbers], name: str) -> Account:
    """Cells that are missing, that cannot be read, or that are read with a decimal comma."""
    findings: list[Finding] = []
    notes: list[str] = []
    missing = sum(int(each.missing.sum() or 0) for each in numbers.values())
    if missing:
        notes.append(f"{missing} cells are empty or NaN")
    for index, each in numbers.items():
        if each.unreadable.any():
            row = int(each.unreadable.arg_max() or 0)
            findings.append(
                Finding(
                    "unreadable-number",
                    "warning",
                    f"{each.unreadable.sum()} of {len(each.unreadable)} cells of {table.header[index]} "
                    "cannot be read as numbers; they are kept as missing.",
                    Place(name, table.lines[row]),
                    seen=shortened(table.rows[row][index]),
                    expected="a number",
                )
            )
    formatted = [index for index, each in numbers.items() if each.unit is not None]
    if formatted:
        index = formatted[0]
        row = next((place for place, cell in enumerate(table.column(index)) if has_unit(cell)), 0)
        message = f"Cells of {len(formatted)} columns carry units; they were rounded when shown, raw values are exact."
        place, seen = Place(name, table.lines[row]), shortened(table.rows[row][index])
        findings.append(Finding("formatted-cells", "info", message, place, seen, "raw numbers"))
    commas = [index for index in numbers if table.delimiter != "," and has_decimal_comma(table.column(index))]
    if commas:
        notes.append("numbers are read with a decimal comma")
        message = "Numbers are read with a decimal comma, as cells are not separated by commas."
        findings.append(Finding("decimal-comma", "info", message, Place(name)))
    return Account(tuple(findings), tuple(notes))
