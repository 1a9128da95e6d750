"""InfluxDB's annotated CSV: tables one below the other, each with its own annotations and header."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.evidence_text import decode_evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.sources.evidence_text import EvidenceText
    from incident_analytics.sources.metrics.points import Points

READER: Final = "influxdb"
_ANNOTATIONS = ("#group", "#datatype", "#default")
_NUMBERS = frozenset({"double", "long", "unsignedLong"})
_OWN = frozenset({"", "result", "table", "_start", "_stop", "_time", "_value", "_field", "_measurement"})
_BOOLEANS = {"true": "1", "false": "0"}


@dataclass(slots=True)
class _Block:
    """What stands above the rows of a table."""

    types: Sequence[str] = ()
    defaults: Sequence[str] = ()
    header: Sequence[str] = ()
    row: dict[str, str] = field(default_factory=dict)

    def take(self, cells: Sequence[str]) -> None:
        """The cells of a row by their header; an empty one has the table's default."""
        spare = [*self.defaults, *[""] * len(cells)]
        self.row = {name: cell or default for name, cell, default in zip(self.header, cells, spare, strict=False)}

    def type_of(self, name: str) -> str:
        """The annotated type of a column."""
        index = list(self.header).index(name)
        return self.types[index] if index < len(self.types) else ""


def sniff(head: bytes, name: str) -> float:
    """How surely a file is annotated CSV, from 0 to 1: its first line is an annotation."""
    del name
    return 0.95 if decode_evidence(head).text.lstrip().startswith(_ANNOTATIONS) else 0.0


def fill(points: Points, evidence: EvidenceText) -> None:
    """The rows of each table; a table of an error is a finding."""
    block, in_annotations = _Block(), False
    reader = csv.reader(io.StringIO(evidence.text, newline=""))
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            points.refuse(str(error), line)
            continue
        if not any(cells):
            continue
        if cells[0] in _ANNOTATIONS:
            block = block if in_annotations else _Block()
            in_annotations = True
            block.types = cells if cells[0] == "#datatype" else block.types
            block.defaults = ["", *cells[1:]] if cells[0] == "#default" else block.defaults
        elif in_annotations or list(cells) == list(block.header):
            block.header, in_annotations = cells, False
        elif "error" in block.header:
            block.take(cells)
            message = "InfluxDB answered with an error."
            points.find("influxdb-error", "warning", message, seen=block.row["error"], line=line)
        else:
            block.take(cells)
            _add_row(points, block, line)


def _add_row(points: Points, block: _Block, line: int) -> None:
    row = block.row
    at = row.get("_time") or row.get("_stop")
    measurement = row.get("_measurement", "")
    if "_value" in row:
        names = {"_value": ".".join(part for part in (measurement, row.get("_field", "")) if part)}
    else:
        # After pivot() each field is a column of its own.
        fields = [name for name in row if name not in _OWN and block.type_of(name) in _NUMBERS]
        names = {name: ".".join(part for part in (measurement, name) if part) for name in fields}
    labels = {name: cell for name, cell in row.items() if name not in _OWN and name not in names and cell}
    if not names:
        points.refuse(",".join(row.values()), line)
    for column, metric in names.items():
        value = row[column]
        number = _BOOLEANS.get(value, value) if block.type_of(column) == "boolean" else value
        points.add(at, number or None, metric, labels, line=line)
