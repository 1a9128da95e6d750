"""What one series did at the onset: rose, fell, reached its limit, grew steadily; or stayed as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.snapshots.series import Series

if TYPE_CHECKING:
    import datetime as dt

    from incident_analytics.analysis.snapshots.series import Floats, Marks, Times

MINUTE: Final = 60_000_000
FEWEST_BEFORE: Final = 4
IN_A_ROW: Final = 3
LEAD, ONSET, INCREASE = 10 * MINUTE, 30 * MINUTE, 5 * MINUTE
# beyond the usual band by so much of its width or of its level
_OF_BAND, _OF_LEVEL, _WIDENED = 0.25, 0.05, 0.75
# a stretch as long as the onset would show as much by chance more often than this
_CHANCE: Final = 0.05
_PARTS, _RISING_STEPS = 10, 8
_CORNERS: Final = 60
_FALL: Final = 0.7
_SHORTEST_GROWTH: Final = 30 * MINUTE
_GROWTH_LOOKED_AT: Final = 24 * 60 * MINUTE
_COUNTER: Final = re.compile(r"[_.](total|count)$")


@dataclass(frozen=True, slots=True)
class Stretches:
    """The onset and the end, in microseconds since 1970 UTC.

    Args:
        begins: The onset.
        ends: The end of the incident.
        calm_until: Where the time before ends: ten minutes before the onset, which may not be told to the minute.
        onset_until: Until when something moves at the onset: half an hour after it.
    """

    begins: int
    ends: int
    calm_until: int
    onset_until: int

    @staticmethod
    def around(begins: dt.datetime, ends: dt.datetime) -> Stretches:
        """The stretches of an incident."""
        first, last = (round(each.timestamp() * 1e6) for each in (begins, ends))
        return Stretches(first, last, first - LEAD, min(last, first + ONSET))


@dataclass(frozen=True, slots=True)
class Movement:
    """What a series did.

    Args:
        is_so: Whether it did what was looked for, beginning at the onset.
        number: Its farthest value during the incident.
        usual: Its median before; of steady growth its first level.
        limit: What it was compared with.
        at: When it began, in microseconds; else when it came nearest.
        reason: What to know about it, such as that it moved later; empty where there is nothing.
        size: How far it moved, to compare series of one metric.
    """

    is_so: bool
    number: float
    usual: float | None
    limit: float | None
    at: int
    reason: str = ""
    size: float = 0.0


def as_gauge(metric: str, series: Series) -> Series:
    """A counter as what it grew by in the last five minutes; any other series as it is.

    A counter is called ``_total`` or ``_count`` and never falls but to begin again.
    """
    steps = np.diff(series.value)
    if not _COUNTER.search(metric) or not steps.size or (steps < 0).mean() > _CHANCE:
        return series
    grown = np.concatenate(([0.0], np.cumsum(np.maximum(steps, 0.0))))
    since = np.searchsorted(series.at, series.at - INCREASE)
    return Series(series.at, grown - grown[since], series.unit, series.set_aside)


def moved(series: Series, stretches: Stretches, sign: int) -> Movement | None:
    """Whether it rose (sign 1) or fell (-1) at the onset; None of too few samples.

    The usual band is the 1st to 99th percentile of the time before. It moved where three samples in a row lie beyond
    it by a quarter of its width (a whole width where the time before is no longer than those forty minutes, in
    between as it is longer) and 5 % of its median, the first of them between ten minutes before the onset and half
    an hour after it. Where that happened before as well, so often that a stretch as long as the onset would show
    it in more than one of twenty, it did not move.
    """
    before, during = series.part(_ALWAYS, stretches.calm_until), series.part(stretches.calm_until, stretches.ends)
    if before.value.size < FEWEST_BEFORE or not series.part(stretches.begins, stretches.ends).value.size:
        return None
    low, usual, high = (float(each) for each in np.percentile(before.value, [1, 50, 99]))
    # a short time before shows less of what a slow series does
    apart = max((stretches.calm_until - int(before.at[0])) / (stretches.onset_until - stretches.calm_until), 1.0)
    margin = max((_OF_BAND + _WIDENED / apart) * (high - low), _OF_LEVEL * abs(usual))
    edge = sign * high + margin if sign > 0 else -low + margin
    farthest = int(np.argmax(sign * during.value))
    found = _judged(sign * before.value > edge, sign * during.value > edge, (before, during), stretches)
    at = int(during.at[farthest]) if found is None or found.at is None else found.at
    size = (sign * (float(during.value[farthest]) - usual)) / (margin or 1.0)
    is_so, reason = (found.is_so, found.reason) if found else (False, "")
    return Movement(is_so, float(during.value[farthest]), usual, None, at, reason, size)


def reached(series: Series, limit: Series | float, stretches: Stretches, share: float) -> Movement | None:
    """Whether three samples in a row lay at this share of its limit, from the onset on and not as often before."""
    during = series.part(stretches.calm_until, stretches.ends)
    before = series.part(_ALWAYS, stretches.calm_until)
    if not series.part(stretches.begins, stretches.ends).value.size:
        return None
    limits, limits_before = (_limits(limit, part.at) for part in (during, before))
    with np.errstate(divide="ignore", invalid="ignore"):
        shares, shares_before = (np.nan_to_num(p.value / m) for p, m in ((during, limits), (before, limits_before)))
    found = _judged(shares_before >= share, shares >= share, (before, during), stretches)
    is_so, reason = (found.is_so, found.reason) if found else (False, "")
    place = int(np.argmax(shares))
    if found and found.at is not None:
        place = int(np.searchsorted(during.at, found.at))
    usual = float(np.median(before.value)) if before.value.size else None
    reason = reason or ("" if before.value.size >= FEWEST_BEFORE else "there are no samples of the time before")
    number, held, size = (float(each) for each in (during.value[place], limits[place], shares.max()))
    return Movement(is_so, number, usual, held, int(during.at[place]), reason, size)


def grew(series: Series, stretches: Stretches, by: float) -> Movement | None:
    """Whether it grew steadily into the incident, by a share of its level, restarts apart.

    The day before the end is cut where it falls by three tenths at once, as at a restart. Of a piece that reaches into
    the incident, what comes after its bend, its whole, its last half and its last quarter are looked at, at least half
    an hour each: it grew steadily where of the medians of ten equal parts at least eight of nine steps rise, and the
    last is higher than the first by this share. The first piece that grew tells since when: from its bend on, where
    a level line followed by a straight one fits it best.
    """
    known = series.part(stretches.ends - _GROWTH_LOOKED_AT, stretches.ends)
    if known.value.size < 2 * _PARTS or not known.part(stretches.calm_until, stretches.ends).value.size:
        return None
    falls = np.flatnonzero(known.value[1:] < _FALL * known.value[:-1]) + 1
    bounds = [0, *falls.tolist(), known.value.size]
    best: Movement | None = None
    for first, last in pairwise(bounds):
        if best is not None and best.is_so:
            break
        bend = first + _bend(known.at[first:last], known.value[first:last])
        for begin in dict.fromkeys((bend, first, (first + last) // 2, last - (last - first) // 4)):
            part = Series(known.at[begin:last], known.value[begin:last], known.unit, 0)
            found = _growth(part, stretches, by)
            if found and (best is None or (found.is_so, found.size) > (best.is_so, best.size)):
                best = found
            if found and found.is_so and begin == bend:
                break
    if best is None:
        return None
    again = len(falls)
    told = f"{'' if best.is_so else 'it '}fell back {again} times, as at a restart" if again else ""
    return Movement(best.is_so, best.number, best.usual, None, best.at, told, best.size)


_ALWAYS: Final = -(2**62)


@dataclass(frozen=True, slots=True)
class _Run:
    is_so: bool
    at: int | None
    reason: str = ""


def _judged(before: Marks, during: Marks, parts: tuple[Series, Series], stretches: Stretches) -> _Run | None:
    """The first run beyond, with why it is none of the onset; None where there is no run."""
    starts = _runs(during)
    if not starts.size:
        return None
    at = int(parts[1].at[starts[0]])
    earlier = int(_runs(before).size)
    length = float(parts[0].at[-1] - parts[0].at[0]) if parts[0].at.size else 0.0
    if earlier and earlier * (stretches.onset_until - stretches.calm_until) > _CHANCE * length:
        return _Run(is_so=False, at=at, reason=f"it was there before the onset too, {earlier} times")
    if at > stretches.onset_until:
        return _Run(is_so=False, at=at, reason="it came later than half an hour after the onset")
    return _Run(is_so=True, at=at)


def _runs(marks: Marks) -> Times:
    """Where runs of at least IN_A_ROW marks begin."""
    edges = np.diff(np.concatenate(([0], marks.astype(np.int8), [0])))
    begins, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return np.asarray(begins[ends - begins >= IN_A_ROW], dtype=np.int64)


def _limits(limit: Series | float, at: Times) -> Floats:
    """The limit that held at each instant."""
    if isinstance(limit, (int, float)):
        return np.full(at.size, float(limit))
    return np.asarray(limit.value[np.maximum(np.searchsorted(limit.at, at, side="right") - 1, 0)], dtype=np.float64)


def _bend(at: Times, value: Floats) -> int:
    """Where a level line turns into a straight one, by least squares; 0 of too few samples."""
    if at.size < 2 * _PARTS:
        return 0
    along = (at - at[0]) / max(float(at[-1] - at[0]), 1.0)
    away = value - value.mean()
    corners = np.unique(np.linspace(0, at.size - _PARTS, _CORNERS).astype(np.int64))
    beyond = np.maximum(along[None, :] - along[corners][:, None], 0.0)
    beyond -= beyond.mean(axis=1, keepdims=True)
    explained = (beyond @ away) ** 2 / np.maximum((beyond**2).sum(axis=1), 1e-12)
    return int(corners[np.argmax(explained)])


def _growth(part: Series, stretches: Stretches, by: float) -> Movement | None:
    if part.value.size < 2 * _PARTS or part.at[-1] < max(part.at[0] + _SHORTEST_GROWTH, stretches.calm_until):
        return None
    levels = [float(np.median(each)) for each in np.array_split(part.value, _PARTS)]
    share = (levels[-1] - levels[0]) / abs(levels[0]) if levels[0] else 0.0
    is_steady = int((np.diff(levels) > 0).sum()) >= _RISING_STEPS
    return Movement(is_steady and share >= by, levels[-1], levels[0], None, int(part.at[0]), size=share)
