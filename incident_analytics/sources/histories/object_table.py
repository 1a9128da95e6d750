"""Objects as rows of a table: JSON, NDJSON, and the front matter of Markdown pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.errors import RecordError, SourceError
from incident_analytics.safe_yaml import load_documents
from incident_analytics.sources.evidence_text import decode_evidence
from incident_analytics.sources.histories.table import Lost, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_FENCE = "---"
STEM = "@file"


def read_json_table(data: bytes, columns: Sequence[str], *, is_on_lines: bool, where: str) -> Table:
    """One row an object; a dotted column such as ``fields.priority.name`` reaches into objects.

    Args:
        data: A list of objects, an object that holds one such list, or NDJSON.
        columns: The columns that are wanted.
        is_on_lines: Whether each line is an object of its own.
        where: What to call the file in messages.

    Raises:
        SourceError: It is not JSON, or there is no list of objects in it.
    """
    text = decode_evidence(data).text
    rows: list[dict[str, object]] = []
    numbers: list[int | None] = []
    lost: list[Lost] = []
    for number, value in _on_lines(text) if is_on_lines else _listed(text, where):
        if isinstance(value, dict):
            rows.append(value)
            numbers.append(number)
        else:
            lost.append(Lost(number or 1, "not a JSON object"))
    cells = {
        name: pl.Series(name, [_cell(_reached(row, name)) for row in rows], dtype=pl.String)
        for name in columns
        if any(_reached(row, name) is not None or name in row for row in rows)
    }
    return Table(pl.DataFrame(cells), pl.Series("line", numbers, dtype=pl.Int64), "json", tuple(lost))


def read_front_matter(data: bytes, stem: str, *, where: str) -> Table:
    """The one row of a Markdown page: the keys above its text, and ``@file``, the page's name without its ending.

    Raises:
        SourceError: The page has no front matter.
    """
    lines = decode_evidence(data).text.splitlines()
    if not lines or lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        raise SourceError("this page has no front matter", where=where, expected="a first line of ---")
    end = next(number for number, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE)
    try:
        documents = load_documents("\n".join(lines[1:end]), where=where)
    except RecordError as error:
        lost = Lost(1, error.message)
        return Table(pl.DataFrame(), pl.Series("line", [], dtype=pl.Int64), "front matter", (lost,))
    value = documents[0].value if documents else None
    fields = value if isinstance(value, dict) else {}
    cells = {name: [_cell(written)] for name, written in fields.items()} | {STEM: [stem]}
    frame = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
    return Table(frame, pl.Series("line", [1], dtype=pl.Int64), "front matter")


def _on_lines(text: str) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def _listed(text: str, where: str) -> Iterator[tuple[None, object]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError("this is not JSON", where=where, found=str(error)) from None
    if isinstance(value, dict):
        lists = [part for part in value.values() if isinstance(part, list)]
        value = lists[0] if len(lists) == 1 else None
    if not isinstance(value, list):
        raise SourceError("there are no rows in this file", where=where, expected="a list of objects")
    for item in value:
        yield None, item


def _reached(row: Mapping[str, object], name: str) -> object:
    if name in row or "." not in name:
        return row.get(name)
    value: object = row
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
