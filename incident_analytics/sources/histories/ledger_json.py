"""A history's ledger as JSON and back, for the catalog."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from incident_analytics.model.measurement import Place
from incident_analytics.sources.histories.ledger import Counted, HistoryLedger
from incident_analytics.sources.ledger import FileReading

if TYPE_CHECKING:
    from collections.abc import Mapping

_COUNTED = ("dropped", "unread")


def ledger_to_json(ledger: HistoryLedger) -> dict[str, object]:
    """The ledger as lists, texts and numbers."""
    plain = {each.name: getattr(ledger, each.name) for each in fields(ledger)}
    plain |= {name: [_counted_to_json(each) for each in plain[name]] for name in _COUNTED}
    return plain | {"files": [_file_to_json(each) for each in ledger.files]}


def ledger_from_json(written: Mapping[str, Any]) -> HistoryLedger:
    """The ledger of `ledger_to_json`.

    Raises:
        KeyError: It is of another shape.
        TypeError: Same.
        ValueError: Same.
    """
    known: dict[str, Any] = {each.name: written[each.name] for each in fields(HistoryLedger)}
    known |= {name: tuple(_counted_from_json(each) for each in known[name]) for name in _COUNTED}
    known["files"] = tuple(_file_from_json(each) for each in known["files"])
    return HistoryLedger(**known)


def _counted_to_json(counted: Counted) -> list[object]:
    return [counted.reason, counted.count, [[place.file, place.line] for place in counted.examples]]


def _counted_from_json(written: Any) -> Counted:  # noqa: ANN401 -- JSON may be anything
    reason, count, examples = written
    return Counted(reason, count, tuple(Place(file, line) for file, line in examples))


def _file_to_json(file: FileReading) -> list[object]:
    at = [moment and moment.isoformat() for moment in (file.first_at, file.last_at)]
    return [file.file, file.kind, file.reader, file.rows, file.unreadable, *at, list(file.notes)]


def _file_from_json(written: Any) -> FileReading:  # noqa: ANN401 -- JSON may be anything
    file, kind, reader, rows, unreadable, first, last, notes = written
    at = [datetime.fromisoformat(moment) if moment else None for moment in (first, last)]
    return FileReading(file, kind, reader, rows, unreadable, at[0], at[1], tuple(notes))
