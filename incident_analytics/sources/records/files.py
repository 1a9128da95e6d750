"""Finds the records in a file: YAML documents, a JSON object or list, or NDJSON lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incident_analytics.errors import RecordError, SourceError
from incident_analytics.safe_yaml import DEEPEST_NESTING, Document, Value, bracket_depth, decoded, load_documents
from incident_analytics.sources.records.reading import read_record

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.runbook import Runbook

RECORD_SUFFIXES = (".yaml", ".yml", ".json", ".ndjson", ".jsonl")
_LISTS_OF_RECORDS = ("incidents", "data", "records")


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record before its fields have types.

    Args:
        fields: The record's keys and values, the ``incident:`` wrapper taken off.
        beside: Keys that stood beside the wrapper.
        document: The text it came from, with the line of each part.
        pointer: Where in the document the record stands.
        file: The file's name, for messages.
    """

    fields: dict[str, Any]
    beside: dict[str, Any]
    document: Document
    pointer: tuple[str | int, ...]
    file: str


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


def read_raw_records(path: Path, *, where: str) -> list[RawRecord]:
    """Every record of a file, its fields still as written.

    Raises:
        RecordError: The text cannot be read, or holds no record.
        SourceError: There is no such file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError("this file cannot be read", where=where, found=error.strerror or str(error)) from None
    text = decoded(data, where=where)
    lines_are_records = path.suffix in {".ndjson", ".jsonl"}
    if lines_are_records:
        documents = _json_lines(text, where)
    elif path.suffix == ".json" or text.lstrip()[:1] == "{":
        documents = _json(text, where)
    else:
        documents = load_documents(text, where=where)
    records = [raw for document in documents for raw in _records_of(document, where)]
    if not records:
        raise RecordError("there is no incident record in this file", where=where, expected="at least an id")
    return records


def _records_of(document: Document, where: str) -> list[RawRecord]:
    found: list[tuple[tuple[str | int, ...], Value]] = [((), document.value)]
    if isinstance(document.value, dict):
        for key in _LISTS_OF_RECORDS:
            listed = document.value.get(key)
            if isinstance(listed, list):
                found = [((key, index), item) for index, item in enumerate(listed)]
    elif isinstance(document.value, list):
        found = [((index,), item) for index, item in enumerate(document.value)]
    return [_unwrapped(pointer, value, document, where) for pointer, value in found]


def _unwrapped(pointer: tuple[str | int, ...], value: Value, document: Document, where: str) -> RawRecord:
    line = document.line(pointer)
    here = f"{where}:{line}" if line else where
    if not isinstance(value, dict):
        raise RecordError("this is not a record", where=here, expected="keys such as id and severity", found=str(value))
    wrapped = value.get("incident")
    if not isinstance(wrapped, dict):
        return RawRecord(value, {}, document, pointer, where)
    beside = {key: kept for key, kept in value.items() if key != "incident"}
    return RawRecord(wrapped, beside, document, (*pointer, "incident"), where)


def _json(text: str, where: str) -> list[Document]:
    value = _parsed(text, where, 1)
    try:
        # JSON is close enough to YAML that the same reader tells the line of each part.
        lines = load_documents(text, where=where)[0].lines
    except (RecordError, IndexError):
        lines = {}
    return [Document(value, lines)]


def _json_lines(text: str, where: str) -> list[Document]:
    return [
        Document(_parsed(line, where, number), {(): number})
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]


def _parsed(text: str, where: str, first_line: int) -> Any:  # noqa: ANN401 -- JSON may be anything
    if bracket_depth(text) > DEEPEST_NESTING:
        raise RecordError(
            "the text nests too deep", where=f"{where}:{first_line}", expected=f"at most {DEEPEST_NESTING} levels"
        )
    try:
        return json.loads(text, object_pairs_hook=_distinct)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise RecordError(f"this is not JSON ({error.msg})", where=f"{where}:{line}") from None
    except ValueError as error:
        raise RecordError(str(error), where=f"{where}:{first_line}") from None


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key '{twice}' stands twice")
    return fields
