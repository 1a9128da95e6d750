"""Instants: points in time with their zone, their precision and, where they are uncertain, a range."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from incident_analytics.model.zones import is_skipped, localized, zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

Precision: TypeAlias = Literal["day", "minute", "second", "subsecond"]

# Seconds, milliseconds, microseconds, nanoseconds since 1970 lie far apart between 2001 and 5138.
_EPOCH_UNITS = ((10**9, 1), (10**11, 1_000), (10**14, 1_000_000), (10**17, 1_000_000_000))
_EPOCH = re.compile(r"\d{10,19}(\.\d{1,9})?", re.ASCII)
_STAMP = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2}|\d{8}(?=T))"
    r"(?:[T ,]+(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?|\d{4}(?:\d{2})?(?=Z|[+-]|$))"
    r"\s*(?P<half>[AaPp]\.?[Mm](?![A-Za-z])\.?)?)?"
    r"\s*(?P<zone>[A-Za-z]{1,5}|(?:UTC|GMT)?[+-]\d{1,2}:?(?:\d{2})?|[A-Za-z]+/[A-Za-z_/+-]+)?"
    r"(?:\[(?P<name>[^\]]+)\])?",
    re.ASCII,
)
_RANGE_MARKS = re.compile(r"\s*(?:\.\.|\bto\b|–|—|\bbetween\b|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time, or the range it lies in, always in UTC.

    Args:
        earliest: The earliest it can have been.
        latest: The latest; equal to ``earliest`` unless the record gives a range, only a day,
            or a local hour that occurs twice.
        text: What was written.
        precision: The finest unit written.
        zone: The zone it was read in, such as ``UTC`` or ``America/New_York``.
        zone_assumed: Whether no zone was written and none is known, so that UTC was used.
        note: What to know about the reading, such as that the hour occurs twice; empty for a plain one.
    """

    earliest: datetime
    latest: datetime
    text: str
    precision: Precision
    zone: str
    zone_assumed: bool = False
    note: str = ""

    @property
    def is_range(self) -> bool:
        """Whether it is uncertain when exactly this was."""
        return self.earliest != self.latest

    @classmethod
    def exact(cls, at: datetime, text: str = "") -> Instant:
        """The instant of an aware datetime.

        Raises:
            ValueError: The datetime has no zone.
        """
        if at.tzinfo is None:
            raise ValueError(f"{at} has no zone")
        utc = at.astimezone(UTC)
        precision: Precision = "subsecond" if utc.microsecond else "second"
        return cls(utc, utc, text or at.isoformat(), precision, str(at.tzinfo))


@dataclass(frozen=True, slots=True)
class ZoneRules:
    """How times without a full zone are read in one incident.

    Args:
        zone: The zone of times that carry none; None where the record names none.
        abbreviations: What the runbook says EST, CET and the like mean.
    """

    zone: str | None = None
    abbreviations: Mapping[str, str] | None = None

    def named(self, word: str) -> tzinfo | None:
        """The zone of a written word: an offset, an IANA name or a known abbreviation."""
        meaning = (self.abbreviations or {}).get(word.upper(), word)
        return zone_named(meaning)

    def of(self, word: str | None) -> tuple[tzinfo | None, str, bool]:
        """The zone of a written word, its name, and whether it is a guess; the default one for no word."""
        if word is None:
            return self.default()
        return self.named(word), "UTC" if word.upper() == "Z" else word, False

    def default(self) -> tuple[tzinfo, str, bool]:
        """The zone of times that carry none, its name, and whether it is a guess (UTC)."""
        known = self.named(self.zone) if self.zone else None
        return (known, self.zone, False) if known and self.zone else (UTC, "UTC", True)


def read_instant(written: object, rules: ZoneRules) -> Instant | None:
    """The instant a full timestamp means, or None where the text is not one.

    Read are ISO 8601 with or without a zone, ``2024-01-15 2:15 PM``, a date alone (a range of
    that day), two timestamps joined by ``..`` (a range), a mapping of ``earliest`` and ``latest``,
    and seconds, milliseconds, microseconds or nanoseconds since 1970. A time without zone takes
    the rules' one; ``zone_assumed`` says when that is a guess.

    >>> read_instant("2024-01-15T14:15:00Z", ZoneRules()).earliest.isoformat()
    '2024-01-15T14:15:00+00:00'
    """
    if isinstance(written, datetime):
        return Instant.exact(written) if written.tzinfo else _stamp(written.isoformat(), rules)
    ends = range_ends(written)
    if ends is not None:
        return spanning(read_instant(ends[0], rules), read_instant(ends[1], rules))
    text = str(written).strip() if isinstance(written, (str, int, float)) else ""
    return _epoch(Decimal(text), text) if is_epoch(text) else _stamp(text, rules)


