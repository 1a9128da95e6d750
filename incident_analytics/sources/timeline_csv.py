"""timeline.csv: further entries of the timeline, kept in a spreadsheet."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.model.clock_times import Span, placed, read_clock_time
from incident_analytics.model.incident import TimelineEntry
from incident_analytics.model.instants import Instant, read_instant
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.ledger import FileReading
from incident_analytics.sources.records.entries import kinds_of

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.instants import ZoneRules
    from incident_analytics.model.runbook import Runbook

TIMELINE = "timeline.csv"
_READ_COLUMNS = ("at", "kind", "actor", "text", "source", "ref")


@dataclass(frozen=True, slots=True)
class TimelineReading:
    """The entries of a timeline.csv, with the ledger's line and what was doubtful."""

    entries: tuple[TimelineEntry, ...] = ()
    files: tuple[FileReading, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_timeline_csv(folder: Path, incident: Incident, runbook: Runbook) -> TimelineReading:
    """The entries of the bundle's timeline.csv; none without the file.

    Columns are at, kind, actor, text, source, ref; only at and text must be there. A row whose time
    or text cannot be read is counted and told, never dropped in silence.
    """
    file = folder / TIMELINE
    if not file.is_file():
        return TimelineReading()
    rules = runbook.zone_rules(incident.timezone)
    text = file.read_bytes().decode("utf-8-sig", errors="replace")
    reader = csv.DictReader(text.splitlines(keepends=True), restkey="more")
    header = [name.strip().lower() for name in reader.fieldnames or []]
    if "at" not in header or "text" not in header:
        message = "this timeline has no columns 'at' and 'text'"
        finding = Finding("timeline-unreadable", "error", message, Place(TIMELINE, 1), ",".join(header), "at,text")
        return TimelineReading((), (FileReading(TIMELINE, "timeline", "", 0, notes=(message,)),), (finding,))
    reader.fieldnames = header
    return _read_rows(reader, incident, runbook, rules)


def _read_rows(reader: csv.DictReader[str], incident: Incident, runbook: Runbook, rules: ZoneRules) -> TimelineReading:
    entries: list[TimelineEntry] = []
    findings: list[Finding] = []
    rows = 0
    start, end = incident.started_at, incident.resolved_at
    span = Span(start.earliest, end.latest if end else None) if start else None
    after = start.earliest if start else None
    for row in reader:
        rows += 1
        place = Place(TIMELINE, reader.line_num)
        written, words = (row.get("at") or "").strip(), (row.get("text") or "").strip()
        clock = read_clock_time(written) if span else None
        at = placed(clock, after=after or span.start, span=span, rules=rules) if clock and span else None
        at = at or read_instant(written, rules)
        if at is None or not words:
            expected = "a time such as 2024-01-15T14:15:00Z" if at is None else "what happened"
            findings.append(Finding("row-unreadable", "warning", "this row cannot be read", place, written, expected))
            continue
        if at.zone_assumed and not any(finding.rule == "zone-assumed" for finding in findings):
            message = f"'{written}' names no zone and neither does the record; it was read as UTC"
            findings.append(Finding("zone-assumed", "warning", message, place, written))
        after = at.earliest
        entries.append(_entry(row, at, words, place, runbook))
    moments = [entry.at.earliest for entry in entries]
    reading = FileReading(
        TIMELINE, "timeline", "csv", rows, rows - len(entries), min(moments, default=None), max(moments, default=None)
    )
    return TimelineReading(tuple(entries), (reading,), tuple(findings))


def _entry(row: dict[str, str], at: Instant, words: str, place: Place, runbook: Runbook) -> TimelineEntry:
    return TimelineEntry(
        at=at,
        event=words,
        kinds=kinds_of((row.get("kind") or "").strip() or None, words, runbook),
        actor=(row.get("actor") or "").strip() or None,
        source=(row.get("source") or "").strip() or TIMELINE,
        ref=(row.get("ref") or "").strip(),
        read_from=place,
        **{key: value for key, value in row.items() if key not in _READ_COLUMNS},
    )
