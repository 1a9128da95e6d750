"""timeline.csv: further entries of the timeline, kept in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.model.clock_times import Span, read_time
from incident_analytics.model.counted import counted
from incident_analytics.model.incident import TimelineEntry
from incident_analytics.model.instants import ZoneRules
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.delimited import read_table
from incident_analytics.sources.evidence_text import read_evidence
from incident_analytics.sources.ledger import FileReading
from incident_analytics.sources.records.entries import kinds_of
from incident_analytics.sources.records.record_times import rule_of_note

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.instants import Instant
    from incident_analytics.model.runbook import Runbook

TIMELINE = "timeline.csv"
_READ_COLUMNS = ("at", "kind", "actor", "text", "source", "ref")


@dataclass(frozen=True, slots=True)
class TimelineReading:
    """The entries of a timeline.csv, with the ledger's line and what was doubtful."""

    entries: tuple[TimelineEntry, ...] = ()
    files: tuple[FileReading, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_timeline_csv(folder: Path, incident: Incident, runbook: Runbook, *, zone: str | None) -> TimelineReading:
    """The entries of the bundle's timeline.csv; none without the file.

    Columns are at, kind, actor, text, source, ref; only at and text must be there. A row whose time
    or text cannot be read is counted and told, never dropped in silence.

    Args:
        folder: The bundle.
        incident: Its record; dates bare clock times.
        runbook: Tells which words mean which kind of event.
        zone: The zone of times written without one; UTC where it is None. A finding tells of such times unless the
            record or the runbook names a zone: that of the start is a guess for a chat or a spreadsheet.

    Raises:
        SourceError: The file cannot be opened.
    """
    file = folder / TIMELINE
    if not file.is_file():
        return TimelineReading()
    table = read_table(read_evidence(file, TIMELINE).text)
    header = [name.lower() for name in table.header]
    if "at" not in header or "text" not in header:
        message = "this timeline has no columns 'at' and 'text'"
        finding = Finding("timeline-unreadable", "error", message, Place(TIMELINE, 1), ",".join(header), "at,text")
        return TimelineReading((), (FileReading(TIMELINE, "timeline", "", 0, notes=(message,)),), (finding,))
    rows = _Rows(incident, runbook, ZoneRules(zone, runbook.zones))
    for line, cells in zip(table.lines, table.rows, strict=True):
        rows.take(dict(zip(header, cells, strict=True)), Place(TIMELINE, line))
    rows.tell_of_zones(zone)
    told = {finding.where for finding in rows.findings}
    for broken in table.broken:
        place = Place(TIMELINE, broken.line)
        if place not in told:
            rows.doubt("row-unreadable", f"this row is not whole ({broken.reason})", place)
    moments = [entry.at.earliest for entry in rows.entries]
    count = len(table.rows) + table.lost
    reading = FileReading(
        TIMELINE, "timeline", "csv", count, count - len(moments), min(moments, default=None), max(moments, default=None)
    )
    return TimelineReading(tuple(rows.entries), (reading,), tuple(rows.findings))


class _Rows:
    """The rows read so far; a bare clock time goes forward from the row before it."""

    def __init__(self, incident: Incident, runbook: Runbook, rules: ZoneRules) -> None:
        self.incident = incident
        start, end = incident.started_at, incident.resolved_at
        self.span = Span(start.earliest, end.latest if end else None) if start else None
        self.after = start.earliest if start else None
        self.runbook = runbook
        self.rules = rules
        self.entries: list[TimelineEntry] = []
        self.findings: list[Finding] = []
        self.without_zone: list[tuple[Instant, Place]] = []

    def take(self, row: dict[str, str], place: Place) -> None:
        cells = {name: row.get(name, "").strip() for name in _READ_COLUMNS}
        at = read_time(cells["at"], after=self.after, span=self.span, rules=self.rules)
        if at is None or not cells["text"]:
            expected = "a time such as 2024-01-15T14:15:00Z" if at is None else "what happened"
            self.doubt("row-unreadable", "this row cannot be read", place, cells["at"], expected)
            return
        if at.note:
            self.doubt(rule_of_note(at), f"{at.text}: {at.note}", place, at.text)
        if self._names_no_zone(cells["at"]):
            self.without_zone.append((at, place))
        self.after = max(self.after, at.earliest) if self.after else at.earliest
        known = {
            "at": at,
            "event": cells["text"],
            "kinds": kinds_of((cells["kind"],) if cells["kind"] else (), cells["text"], self.runbook),
            "actor": cells["actor"] or None,
            "source": cells["source"] or TIMELINE,
            "ref": cells["ref"],
            "read_from": place,
        }
        unknown = {name: cell for name, cell in row.items() if name not in _READ_COLUMNS}
        self.entries.append(TimelineEntry.recorded(known, unknown))

    def doubt(self, rule: str, message: str, place: Place, seen: str = "", expected: str = "") -> None:
        self.findings.append(Finding(rule, "warning", message, place, seen, expected))

    def _names_no_zone(self, written: str) -> bool:
        """Whether a time is read in a zone that nobody wrote."""
        bare = read_time(written, after=self.after, span=self.span, rules=ZoneRules(None, self.runbook.zones))
        return bare is not None and bare.zone_assumed

    def tell_of_zones(self, zone: str | None) -> None:
        """How many times name no zone, where neither the record nor the runbook names one; told once."""
        is_guess = zone is None or not (self.incident.timezone or self.runbook.zone)
        if not self.without_zone or not is_guess:
            return
        first, place = self.without_zone[0]
        named = counted(len(self.without_zone), "entry names", "entries name")
        taken = f"in {zone}, the zone of its start" if zone else "as UTC"
        message = f"{named} no zone, first '{first.text}', and neither does the record; read {taken}"
        self.doubt("zone-assumed", message, place, first.text, "the record's timezone, or an offset such as +01:00")
