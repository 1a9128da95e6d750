"""JSON text to values: NDJSON lines and whole files, guarded like YAML, with the line of each part."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from incident_analytics.errors import RecordError
from incident_analytics.safe_yaml import (
    DEEPEST_NESTING,
    LARGEST_BYTES,
    Document,
    Value,
    bracket_depth,
    check_printable,
    load_documents,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_DIGITS = 400
_QUOTED = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


def not_numbers(value: Value, pointer: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where a value holds NaN or Infinity; Python writes NaN for a missing number, which JSON does not know."""
    if isinstance(value, float) and not math.isfinite(value):
        yield pointer
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from not_numbers(part, (*pointer, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from not_numbers(part, (*pointer, index))


def without_not_numbers(value: Any) -> Any:  # noqa: ANN401 -- JSON may be anything
    """The value with None in the place of every NaN and Infinity."""
    if isinstance(value, dict):
        return {key: without_not_numbers(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_not_numbers(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def lines_of(text: str) -> list[tuple[int, str]]:
    """The lines that hold something, with their numbers counted from 1."""
    return [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def has_records_on_lines(text: str) -> bool:
    """Whether a .json file is NDJSON: more than one line, each of them an object."""
    lines = [line.strip() for _, line in lines_of(text)]
    return len(lines) > 1 and all(line[:1] == "{" and line[-1:] == "}" for line in lines)


def json_line(line: str, where: str, number: int) -> Document:
    """One line of NDJSON.

    Raises:
        RecordError: The line is no JSON, too large or nests too deep.
    """
    if len(line) > LARGEST_BYTES:
        raise RecordError("the record is too large", where=f"{where}:{number}", expected="at most 1 MiB")
    return Document(_parsed(line, where, number), {(): number})


def json_documents(text: str, where: str) -> list[Document]:
    """A JSON text as one document, with the line of each part; none for an empty text.

    Raises:
        RecordError: The text is no JSON or nests too deep.
    """
    if not text.strip():
        return []
    value = _parsed(text, where, 1)
    try:
        # JSON is close enough to YAML that the same reader tells the line of each part.
        lines = load_documents(text, where=where)[0].lines
    except (RecordError, IndexError):
        lines = {}
    return [Document(value, lines)]


def _parsed(text: str, where: str, first_line: int) -> Any:  # noqa: ANN401 -- JSON may be anything
    if bracket_depth(_QUOTED.sub("", text)) > DEEPEST_NESTING:
        raise RecordError(
            "the text nests too deep", where=f"{where}:{first_line}", expected=f"at most {DEEPEST_NESTING} levels"
        )
    try:
        value = json.loads(text, object_pairs_hook=_distinct, parse_int=_whole)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise RecordError(f"this is not JSON ({error.msg})", where=f"{where}:{line}") from None
    except ValueError as error:
        raise RecordError(str(error), where=f"{where}:{first_line}") from None
    if "\\" in text:
        for written in _texts(value):
            check_printable(written, where=f"{where}:{first_line}")
    return value


def _whole(digits: str) -> int | str:
    """A whole number; one so long that Python refuses it stays text."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _texts(value: Value) -> Iterator[str]:
    """Every text of a value, keys too."""
    waiting: list[Value] = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            waiting += [*part, *part.values()]
        elif isinstance(part, list):
            waiting += part


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, value in pairs:
        if key in fields:
            raise ValueError(f"the key '{key}' stands twice")
        fields[key] = value
    return fields
