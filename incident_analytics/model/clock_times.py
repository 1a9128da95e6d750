"""Bare clock times: what ``14:15`` means, and which day it belongs to.

A timeline is often written without dates. Its times take date and zone from the incident,
go forward from entry to entry, and roll over midnight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from incident_analytics.model.instants import (
    Instant,
    Precision,
    ZoneRules,
    in_zone,
    precision_of,
    range_ends,
    read_instant,
    spanning,
    time_of,
)
from incident_analytics.model.zones import localized

if TYPE_CHECKING:
    from datetime import tzinfo

_CLOCK = re.compile(
    r"(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(?P<half>[AaPp]\.?[Mm](?![A-Za-z])\.?)?"
    r"\s*(?P<zone>[A-Za-z]{1,5}|(?:UTC|GMT)?[+-]\d{1,2}:?(?:\d{2})?|[A-Za-z]+/[A-Za-z_/+-]+)?",
    re.ASCII,
)
_HOUR_ALONE = re.compile(
    r"(?P<clock>\d{1,2})\s*(?P<half>[AaPp]\.?[Mm](?![A-Za-z])\.?)\s*(?P<zone>[A-Za-z]{1,5})?", re.ASCII
)
_HYPHENED = re.compile(r"(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})", re.ASCII)
_BASE_60 = re.compile(r"[1-9]\d{0,4}|0", re.ASCII)
_HOURS_AND_MINUTES = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d", re.ASCII)
_MINUTES_A_DAY, _SECONDS_A_DAY = 1440, 86_400
# An entry may be written out of order, or tell of a change before the start, but not from half a day back.
_FURTHEST_BACK = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day without its date.

    Args:
        at: Hour, minute, second.
        precision: The finest unit written.
        text: What was written.
        zone: The zone written beside it, if any.
        note: How it was repaired; empty for a plain one.
    """

    at: time
    precision: Precision
    text: str
    zone: str | None = None
    note: str = ""


def read_clock_time(written: object) -> ClockTime | None:
    """The time of day a text or number means, or None where it is not one.

    ``14:15``, ``9:05``, ``14:15:30``, ``2:15 PM``, ``2 pm`` and ``14:15 EST`` are read. A whole
    number is what YAML 1.1 makes of an unquoted clock time in base 60, so 855 is 14:15 and
    51330 is 14:15:30; the note says so.

    >>> read_clock_time(855).at == read_clock_time("2:15 PM").at == time(14, 15)
    True
    """
    if isinstance(written, bool):
        return None
    if isinstance(written, time):
        written = written.isoformat("seconds")
    text = str(written).strip() if isinstance(written, (str, int)) else ""
    if _BASE_60.fullmatch(text):
        return _from_base_60(int(text), text)
    match = _CLOCK.fullmatch(text) or _HOUR_ALONE.fullmatch(text)
    if match is None or hyphened_range(text):
        return None
    clock = match["clock"] if ":" in match["clock"] else f"{match['clock']}:00"
    try:
        return ClockTime(time_of(clock, match["half"] or ""), precision_of(clock), text, match["zone"])
    except ValueError:
        return None


def hyphened_range(text: str) -> str:
    """The range that a text such as ``09:10-09:30`` means; empty where ``-09:30`` can only be an offset.

    A hyphen also begins an offset from UTC. Where both readings make sense neither is chosen: this tells
    how to write the range plainly.
    """
    match = _HYPHENED.fullmatch(text.strip())
    if match is None:
        return ""
    first, last = (60 * int(part.split(":")[0]) + int(part.split(":")[1]) for part in match.groups())
    is_stretch = 0 <= (last - first) % _MINUTES_A_DAY <= _FURTHEST_BACK // timedelta(minutes=1)
    return f"{match[1]}..{match[2]}" if is_stretch else ""


def _from_base_60(number: int, text: str) -> ClockTime | None:
    """YAML 1.1 reads 14:15 as 855 and 14:15:30 as 51330 (base 60), so a clock time may arrive so."""
    precision: Precision = "minute" if number < _MINUTES_A_DAY else "second"
    seconds = number * 60 if precision == "minute" else number
    if seconds >= _SECONDS_A_DAY:
        return None
    at = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    shown = at.strftime("%H:%M" if precision == "minute" else "%H:%M:%S")
    note = f"the number {text} was read as {shown}, a clock time in YAML's base 60"
    if _HOURS_AND_MINUTES.fullmatch(text):
        note += f'; write "{text[:2]}:{text[2:]}" if that was meant'
    return ClockTime(at, precision, text, None, note)


@dataclass(frozen=True, slots=True)
class Span:
    """The incident's known extent, to tell which day a bare clock time belongs to."""

    start: datetime
    end: datetime | None


def read_time(written: object, *, after: datetime | None, span: Span | None, rules: ZoneRules) -> Instant | None:
    """The instant a text, number or mapping means: a full timestamp, a bare clock time, or a range of two.

    Args:
        written: As it stands in the record.
        after: The previous entry's instant, or the incident's start; None where nothing is dated yet.
        span: When the incident began and ended; None where the record has no full timestamp.
        rules: The zone of times that carry none.

    Returns:
        The instant, or None where it means none, or a bare clock time has no date to take.
    """
    ends = range_ends(written)
    if ends is not None:
        first = read_time(ends[0], after=after, span=span, rules=rules)
        since = first.earliest if first else after
        stretch = span or (Span(first.earliest, None) if first else None)
        return spanning(first, read_time(ends[1], after=since, span=stretch, rules=rules))
    clock = read_clock_time(written)
    if clock is None:
        return read_instant(written, rules)
    return placed(clock, after=after, span=span, rules=rules) if span and after else None


def placed(clock: ClockTime, *, after: datetime, span: Span, rules: ZoneRules) -> Instant | None:
    """The instant of a bare clock time, on the day that fits the entry before it.

    The next such time after the previous entry is taken, across midnight if need be. Only where
    that lies outside the incident does the same time a day earlier win, if it is nearer; while the
    incident is open, if it is at most six hours back.

    Args:
        clock: The time of day.
        after: The previous entry's instant, or the incident's start.
        span: When the incident began and, if known, ended.
        rules: The zone of times that carry none.

    Returns:
        The instant, or None where the written zone is not known.
    """
    zone, name, is_assumed = rules.of(clock.zone)
    if zone is None:
        return None
    try:
        local = datetime.combine(_day(clock, zone, after, span), clock.at)
        instant = in_zone(local, zone, name=name, text=clock.text, precision=clock.precision, zone_assumed=is_assumed)
    except OverflowError:  # a day before the year 1, or after the year 9999
        return None
    return replace(instant, note="; ".join(note for note in (clock.note, instant.note) if note))


def _day(clock: ClockTime, zone: tzinfo, after: datetime, span: Span) -> date:
    day = after.astimezone(zone).date()
    forward = _on(day, clock, zone)
    if forward[1] < after:
        day += timedelta(days=1)
        forward = _on(day, clock, zone)
    return day - timedelta(days=1) if _fits_better_a_day_earlier(forward[0], after, span) else day


def _on(day: date, clock: ClockTime, zone: tzinfo) -> tuple[datetime, datetime]:
    return localized(datetime.combine(day, clock.at), zone)


def _fits_better_a_day_earlier(forward: datetime, after: datetime, span: Span) -> bool:
    backward = forward - timedelta(days=1)
    if span.end is None:
        return after - backward <= _FURTHEST_BACK
    return _distance(backward, span.start, span.end) < _distance(forward, span.start, span.end)


def _distance(at: datetime, start: datetime, end: datetime) -> timedelta:
    return max(start - at, at - end, timedelta(0))
