"""Files whose times cannot be right: far from the incident or the other files, or off by a zone. Named, not mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.metrics.one_digit import one_digit_off
from incident_analytics.sources.metrics.two_clocks import MARGIN, Span, span_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.sources.metrics.frame import FileSamples

_A_DAY = timedelta(days=1)
_QUARTER_HOUR = timedelta(minutes=15)
_WIDEST_ZONE = timedelta(hours=14)
# Two answers to the same question begin and end within a step of each other.
_STEP = timedelta(minutes=2)
_SHORTEST = timedelta(minutes=5)


def checked_times(read: Sequence[FileSamples], window: Span | None) -> list[FileSamples]:
    """The same files, with a finding where the times of one are wrong.

    Far off are samples more than 30 days outside the incident, or, where its time is not known, files that far from
    the others, if those agree. Off by a zone is a file that spans as long as another, so many quarters of an hour
    away, while the other overlaps the incident, or at least two others agree.

    Args:
        read: The files.
        window: When the incident was; None where that is not known.
    """
    spans = [span_of(each.frame["timestamp"]) for each in read]
    checked = []
    for index, each in enumerate(read):
        own = spans[index]
        others = [span for place, span in enumerate(spans) if place != index and span is not None]
        if own is None:
            checked.append(each)
            continue
        found = _far_from(each, own, window or _agreed(others), told=window is not None)
        found = found or _off_by_a_zone(each, own, others, window)
        checked.append(replace(each, findings=(*each.findings, found)) if found else each)
    return checked


def _agreed(others: Sequence[Span]) -> Span | None:
    """The span of the other files, where at least two are and all overlap or nearly so."""
    if len(others) < 2:  # noqa: PLR2004 -- one against one tells nothing
        return None
    latest_start, earliest_end = max(first for first, _ in others), min(last for _, last in others)
    if latest_start - earliest_end > MARGIN:
        return None
    return min(first for first, _ in others), max(last for _, last in others)


def _far_from(samples: FileSamples, own: Span, right: Span | None, *, told: bool) -> Finding | None:
    if right is None:
        return None
    low, high = right[0] - MARGIN, right[1] + MARGIN
    if low <= own[0] and own[1] <= high:
        return None
    outside = samples.frame.filter(~pl.col("timestamp").is_between(low, high))
    if outside.is_empty():
        return None
    first = outside.row(0, named=True)
    words = "the incident" if told else "the times of all other files"
    message = f"{outside.height} of {samples.frame.height} samples lie more than {MARGIN.days} days outside {words}"
    digit = one_digit_off(first["timestamp"], (right[0] - _A_DAY, right[1] + _A_DAY))
    reason = f"; one wrong digit would explain it: {digit}" if digit else ""
    return Finding(
        "time-outside-window",
        "warning",
        f"{message}{reason}.",
        Place(samples.reading.file, first["line"]),
        seen=_shown(first["timestamp"]),
        expected=f"{_shown(right[0])} to {_shown(right[1])}",
    )


def _off_by_a_zone(samples: FileSamples, own: Span, others: Sequence[Span], window: Span | None) -> Finding | None:
    if own[1] - own[0] < _SHORTEST or (window is not None and _overlap(own, window)):
        return None
    for other in others:
        apart = own[0] - other[0]
        off = round(apart / _QUARTER_HOUR) * _QUARTER_HOUR
        is_zone = off and abs(off) <= _WIDEST_ZONE and abs(apart - off) <= _STEP
        if not is_zone or abs((own[1] - other[1]) - off) > _STEP or not _is_trusted(other, others, window):
            continue
        hours = f"{abs(off) / timedelta(hours=1):g} hours {'after' if off > timedelta() else 'before'}"
        message = f"All times lie {hours} those of other files that span as long: it looks like a wrong zone."
        place = Place(samples.reading.file, samples.frame["line"][0])
        return Finding("zone-doubtful", "warning", message, place, _shown(own[0]), _shown(other[0]))
    return None


def _is_trusted(span: Span, others: Sequence[Span], window: Span | None) -> bool:
    if window is not None:
        return _overlap(span, window)
    return sum(abs(span[0] - each[0]) <= _STEP and abs(span[1] - each[1]) <= _STEP for each in others) > 1


def _overlap(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
