"""What was seen of one signal of a known pattern, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code
from incident_analytics.reporting.figures.numbers import scale_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.patterns import Evidence
    from incident_analytics.reporting.blocks import Span

_LONGEST: Final = 90


def seen(one: Evidence) -> tuple[str | Span, ...]:
    """The number, what it usually is or was compared with, and what to know about it."""
    told = _WORDS[one.kind](one)
    about = f" {one.reason[:1].upper()}{one.reason[1:]}." if one.reason else ""
    return (*told, about) if about else told


def _lines(one: Evidence) -> tuple[str | Span, ...]:
    if not one.number and not one.before:
        return ("None of its words in the logs.",)
    lines = words.counted(round(one.number or 0), "log line")
    during = f" in {_minutes(one.minutes)}" if one.stance != "for" else ""
    before = ""
    if one.before is not None:
        before = f", {words.count(one.before) if one.before else 'none'} in the {_minutes(one.minutes_before)} before"
    said = Code(words.shortened(one.subject, _LONGEST))
    return (f"{lines}{during}{before}: ", said, ".")


def _minutes(minutes: float | None) -> str:
    return words.duration(round(minutes or 0) * 60)


def _reached(one: Evidence) -> tuple[str | Span, ...]:
    written = _scaled(one)
    verb = "at" if one.stance == "for" else "at most"
    number = written(one.number).removesuffix(f" {one.unit}")
    return (Code(_series(one)), f" {verb} {number} of {written(one.limit)}{_usually(one)}.")


def _moved(one: Evidence) -> tuple[str | Span, ...]:
    verb = {"rises": "up to", "falls": "down to"}.get(one.kind, "between the usual and")
    if one.stance != "for":
        verb = {"rises": "at most", "falls": "at least"}.get(one.kind, "moved to")
    number = _scaled(one)(one.number)
    written = number.removesuffix("s") if number == f"1 {one.unit}" else number
    return (Code(_series(one)), f" {verb} {written}{_usually(one)}.")


def _grew(one: Evidence) -> tuple[str | Span, ...]:
    written = _scaled(one)
    verb = "grew steadily from" if one.stance == "for" else "did not grow steadily, from"
    return (Code(_series(one)), f" {verb} {written(one.before)} to {written(one.number)}.")


def _connections(one: Evidence) -> tuple[str | Span, ...]:
    return (f"{words.count(one.number or 0)} of {words.count(one.limit or 0)} connections.",)


def _waiting(one: Evidence) -> tuple[str | Span, ...]:
    behind = f" behind {one.subject}" if one.subject else ""
    return (f"{words.counted(round(one.number or 0), 'session')} waiting{behind}.",)


def _idle(one: Evidence) -> tuple[str | Span, ...]:
    if not one.subject:
        return ("No session is idle in its transaction.",)
    return (f"{one.subject.capitalize()}, for {words.duration(one.number or 0)}.",)


_WORDS: Final[dict[str, Callable[[Evidence], tuple[str | Span, ...]]]] = {
    "words": _lines,
    "rises": _moved,
    "falls": _moved,
    "stays_level": _moved,
    "reaches_limit": _reached,
    "grows_steadily": _grew,
    "connections_near_limit": _connections,
    "waiting_sessions": _waiting,
    "idle_in_transaction": _idle,
    "lock_waits": _waiting,
}


def _usually(one: Evidence) -> str:
    return "" if one.before is None else f", usually {_scaled(one)(one.before).removesuffix(f' {one.unit}')}"


def _scaled(one: Evidence) -> Callable[[float | None], str]:
    highest = max((abs(number) for number in (one.number, one.before, one.limit) if number is not None), default=0)
    scale = scale_of(one.unit, highest)
    return lambda number: "–" if number is None else scale.written(number)


def _series(one: Evidence) -> str:
    """A metric with its labels, such as ``cpu_percent, service payments-db``, and how many there are of it."""
    try:
        pairs = json.loads(one.labels)
    except ValueError:
        pairs = {}
    named = ", ".join([one.subject, *(f"{name} {value}" for name, value in pairs.items())])
    return words.shortened(named, _LONGEST)
