"""The times of one record: full timestamps, and bare clock times that take their date from the incident."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from incident_analytics.model.clock_times import ClockTime, Span, placed, read_clock_time
from incident_analytics.model.instants import RANGE_MARKS, Instant, ZoneRules, read_instant
from incident_analytics.model.zones import zone_named

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.records.field_reader import FieldReader, Pointer

_EXPECTED = "a time such as 2024-01-15T14:15:00Z or 14:15"
_EXPECTED_FULL = "a date and time such as 2024-01-15T14:15:00Z"
_FULL_FIRST = (
    "started_at",
    "detected_at",
    "declared_at",
    "acknowledged_at",
    "mitigated_at",
    "resolved_at",
    "closed_at",
)


@dataclass
class RecordTimes:
    """Reads the times of one record in its zone.

    Args:
        reader: Keeps problems and findings.
        rules: The zone that times without one take.
        span: When the incident began and ended; None where the record has no full timestamp at all.
    """

    reader: FieldReader
    rules: ZoneRules
    span: Span | None
    is_zone_told: bool = False

    @classmethod
    def of(cls, reader: FieldReader, runbook: Runbook) -> RecordTimes:
        """The times of a record: its zone from `timezone`, else from its start, else the runbook's."""
        fields = reader.raw.fields
        zone = reader.text(fields.get("timezone"), ("timezone",))
        if zone and runbook.zone_rules(zone).named(zone) is None:
            reader.problem(("timezone",), "a zone such as America/New_York, +01:00 or UTC", zone)
            zone = None
        rules = runbook.zone_rules(zone)
        full = {name: instant for name in _FULL_FIRST if (instant := read_instant(fields.get(name), rules))}
        if not full:
            return cls(reader, rules, None)
        first = next(iter(full.values()))
        if zone is None and not first.zone_assumed:
            rules = ZoneRules(first.zone, rules.abbreviations)
        ends = [instant.latest for name, instant in full.items() if name in {"resolved_at", "closed_at"}]
        times = cls(reader, rules, Span(first.earliest, max(ends, default=None)))
        times._compare_zones(zone, first)
        return times

    def milestone(self, value: object, pointer: Pointer) -> Instant | None:
        """A milestone: a full timestamp, or a clock time on or after the start."""
        return self.entry(value, pointer, after=self.span.start if self.span else None)

    def entry(self, value: Any, pointer: Pointer, *, after: datetime | None) -> Instant | None:  # noqa: ANN401 -- as written
        """The instant of one entry; a bare clock time is placed after the entry before it."""
        if value is None:
            return None
        instant = self._bare(value, after) or read_instant(value, self.rules)
        if instant is None:
            expected = _EXPECTED if self.span or _clock_of(value) is None else _EXPECTED_FULL
            self.reader.problem(pointer, expected, value, self._nearest(value))
            return None
        self._tell(instant, pointer)
        return instant

    def _bare(self, value: object, after: datetime | None) -> Instant | None:
        clock = _clock_of(value)
        if clock is None:
            return None if self.span is None or not isinstance(value, str) else self._bare_range(value, after)
        if self.span is None or after is None:
            return None
        return placed(clock, after=after, span=self.span, rules=self.rules)

    def _bare_range(self, value: str, after: datetime | None) -> Instant | None:
        ends = [_clock_of(part) for part in RANGE_MARKS.split(value.strip()) if part]
        if len(ends) != 2 or None in ends or after is None or self.span is None:  # noqa: PLR2004 -- a range has two ends
            return None
        first = placed(ends[0], after=after, span=self.span, rules=self.rules) if ends[0] else None
        last = placed(ends[1], after=first.earliest, span=self.span, rules=self.rules) if first and ends[1] else None
        return replace(first, latest=last.latest, text=value.strip()) if first and last else None

    def _nearest(self, value: object) -> str:
        clock = _clock_of(value)
        if clock is not None and clock.zone and self.rules.named(clock.zone) is None:
            return f"the runbook's zones do not say what '{clock.zone}' means"
        text = str(value).strip()
        if text.isdigit() and len(text) == 4:  # noqa: PLR2004 -- hhmm
            return f"write {text[:2]}:{text[2:]}"
        return ""

    def _tell(self, instant: Instant, pointer: Pointer) -> None:
        if instant.note:
            rule = "clock-time-repaired" if "base 60" in instant.note else "local-hour-uncertain"
            self.reader.doubt(rule, f"{instant.text}: {instant.note}", pointer, seen=instant.text)
        if instant.zone_assumed and not self.is_zone_told:
            self.is_zone_told = True
            message = f"'{instant.text}' names no zone and neither does the record; it was read as UTC"
            self.reader.doubt("zone-assumed", message, pointer, seen=instant.text)

    def _compare_zones(self, zone: str | None, first: Instant) -> None:
        """Bare times in one zone beside a start written in another are read apart; a person must know."""
        told = self.rules.named(zone) if zone else None
        written = self.rules.named(first.zone) or zone_named(first.zone)
        if told is None or written is None or not _has_bare_times(self.reader.raw.fields):
            return
        offsets = (
            told.utcoffset(first.earliest.astimezone(told)),
            written.utcoffset(first.earliest.astimezone(written)),
        )
        if offsets[0] != offsets[1]:
            message = (
                f"the start is written in {first.zone}, but the timeline's times are read in {zone} (timezone); "
                "say which is meant by writing the zone beside each time"
            )
            self.reader.doubt("zone-conflict", message, ("timezone",), seen=str(zone))


def _clock_of(value: object) -> ClockTime | None:
    """The bare clock time a value means; seconds since 1970 are longer and full timestamps have a date."""
    return read_clock_time(value)


def _has_bare_times(fields: dict[str, Any]) -> bool:
    timeline = fields.get("timeline")
    entries = timeline if isinstance(timeline, list) else []
    return any(isinstance(entry, dict) and _clock_of(entry.get("time", entry.get("at"))) for entry in entries)
