"""Finds the records in a file: YAML documents, a JSON object or list, or NDJSON lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incident_analytics.errors import RecordError, SourceError
from incident_analytics.safe_yaml import LARGEST_BYTES, Document, Value, decoded, load_documents
from incident_analytics.sources.records.json_text import (
    has_records_on_lines,
    json_documents,
    json_line,
    lines_of,
    not_numbers,
    without_not_numbers,
)
from incident_analytics.sources.records.reading import read_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.runbook import Runbook

RECORD_SUFFIXES = (".yaml", ".yml", ".json", ".ndjson", ".jsonl")
# A JSON file may hold a history of incidents; each line of NDJSON is held to the size of one record.
LARGEST_JSON_BYTES = 256 * LARGEST_BYTES
_LISTS_OF_RECORDS = ("incidents", "data", "records")
_WRAPPER = "incident"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record before its fields have types.

    Args:
        fields: The record's keys and values, the ``incident:`` wrapper taken off, keys beside it put in.
        document: The text it came from, with the line of each part.
        pointer: Where in the document the record stands.
        file: The file's name, for messages.
        beside: Which fields stood beside the wrapper, not in it.
        hidden: Which keys beside the wrapper are not in the fields, as the wrapper has them too.
        not_numbers: Where NaN or Infinity stood, which is no number and in the fields is None.
    """

    fields: dict[str, Any]
    document: Document
    pointer: tuple[str | int, ...]
    file: str
    beside: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    not_numbers: tuple[tuple[str | int, ...], ...] = ()

    def line(self, pointer: tuple[str | int, ...]) -> int | None:
        """The line of a part of the record, or of the nearest part around it."""
        outer = self.pointer[:-1] if pointer and pointer[0] in (*self.beside, *self.hidden) else self.pointer
        return self.document.line((*outer, *pointer))


def read_records(path: Path, runbook: Runbook, *, where: str | None = None) -> list[Incident]:
    """Every incident of a record file.

    Args:
        path: A YAML, JSON or NDJSON file.
        runbook: Gives severities, zones, currencies and the words of the timeline their meaning.
        where: The file's name in messages and receipts; its own name by default.

    Raises:
        RecordError: The text cannot be read, or a field cannot mean anything.
        SourceError: There is no such file.
    """
    return [read_record(raw, runbook) for raw in read_raw_records(path, where=where or path.name)]


def read_each_record(path: Path, runbook: Runbook, *, where: str) -> list[Incident | RecordError]:
    """Every incident of a record file, and in the place of one that cannot be read its error.

    Raises:
        RecordError: The text as a whole cannot be read, or holds no record.
        SourceError: There is no such file.
    """
    read: list[Incident | RecordError] = []
    for document in _documents(path, where):
        if isinstance(document, RecordError):
            read.append(document)
            continue
        try:
            raws = list(_records_of(document, where))
        except RecordError as error:
            read.append(error)
            continue
        read += [_read_or_refused(raw, runbook) for raw in raws]
    if not read:
        raise _no_record(where)
    return read


def _read_or_refused(raw: RawRecord, runbook: Runbook) -> Incident | RecordError:
    try:
        return read_record(raw, runbook)
    except RecordError as error:
        return error


def read_raw_records(path: Path, *, where: str) -> list[RawRecord]:
    """Every record of a file, its fields still as written.

    Raises:
        RecordError: The text cannot be read, or holds no record.
        SourceError: There is no such file.
    """
    records: list[RawRecord] = []
    for document in _documents(path, where):
        if isinstance(document, RecordError):
            raise document
        records += _records_of(document, where)
    if not records:
        raise _no_record(where)
    return records


def _no_record(where: str) -> RecordError:
    return RecordError("there is no incident record in this file", where=where, expected="at least an id")


def _documents(path: Path, where: str) -> Sequence[Document | RecordError]:
    """The documents of a file; each line of NDJSON that is no JSON is an error in its place."""
    is_json = path.suffix.lower() in {".json", ".ndjson", ".jsonl"}
    largest = LARGEST_JSON_BYTES if is_json else LARGEST_BYTES
    try:
        with path.open("rb") as stream:
            data = stream.read(largest + 1)
    except OSError as error:
        raise SourceError("this file cannot be read", where=where, found=error.strerror or str(error)) from None
    text = decoded(data, where=where, largest=largest)
    if path.suffix.lower() in {".ndjson", ".jsonl"} or (is_json and has_records_on_lines(text)):
        return [_line_or_refused(line, where, number) for number, line in lines_of(text)]
    return json_documents(text, where) if is_json else _yaml_documents(text, where)


def _line_or_refused(line: str, where: str, number: int) -> Document | RecordError:
    try:
        return json_line(line, where, number)
    except RecordError as error:
        return error


def read_raw_line(line: str, *, where: str, number: int) -> list[RawRecord]:
    """Every record of one line of NDJSON, its fields still as written.

    Raises:
        RecordError: The line is no record.
    """
    return list(_records_of(json_line(line, where, number), where))


def _records_of(document: Document, where: str) -> Iterator[RawRecord]:
    value = document.value
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield _unwrapped((index,), item, document, where)
        return
    listed = _list_of_records(value) if isinstance(value, dict) else None
    if listed is None or not isinstance(value, dict):
        yield _unwrapped((), value, document, where)
        return
    items = value[listed]
    for index, item in enumerate(items if isinstance(items, list) else []):
        yield _unwrapped((listed, index), item, document, where)


def _list_of_records(value: dict[str, Value]) -> str | None:
    """The key under which a file lists its records; a record may use such a key for something of its own."""
    if "id" in value or _WRAPPER in value:
        return None
    return next((key for key in _LISTS_OF_RECORDS if isinstance(value.get(key), list)), None)


def _unwrapped(pointer: tuple[str | int, ...], value: Value, document: Document, where: str) -> RawRecord:
    line = document.line(pointer)
    here = f"{where}:{line}" if line else where
    if not isinstance(value, dict):
        found = "a list" if isinstance(value, list) else str(value)
        raise RecordError("this is not a record", where=here, expected="keys such as id and severity", found=found)
    lost = tuple(not_numbers(value))
    value = without_not_numbers(value) if lost else value
    wrapped = value.get(_WRAPPER)
    if not isinstance(wrapped, dict):
        return RawRecord(value, document, pointer, where, not_numbers=lost)
    around = {key: kept for key, kept in value.items() if key != _WRAPPER}
    beside = {key: kept for key, kept in around.items() if key not in wrapped}
    hidden = tuple(key for key in around if key in wrapped)
    inner = tuple(each[1:] if each[0] == _WRAPPER else each for each in lost)
    return RawRecord(wrapped | beside, document, (*pointer, _WRAPPER), where, tuple(beside), hidden, inner)


def _yaml_documents(text: str, where: str) -> list[Document]:
    if text.lstrip()[:1] == "{":
        try:
            return json_documents(text, where)  # JSON spells characters in ways that YAML does not know
        except RecordError:
            return load_documents(text, where=where)
    return load_documents(text, where=where)
