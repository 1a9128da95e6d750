"""PostgreSQL's answers as tables: CSV, the aligned tables that psql prints and people paste, and rows as JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.delimited import BrokenRow, Table, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULE: Final = re.compile(r"-+(?:\+-+)*")
_END: Final = re.compile(r"\(\d+ rows?\)")
_GOES_ON: Final = "+"


def table_of(text: str) -> Table:
    r"""The table of a text, whichever way it was saved.

    >>> table_of(" pid | query \n-----+-------\n   7 | select\n(1 row)\n").rows
    (('7', 'select'),)
    """
    lines = text.splitlines()
    if len(lines) > 1 and "+" in lines[1] and _RULE.fullmatch(lines[1].strip()):
        return _aligned(lines)
    if text.lstrip()[:1] == "{":
        return _json_lines(lines)
    return read_table(text)


def _aligned(lines: list[str]) -> Table:
    """What psql prints: a row that ends with a plus within a cell goes on in the next line."""
    ends = [found.end() for found in re.finditer(r"[^+]+", lines[1])]
    spans = list(zip([0, *[end + 1 for end in ends[:-1]]], ends, strict=True))
    header = tuple(lines[0][start:end].strip() for start, end in spans)
    rows: list[list[str]] = []
    numbers: list[int] = []
    goes_on = [False] * len(header)
    for number, line in enumerate(lines[2:], start=3):
        if not line.strip() or _END.fullmatch(line.strip()):
            continue
        # The last cell of the last column may be longer than the rule where a pager cut it: it keeps its end.
        cells = [line[start : end if end != ends[-1] else None] for start, end in spans]
        texts = [cell.rstrip().removesuffix(_GOES_ON).strip() for cell in cells]
        if any(goes_on):
            joined = zip(rows[-1], texts, goes_on, strict=True)
            rows[-1] = [f"{above}\n{text}" if more else above for above, text, more in joined]
        else:
            rows.append(texts)
            numbers.append(number)
        goes_on = [cell.rstrip().endswith(_GOES_ON) for cell in cells]
    return Table(header, tuple(map(tuple, rows)), tuple(numbers), "|")


def _json_lines(lines: list[str]) -> Table:
    """Rows as ``row_to_json`` gives them, one object a line; its keys are the columns.

    COPY writes each backslash twice, which breaks rows with quotes: where that explains a row that is no JSON, all
    rows were written so.
    """
    if any(_object(line) is None and _object(line.replace(r"\\", "\\")) for line in lines if line.strip()):
        lines = [line.replace(r"\\", "\\") for line in lines]
    parsed: list[tuple[int, dict[str, object]]] = []
    broken = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            row = _object(line)
            if row is None:
                broken.append(BrokenRow(number, "this is no JSON object"))
            else:
                parsed.append((number, row))
    header = tuple(dict.fromkeys(key for _, row in parsed for key in row))
    rows = tuple(tuple(_cell(row.get(name)) for name in header) for _, row in parsed)
    return Table(header, rows, tuple(number for number, _ in parsed), ",", tuple(broken), len(broken))


def _object(line: str) -> dict[str, object] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "{" + ",".join(_parts(value)) + "}"
    # JSON may escape half a character, which no frame can hold.
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _parts(values: list[object]) -> Iterator[str]:
    return (str(each) for each in values)
