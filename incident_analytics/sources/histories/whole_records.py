"""The whole records behind a history: roles, updates, timeline and action items, which its frame does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.errors import IncidentAnalyticsError, RecordError
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources.bundle import Bundle
from incident_analytics.sources.finding import open_bundle
from incident_analytics.sources.histories.ledger import Tally
from incident_analytics.sources.histories.record_files import byte_lines
from incident_analytics.sources.histories.schema import recorded_milestones
from incident_analytics.sources.histories.single_record import RecordRows
from incident_analytics.sources.records.files import read_raw_line, read_raw_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incident_analytics.model.incident import Incident, TimelineEntry
    from incident_analytics.sources.histories.history import History
    from incident_analytics.sources.histories.inputs import Input
    from incident_analytics.sources.records import RawRecord


@dataclass(frozen=True, slots=True)
class WholeRecord:
    """One incident of a history with everything its record tells.

    Args:
        incident: The record.
        entries: The further entries of its timeline.csv.
        bundle: Its folder or zip; None of a record in a file of many.
    """

    incident: Incident
    entries: tuple[TimelineEntry, ...] = ()
    bundle: Bundle | None = None


def records_of(history: History) -> Iterator[WholeRecord]:
    """The whole records of a history's incidents, read again from its files, in the order of its inputs.

    Rows of tables have no record, so they are not among them; nor are incidents that the history left out.

    Args:
        history: What `load_incidents` gave.
    """
    runbook = history.runbook or load_runbook()
    rows = RecordRows(runbook, recorded_milestones, Tally())
    wanted = set(history.frame["id"].str.to_uppercase())
    for each in history.inputs:
        for record in _of_input(each, rows):
            identity = record.incident.id.upper()
            if identity in wanted:
                wanted.remove(identity)
                yield record


def _of_input(each: Input, rows: RecordRows) -> Iterator[WholeRecord]:
    if each.kind == "table":
        return
    if each.kind == "bundle":
        record = _of_bundle(each, rows)
        if record is not None:
            yield record
        return
    for raw in _raw_lines(each) if each.kind == "lines" else _raw_records(each):
        incident = rows.incident(raw)
        if incident is not None:
            yield WholeRecord(incident)


def _raw_lines(each: Input) -> Iterator[RawRecord]:
    for number, line in enumerate(byte_lines(each.path.read_bytes()), start=1):
        try:
            yield from read_raw_line(line.decode("utf-8"), where=each.name, number=number)
        except (RecordError, UnicodeDecodeError):
            continue  # told by the ledger of the load


def _raw_records(each: Input) -> Iterator[RawRecord]:
    try:
        yield from read_raw_records(each.path, where=each.name)
    except IncidentAnalyticsError:
        return  # told by the ledger of the load


def _of_bundle(each: Input, rows: RecordRows) -> WholeRecord | None:
    try:
        opened = (
            open_bundle(each.path, runbook=rows.runbook) if each.path.is_file() else Bundle(each.path, rows.runbook)
        )
        (raw,) = read_raw_records(opened.record_file, where=f"{each.name}/{opened.record_file.name}")
        incident = rows.incident(raw)
        if incident is None:
            return None
        bundle = Bundle(opened.folder, rows.runbook, record_file=opened.record_file, incident=incident)
        return WholeRecord(incident, tuple(bundle.timeline), bundle)
    except (IncidentAnalyticsError, ValueError):
        return None  # told by the ledger of the load
