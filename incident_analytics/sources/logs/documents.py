"""A whole file as JSON: an answer of a log store, a list of records, or objects printed over many lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.cut_json import decoded_part, last_whole
from incident_analytics.sources.logs.envelopes import unpacked
from incident_analytics.sources.logs.envelopes.parts import stored_objects
from incident_analytics.sources.logs.json_line import decoded_object, is_too_deep
from incident_analytics.sources.logs.record import UNREADABLE, LogRecord

if TYPE_CHECKING:
    from incident_analytics.sources.logs.joining import LineReader

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
    """The records of a document, or None where it is none after all.

    Of one that is cut off the records before the cut are read, and what is behind them is one that is not readable.

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
        except json.JSONDecodeError as error:
            return None if records else _before_cut(text, error, reader)
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


def _before_cut(text: str, error: json.JSONDecodeError, reader: LineReader) -> list[LogRecord] | None:
    if "\n" in text[error.pos :].rstrip():
        return None  # what follows may be lines that can be read
    part = decoded_part(text, error, _DECODER, at_commas=False)
    found = unpacked(part, reader) if isinstance(part, dict) else _of_value(part, "", reader)
    if not found:
        return None
    whole, _ = last_whole(text, error.pos, at_commas=False)
    rest = LogRecord(UNREADABLE, raw=text[whole:].strip(), line=text.count("\n", 0, whole) + 1)
    for record in found:
        record.line = 1
    return [*found, rest]


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
        return [record for each in value for record in stored_objects(each, reader)]
    return None