def range_ends(written: object) -> tuple[object, object] | None:
    """The two ends of a range such as ``14:10..14:20`` or {earliest, latest}; None for anything else."""
    if isinstance(written, dict):
        return written.get("earliest"), written.get("latest")
    ends = [part for part in _RANGE_MARKS.split(written.strip()) if part] if isinstance(written, str) else []
    return (ends[0], ends[1]) if len(ends) == 2 else None  # noqa: PLR2004 -- a range has two ends


def spanning(first: Instant | None, last: Instant | None) -> Instant | None:
    """The range from one instant to another, as uncertain as both; None where it would end before it begins."""
    if first is None or last is None or last.latest < first.earliest:
        return None
    notes = "; ".join(dict.fromkeys(note for note in (first.note, last.note) if note))
    return replace(
        first,
        latest=last.latest,
        text=f"{first.text}..{last.text}",
        zone_assumed=first.zone_assumed or last.zone_assumed,
        note=notes,
    )


def is_epoch(text: str) -> bool:
    """Whether a text is a count of seconds, or of parts of them, since 1970."""
    return _EPOCH.fullmatch(text) is not None


def _epoch(number: Decimal, text: str) -> Instant:
    per_second = max(unit for low, unit in _EPOCH_UNITS if low <= number)
    at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=round(number * 1_000_000 / per_second))
    precision: Precision = "subsecond" if at.microsecond else "second"
    return Instant(at, at, text, precision, "UTC")


def _stamp(text: str, rules: ZoneRules) -> Instant | None:
    match = _STAMP.fullmatch(text)
    if match is None:
        return None
    clock, half = match["clock"], match["half"]
    try:
        day = datetime.fromisoformat(match["date"])
        local = day if clock is None else datetime.combine(day, time_of(clock, half or ""))
    except ValueError:
        return None
    zone, name, is_assumed = rules.of(match["name"] or match["zone"])
    if zone is None:
        return None
    try:
        if clock is None:
            first, last = localized(local, zone)[0], localized(local + timedelta(days=1), zone)[1]
            return Instant(first, last - timedelta(microseconds=1), text, "day", name, is_assumed)
        return in_zone(local, zone, name=name, text=text, precision=precision_of(clock), zone_assumed=is_assumed)
    except OverflowError:  # the last day of the year 9999, or the first of the year 1
        return None


def unknown_zone(written: object, rules: ZoneRules) -> str:
    """The zone written beside a full timestamp that nobody explains, such as IST; empty where there is none."""
    match = _STAMP.fullmatch(written.strip()) if isinstance(written, str) else None
    word = (match["name"] or match["zone"] or "") if match else ""
    return word if word and rules.named(word) is None else ""


def in_zone(
    local: datetime, zone: tzinfo, *, name: str, text: str, precision: Precision, zone_assumed: bool = False
) -> Instant:
    """The instant of a local wall-clock time; a range where the clock is set back or forward."""
    first, last = localized(local, zone)
    note = ""
    if first != last:
        note = (
            f"clocks in {name} skip this hour; both readings are kept"
            if is_skipped(local, zone)
            else f"this hour occurs twice in {name}; both readings are kept"
        )
    return Instant(first, last, text, precision, name, zone_assumed, note)


def precision_of(clock: str) -> Precision:
    """The finest unit that a clock time such as ``14:15:30`` was written to."""
    if "." in clock or "," in clock:
        return "subsecond"
    digits = clock.replace(":", "")
    return "second" if clock.count(":") == 2 or len(digits) == 6 else "minute"  # noqa: PLR2004 -- hh:mm:ss


def time_of(clock: str, half: str = "") -> time:
    """The time of day that ``9:05``, ``14:15:30`` or ``2:15`` with ``PM`` means.

    Raises:
        ValueError: There is no such time of day.
    """
    plain = clock if ":" in clock else f"{clock[:2]}:{clock[2:4]}" + (f":{clock[4:6]}" if clock[4:6] else "")
    hours, minutes, *rest = plain.replace(",", ".").split(":")
    seconds = Decimal(rest[0]) if rest else Decimal(0)
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004 -- a twelve-hour clock
            raise ValueError(f"{clock} {half}: a twelve-hour clock goes from 1 to 12")
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    # Digits past the microsecond are cut, so that 59.9999999 stays in its minute.
    return time(hour, int(minutes), int(seconds), int(seconds % 1 * 1_000_000))
