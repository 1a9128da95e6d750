"""The times of one record: full timestamps, and bare clock times that take their date from the incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.model.clock_times import Span, hyphened_range, read_clock_time, read_time
from incident_analytics.model.instants import ZoneRules, is_epoch, read_instant, unknown_zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, tzinfo

    from incident_analytics.model.clock_times import ClockTime
    from incident_analytics.model.instants import Instant
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
_KEYS_OF_TIMES = frozenset({"time", "at", "from", "to", "next_update"})
_ENDS = frozenset({"resolved_at", "closed_at"})


@dataclass
class RecordTimes:
    """Reads the times of one record in its zone.

    Args:
        reader: Keeps problems and findings.
        rules: The zone that times without one take.
        span: When the incident began and ended; None where the record has no full timestamp at all.
        rival: Another zone that bare times may have been meant in, as one place names it and another does not.
    """

    reader: FieldReader
    rules: ZoneRules
    span: Span | None
    rival: str = ""
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
        # Seconds since 1970 are in no zone.
        written = "" if first.zone_assumed or is_epoch(first.text) else first.zone
        used = zone or written or runbook.zone
        told = zone or runbook.zone or ""
        rival = written if zone else told or _other_zone(fields, first, rules)
        ends = [instant.latest for name, instant in full.items() if name in _ENDS]
        span = Span(first.earliest, max(ends, default=None))
        return cls(reader, ZoneRules(used, rules.abbreviations), span, rival)

    @property
    def start(self) -> datetime | None:
        """When the incident began, as far as the record has a full timestamp."""
        return self.span.start if self.span else None

    def milestone(self, value: object, pointer: Pointer) -> Instant | None:
        """A milestone: a full timestamp, or a clock time on or after the start."""
        return self.entry(value, pointer, after=self.start)

    def entry(self, value: object, pointer: Pointer, *, after: datetime | None) -> Instant | None:
        """The instant of one entry; a bare clock time is placed after the entry before it."""
        if value is None:
            return None
        instant = read_time(value, after=after, span=self.span, rules=self.rules)
        if instant is None:
            clock = read_clock_time(value)
            expected = _EXPECTED if self.span or clock is None else _EXPECTED_FULL
            self.reader.problem(pointer, expected, value, self._nearest(value, clock))
            return None
        self._tell(instant, pointer)
        self._compare_zones(read_clock_time(value), instant, pointer)
        return instant

    def promise(self, value: object, pointer: Pointer, *, after: datetime) -> Instant | None:
        """When something was promised; people also write 'when resolved', which is doubtful and no error."""
        if value is None or read_time(value, after=after, span=self.span, rules=self.rules):
            return self.entry(value, pointer, after=after)
        message = f"'{value}' is no time, so whether the promise was kept cannot be told"
        self.reader.doubt("promise-unreadable", message, pointer, seen=str(value))
        return None

    def _nearest(self, value: object, clock: ClockTime | None) -> str:
        zone = clock.zone if clock else unknown_zone(value, self.rules)
        if zone and self.rules.named(zone) is None:
            return f"the runbook's zones do not say what '{zone}' means"
        text = str(value).strip()
        plain = hyphened_range(text)
        if plain:
            return f"write {plain} for a stretch of time, or the date too if {text[text.index('-') :]} is an offset"
        if text.isdigit() and len(text) == 4:  # noqa: PLR2004 -- hhmm
            return f"write {text[:2]}:{text[2:]}"
        return ""

    def _tell(self, instant: Instant, pointer: Pointer) -> None:
        if instant.note:
            self.reader.doubt(rule_of_note(instant), f"{instant.text}: {instant.note}", pointer, seen=instant.text)
        if instant.zone_assumed and not self.is_zone_told:
            self.is_zone_told = True
            message = f"'{instant.text}' names no zone and neither does the record; it was read as UTC"
            self.reader.doubt("zone-assumed", message, pointer, seen=instant.text)

    def _compare_zones(self, clock: ClockTime | None, instant: Instant, pointer: Pointer) -> None:
        if clock is None:
            if instant.zone == self.rules.zone and is_bare(instant.text, self.rules):
                self._compare_with_rival(instant, pointer)
            return
        if self.span is None:
            return
        if clock.zone is None:
            self._compare_with_rival(instant, pointer)
        elif self._fits_only_without_its_zone(clock, instant):
            message = (
                f"{clock.text} lies outside the incident, but {clock.at:%H:%M} in {self.rules.zone or 'UTC'} "
                "within it; it was read as written"
            )
            self.reader.doubt("zone-conflict", message, pointer, seen=clock.text)

    def _compare_with_rival(self, instant: Instant, pointer: Pointer) -> None:
        """Bare times read in one zone where another one is named too: a person must know, once."""
        used, rival = self.rules.named(self.rules.zone or ""), self.rules.named(self.rival)
        if used is None or rival is None or _offset(used, instant) == _offset(rival, instant):
            return
        message = (
            f"'{instant.text}' names no zone and was read in {self.rules.zone}, but {self.rival} is named too; "
            "write the zone beside each time"
        )
        self.rival = ""
        self.reader.doubt("zone-conflict", message, pointer, seen=instant.text)

    def _fits_only_without_its_zone(self, clock: ClockTime, instant: Instant) -> bool:
        span = self.span
        if span is None or span.end is None or span.start <= instant.earliest <= span.end:
            return False
        plain = read_time(f"{clock.at:%H:%M:%S}", after=span.start, span=span, rules=self.rules)
        return plain is not None and span.start <= plain.earliest <= span.end


def rule_of_note(instant: Instant) -> str:
    """The rule whose finding tells an instant's note."""
    return "clock-time-repaired" if "base 60" in instant.note else "local-hour-uncertain"


def is_bare(written: object, rules: ZoneRules) -> bool:
    """Whether a full timestamp names no zone of its own."""
    instant = read_instant(written, ZoneRules(None, rules.abbreviations))
    return instant is not None and instant.zone_assumed


def _other_zone(fields: Mapping[str, object], first: Instant, rules: ZoneRules) -> str:
    """A zone that any time of the record names and that is not the first one's; empty where all agree."""
    plain = ZoneRules(None, rules.abbreviations)
    used = plain.named(first.zone)
    for written in _times_written(fields):
        clock = read_clock_time(written)
        instant = None if clock or is_epoch(str(written)) else read_instant(written, plain)
        name = clock.zone if clock else instant.zone if instant and not instant.zone_assumed else None
        zone = plain.named(name) if name else None
        if used and zone and name and _offset(zone, first) != _offset(used, first):
            return name
    return ""


def _times_written(value: object, key: str = "") -> Iterator[object]:
    """What stands under every key of a record that tells a time."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _times_written(part, str(name))
    elif isinstance(value, list):
        for part in value:
            yield from _times_written(part, key)
    elif key in _KEYS_OF_TIMES or key.endswith("_at"):
        yield value


def _offset(zone: tzinfo, instant: Instant) -> object:
    return zone.utcoffset(instant.earliest.astimezone(zone).replace(tzinfo=None))
