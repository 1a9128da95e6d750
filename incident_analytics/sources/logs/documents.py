"""A whole file as JSON: an answer of a log store, a list of records, or objects printed over many lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.envelopes.parts import stored_object
from incident_analytics.sources.logs.json_line import decoded_object, is_too_deep

if TYPE_CHECKING:
    from incident_analytics.sources.logs.joining import LineReader
    from incident_analytics.sources.logs.record import LogRecord

MOST_CHARACTERS: Final = 256 << 20

_DECODER: Final = json.JSONDecoder(parse_constant=str, strict=False)
_OPENING: Final = re.compile(r"\s*(?:\{\s*(?:\"[^\"]*\"\s*:.*)?|\[\s*(?:[\[{].*)?)", re.DOTALL)
_BETWEEN: Final = re.compile(r"[\s,]*")


def opens_document(line: str) -> bool:
    """Whether a file whose first line this is may be a JSON document, and not a JSON object on each line.

    >>> opens_document("{"), opens_document('{"a": 1}'), opens_document("[2026-11-23] ready")
    (True, False, False)
    """
    return line.lstrip()[:1] in {"{", "["} and _OPENING.fullmatch(line) is not None and decoded_object(line) is None


def document_records(text: str, reader: LineReader) -> list[LogRecord] | None:
    """The records of a document, or None where it is none after all, or cut off.

    Args:
        text: The whole file.
        reader: Reads the objects and the lines inside.
    """
    if is_too_deep(text):
        return None
    records: list[LogRecord] = []
    position, line, counted = _after_gap(text, 0), 1, 0
    while position < len(text):
        try:
            value, end = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            return None
        line, counted = line + text.count("\n", counted, position), position
        found = _of_value(value, text[position:end], reader)
        if found is None:
            return None
        for record in found:
            record.line = line
        records += found
        position = _after_gap(text, end)
    return records


def _after_gap(text: str, position: int) -> int:
    gap = _BETWEEN.match(text, position)
    return gap.end() if gap else position


def _of_value(value: object, raw: str, reader: LineReader) -> list[LogRecord] | None:
    if isinstance(value, dict):
        found = reader.of_object(value, raw)
        for record in found:
            record.raw = record.raw or raw
        return found
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return [stored_object(each, reader, 0) for each in value]
    return None
