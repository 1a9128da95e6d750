"""Clocks that differ, zones that look wrong, times that conflict: each a finding with both places."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.plain_words import clock_words, duration_words
from incident_analytics.analysis.source_clocks.bare_times import names_no_zone
from incident_analytics.model.measurement import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.source_clocks.backwards import SetBack
    from incident_analytics.analysis.source_clocks.compared import ClocksCompared
    from incident_analytics.analysis.source_clocks.offset import Offset
    from incident_analytics.analysis.source_clocks.requests import RequestClocks
    from incident_analytics.analysis.source_clocks.same_bursts import SameBurst
    from incident_analytics.analysis.source_clocks.same_event import ToldTwice
    from incident_analytics.analysis.source_clocks.server_dates import ServerDates

# From here on a difference of clocks changes what a reader makes of the order of events.
_MATTERS_FROM: Final = 30.0
_QUARTER: Final = 900
_ZONE_SLACK: Final = 90.0


def clock_findings(compared: ClocksCompared, zone: tzinfo) -> tuple[Finding, ...]:
    """What is doubtful about the clocks: zone mistakes first, then skews, conflicts, clocks set back.

    Args:
        compared: The clocks.
        zone: Times are told in it; a zone mistake is compared with its offset from UTC.
    """
    return (
        *_zone_mistakes(compared.told, zone),
        *(_request_zone(each) for each in compared.skewed_services),
        *(_skew(offset) for offset in compared.told if offset.zone_seconds is None),
        *(_request_skew(each) for each in compared.requests if each.is_told and each.zone_seconds is None),
        *(_date_skew(each) for each in compared.dates if each.is_told),
        *(_conflict(pair, zone) for pair in compared.conflicts),
        *(_set_back(each, zone) for each in compared.set_back),
        *(_burst(each, zone) for each in compared.bursts),
    )


def _zone_mistakes(offsets: Sequence[Offset], zone: tzinfo) -> Iterator[Finding]:
    """One finding a source: the one that most others disagree with is the odd one."""
    left = [offset for offset in offsets if offset.zone_seconds is not None]
    while left:
        counted = Counter(name for offset in left for name in (offset.source, offset.against))
        bare = _without_zone(left)
        # The record is believed before a tool, as people checked it, and what names its zone before what names none.
        odd = max(counted, key=lambda name: (counted[name], name in bare, name != "record", name))
        own = [offset for offset in left if odd in {offset.source, offset.against}]
        left = [offset for offset in left if offset not in own]
        others = [name for offset in own for name in (offset.source, offset.against) if name != odd]
        is_guess = odd in bare and not bare & set(others)
        is_sure = is_guess or all(counted[name] < counted[odd] or name == "record" for name in others)
        yield _zone_mistake(odd, own, zone, is_sure=is_sure)


def _without_zone(offsets: Sequence[Offset]) -> set[str]:
    """Sources none of whose compared times names a zone."""
    told = [event for offset in offsets for pair in offset.pairs for event in (pair.first, pair.second)]
    return {event.told_by for event in told} - {event.told_by for event in told if not names_no_zone(event)}


def _zone_mistake(odd: str, offsets: Sequence[Offset], zone: tzinfo, *, is_sure: bool) -> Finding:
    first = offsets[0]
    late = (first.zone_seconds or 0) * (1 if first.source == odd else -1)
    others = [offset.against if offset.source == odd else offset.source for offset in offsets]
    pair = first.pairs[0]
    event = pair.second if first.source == odd else pair.first
    other = pair.first if first.source == odd else pair.second
    told = sum(offset.n for offset in offsets)
    local = event.moment.astimezone(zone).utcoffset()
    known = f", which is the offset of {zone}" if local and abs(local.total_seconds()) == abs(late) else ""
    way = "late" if late > 0 else "early"
    whose = "its times" if is_sure else "the times of one of them"
    zoneless = f"; {event.at.text} names no zone and was read as {event.at.zone}" if names_no_zone(event) else ""
    return Finding(
        "clock-zone",
        "warning",
        f"{odd} looks {duration_words(late)} {way} against {_and(others)}{known}: were {whose} written in another "
        f"zone? ({told} {'event' if told == 1 else 'events'} told by both{zoneless}; nothing was shifted)",
        event.place,
        seen=f"{event.at.text} ({odd}: {event.text})",
        expected=f"{other.at.text} ({other.told_by}{_at(other)})",
    )


def _skew(offset: Offset) -> Finding:
    seconds, low, high = offset.seconds or 0.0, offset.low or 0.0, offset.high or 0.0
    way = "later" if seconds > 0 else "earlier"
    ends = sorted((abs(low), abs(high)))
    pair = offset.pairs[0]
    return Finding(
        "clock-skew",
        "warning" if abs(seconds) >= _MATTERS_FROM else "info",
        f"{offset.source} tells the same events {duration_words(seconds)} {way} than {offset.against} "
        f"({ends[0]:.0f} to {ends[1]:.0f} s, from {offset.n}): its clock is off, or it always writes that much {way}",
        pair.second.place,
        seen=f"{pair.second.at.text} ({offset.source}: {pair.second.text})",
        expected=f"{pair.first.at.text} ({offset.against}{_at(pair.first)})",
    )


def _request_zone(each: RequestClocks) -> Finding:
    is_ahead = each.odd == each.service
    apart = duration_words(each.zone_seconds or each.seconds)
    told = f"{each.n:,} {each.by} ids that both write, {each.low:,.0f} to {each.high:,.0f} s apart"
    if each.odd:
        other = each.against if is_ahead else each.service
        text = (
            f"the times of {each.odd} look {apart} {'ahead of' if is_ahead else 'behind'} those of {other} ({told}): "
        )
    else:
        text = f"{each.service} looks {apart} late against {each.against} ({told}); which is right cannot be told: "
    place = Place(each.files[0]) if each.files else None
    return Finding(
        "clock-zone",
        "warning",
        f"{text}were they written in another zone, or does it always log that much later? Nothing was shifted; numbers "
        f"that rest on {'its' if each.odd else 'their'} lines have them at the wrong time",
        place,
        seen=f"{each.service} {each.seconds:+.1f} s",
        expected=f"the clock of {each.against}",
    )


def _request_skew(each: RequestClocks) -> Finding:
    by = "requests" if each.by == "request" else f"{each.by} ids"
    when = " in the hour before" if each.by == "request" else ""
    return Finding(
        "clock-skew",
        "warning" if abs(each.seconds) >= _MATTERS_FROM else "info",
        f"{each.service} logs the same {by} {duration_words(each.seconds)} later than {each.against} "
        f"({each.n:,} {by}{when}, nearly all within {each.spread:.1f} s): its clock is off, "
        "or it always logs that much later",
        seen=f"{each.service} {each.seconds:+.1f} s",
        expected=f"the clock of {each.against}",
    )


def _date_skew(each: ServerDates) -> Finding:
    way = "ahead of" if each.seconds > 0 else "behind"
    service = each.service or "a program without a name"
    return Finding(
        "clock-skew",
        "warning" if abs(each.seconds) >= _MATTERS_FROM else "info",
        f"the clock of {service} is {duration_words(each.seconds)} {way} the servers that answer it "
        f"({each.n:,} dates in the hour before, {each.low:+.0f} to {each.high:+.0f} s)",
        seen=f"{service} {each.seconds:+.0f} s",
        expected="the dates in the answers it logs",
    )


def _conflict(pair: ToldTwice, zone: tzinfo) -> Finding:
    first, second = pair.first, pair.second
    nearest = round(pair.seconds / _QUARTER) * _QUARTER
    is_zone = bool(nearest) and abs(pair.seconds - nearest) <= _ZONE_SLACK + pair.slack
    hint = f"; {duration_words(nearest)} apart may be a zone" if is_zone else ""
    same = "" if pair.by != "kind" else ", if both mean the same"
    return Finding(
        "sources-conflict",
        "info" if pair.by == "kind" and not is_zone else "warning",
        f'"{first.text}" is at {clock_words(first.moment, zone)} in {first.told_by}{_at(first)} and at '
        f"{clock_words(second.moment, zone)} in {second.told_by}{_at(second)}, "
        f"{duration_words(abs(pair.seconds))} apart{same}; both are kept{hint}",
        second.place or first.place,
        seen=f"{second.at.text} ({second.told_by})",
        expected=f"{first.at.text} ({first.told_by})",
    )


def _at(event: Event) -> str:
    return f" at {event.place}" if event.place else ""


def _set_back(each: SetBack, zone: tzinfo) -> Finding:
    if each.is_unordered:
        return Finding(
            "clock-backwards",
            "info",
            f"the lines of {each.file} are not in order of time ({each.times:,} steps back, up to "
            f"{duration_words(each.seconds)}); they are ordered by their times",
            each.place,
        )
    times = "once" if each.times == 1 else f"{each.times:,} times"
    hour = " An hour is what clocks are set back in autumn." if round(each.seconds / _QUARTER) == 4 else ""  # noqa: PLR2004 -- quarters of an hour
    return Finding(
        "clock-backwards",
        "warning",
        f"the clock of {each.file} goes back {times}, by up to {duration_words(each.seconds)} "
        f"(from {_time(each.before, zone)} to {_time(each.after, zone)}); no time was changed.{hour}",
        each.place,
        seen=_time(each.after, zone),
        expected=f"not before {_time(each.before, zone)}",
    )


def _burst(each: SameBurst, zone: tzinfo) -> Finding:
    apart = duration_words(each.minutes_later * 60)
    return Finding(
        "clock-hint",
        "info",
        f"errors of {each.service} rose for {each.minutes} min from {_time(each.at, zone)} on, those of {each.against} "
        f"as long from {_time(each.against_at, zone)} on, {apart} apart: one of them may be written in another zone. "
        "This is a hint only, as they share no ids by which it could be told",
        seen=f"{each.service} {_time(each.at, zone)}",
        expected=f"{each.against} {_time(each.against_at, zone)}",
    )


def _time(at: datetime, zone: tzinfo) -> str:
    return clock_words(at, zone)


def _and(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))
