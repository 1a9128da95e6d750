"""Which metrics moved most during an incident, and in which order they began to. Never what caused it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.engine_door import instant_at
from incident_analytics.analysis.snapshots import placebos as quiet
from incident_analytics.analysis.snapshots.bad_direction import Direction, bad_direction
from incident_analytics.analysis.snapshots.level_began import onset_of
from incident_analytics.analysis.snapshots.movement import Movements, floor_of, movements
from incident_analytics.analysis.snapshots.series import Series, each_series, window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

    from incident_analytics.analysis.snapshots.series import Floats, Span, Times

AN_HOUR: Final = dt.timedelta(hours=1)
# so much a quiet series moves at least; less would make a whisper of a still series the loudest
_LEAST_USUAL: Final = 1.0
_ALWAYS: Final = 2**62


@dataclass(frozen=True, slots=True)
class Moved:
    """How far one series moved.

    Args:
        metric: Its metric.
        labels: Its labels, a JSON object.
        unit: As the samples name it.
        direction: Which way was looked for: where trouble moves it by its name, else either.
        score: (extreme - median before) / interquartile range before, floored, positive that way. None: cannot be told.
        quiet_score: The most that it reaches in quiet stretches, at least 1; None of too few of them.
        is_moved: Whether score / quiet_score exceeds what any series of a quiet stretch reaches.
        onset_at: The first sample of what moved; None where it did not.
        onset_place: 1 for the first to begin, the same for those that began at the same instant.
        median_before: In `unit`.
        spread_before: The interquartile range that the score is in, floored, in `unit`.
        extreme: The farthest value that it held (`movements`), in `unit`.
        extreme_at: When that was.
        n_before: Samples before.
        n_during: Samples during.
        n_placebos: Quiet stretches in which it has samples.
        was_flat: Whether it never moved before, so that its score says only that it moved now.
        step_seconds: How far its samples usually lie apart: no onset is known better than that.
        reason: Why it cannot be told whether it moved; empty where it can.
    """

    metric: str
    labels: str
    unit: str
    direction: Direction
    score: float | None = None
    quiet_score: float | None = None
    is_moved: bool = False
    onset_at: dt.datetime | None = None
    onset_place: int | None = None
    median_before: float | None = None
    spread_before: float | None = None
    extreme: float | None = None
    extreme_at: dt.datetime | None = None
    n_before: int = 0
    n_during: int = 0
    n_placebos: int = 0
    was_flat: bool = False
    step_seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MovedMost:
    """Every series, those that moved most first.

    Args:
        series: First those that moved, then the others; each by score, ties by metric and labels.
        start: Where the stretch begins.
        end: Where it ends.
        before: How long before it the baseline begins.
        threshold: What the largest score / quiet score of a quiet stretch stays below: their `quantile`, widened where
            stretches overlap. None without enough of them.
        quantile: Which one.
        n_series: How many series there are.
        n_placebos: Quiet stretches on which the same was done.
        n_apart: How many of them do not overlap each other.
        reason: Why nothing can be told of any series; empty where it can.
    """

    series: tuple[Moved, ...]
    start: dt.datetime
    end: dt.datetime
    before: dt.timedelta
    threshold: float | None
    quantile: float
    n_series: int
    n_placebos: int
    n_apart: int
    reason: str

    @property
    def moved(self) -> tuple[Moved, ...]:
        """Only those that moved."""
        return tuple(each for each in self.series if each.is_moved)


def moved_most(
    samples: pl.DataFrame,
    *,
    start: dt.datetime,
    end: dt.datetime,
    before: dt.timedelta = AN_HOUR,
    incidents: Sequence[Span] = (),
    placebos: int = quiet.PLACEBOS,
    direction: Callable[[str], Direction] = bad_direction,
) -> MovedMost:
    """The series that moved most in [start, end) against the time right before, and the order of their onsets.

    score: see `movements`. The same is done for quiet stretches of the history before `start`, all series of one
    stretch together; the last of them ends half of `before` earlier, as trouble often begins before it is noticed. A
    series has moved where its score, as a multiple of the most that it reaches elsewhere, exceeds the 95 % quantile of
    the largest multiple of a quiet stretch (Westfall and Young's maximum, 1993, ISBN 0-471-55761-7): of 100 quiet
    snapshots about five name a series that moved, however many series there are. Short histories widen it
    (`placebos.margin`). What moved first or most need not be the cause: on faults injected into a shop (PetShop,
    arXiv:2311.04806) such a ranking named the faulty node first in less than half of the cases.

    Args:
        samples: Columns timestamp, metric, labels, unit, value, the history before `start` included.
        start: Where the incident begins.
        end: Where it ends.
        before: How long before a stretch its baseline begins.
        incidents: Other incidents; stretches that touch them are not quiet.
        placebos: How many quiet stretches, at least 30.
        direction: Which way trouble moves a metric.

    Raises:
        ParameterError: `end` is not after `start`, fewer than 30 placebos are asked for, or an instant has no zone.
    """
    first, last = window(start, end)
    lead = before // dt.timedelta(microseconds=1)
    named = [
        (Moved(metric, labels, one.unit, direction(metric), step_seconds=one.step / 1e6), one)
        for metric, labels, one in each_series(samples)
    ]
    here = [series for _, series in named if series.part(first, last).at.size]
    begins = quiet.common_begins(here, first, last - first, lead, incidents, quiet.checked(placebos))
    starts = np.concatenate((begins, [first])).astype(np.int64)
    found = [_movements(series, starts, last - first, lead, row.direction) for row, series in named]
    scores = np.array([each.score for each in found]).reshape(-1, starts.size)
    usual = _usual(scores, starts, last - first)
    n_apart = quiet.apart(begins, lead + last - first)
    limit = _limit((scores / usual)[:, :-1], n_apart)
    rows = [
        _told(row, series, each, float(own), limit, (first - lead, last))
        for (row, series), each, own in zip(named, found, usual[:, -1], strict=True)
    ]
    return MovedMost(
        series=_in_order(rows),
        start=start,
        end=end,
        before=before,
        threshold=limit,
        quantile=quiet.QUANTILE,
        n_series=len(rows),
        n_placebos=begins.size,
        n_apart=n_apart,
        reason=_reason(len(rows), begins.size, limit),
    )


def _movements(series: Series, starts: Times, length: int, lead: int, direction: Direction) -> Movements:
    floor = floor_of(series.part(-_ALWAYS, int(starts[-1])).value)
    return movements(series, starts, length, lead, direction, floor)


def _usual(scores: Floats, starts: Times, length: int) -> Floats:
    """The most that each series moved in the stretches that do not touch this one; NaN where it has too few.

    Stretches of history overlap each other and not the incident: a peak that is in three of them would be usual for
    all three, and one in the incident for none. So each is compared with those alone that it shares no sample with.
    """
    known = np.isfinite(scores)
    apart = np.abs(starts[:, None] - starts) >= length
    shown = np.where(known, scores, -np.inf)
    most = np.array([np.where(apart, row, -np.inf).max(axis=1) for row in shown]).reshape(scores.shape)
    enough = known.sum(axis=1, keepdims=True) > quiet.FEWEST_PLACEBOS
    return np.where(enough, np.maximum(most, _LEAST_USUAL), np.nan)


def _limit(multiples: Floats, n_apart: int) -> float | None:
    """The quantile of the largest multiple of each quiet stretch."""
    told = multiples[:, np.isfinite(multiples).any(axis=0)] if multiples.size else multiples
    if told.shape[-1] < quiet.FEWEST_PLACEBOS or not told.size:
        return None
    return quiet.upper(np.nanmax(told, axis=0)) * quiet.margin(n_apart)


def _told(
    row: Moved, series: Series, moved: Movements, usual: float, limit: float | None, looked_at: tuple[int, int]
) -> Moved:
    """The last of the stretches is the incident's."""
    score = float(moved.score[-1])
    n_placebos = int(np.isfinite(moved.score[:-1]).sum())
    row = replace(row, n_before=int(moved.n_before[-1]), n_during=int(moved.n_during[-1]), n_placebos=n_placebos)
    if np.isnan(score):
        return replace(row, reason=_no_score(row))
    if np.isnan(usual):
        few = f"too little history: {n_placebos} quiet stretches, at least {quiet.FEWEST_PLACEBOS} are needed"
        row = replace(row, reason=few)
    is_moved = limit is not None and not np.isnan(usual) and score / usual > limit
    place = int(moved.place[-1])
    level = float(moved.median[-1])
    was_flat = bool(moved.was_flat[-1])
    onset = onset_of(series, place, looked_at, level, was_flat=was_flat) if is_moved else None
    return replace(
        row,
        score=score,
        quiet_score=None if np.isnan(usual) else usual,
        is_moved=is_moved,
        onset_at=None if onset is None else instant_at(onset),
        median_before=level,
        spread_before=float(moved.unit[-1]),
        extreme=float(moved.extreme[-1]),
        extreme_at=instant_at(int(series.at[place])),
        was_flat=was_flat,
    )


def _no_score(row: Moved) -> str:
    return "no samples during" if not row.n_during else f"{row.n_before} samples before, too few"


def _in_order(rows: Sequence[Moved]) -> tuple[Moved, ...]:
    onsets = sorted(row.onset_at for row in rows if row.onset_at is not None)
    placed = [row if row.onset_at is None else replace(row, onset_place=onsets.index(row.onset_at) + 1) for row in rows]
    return tuple(sorted(placed, key=lambda row: (not row.is_moved, -(row.score or 0.0), row.metric, row.labels)))


def _reason(n_series: int, n_placebos: int, limit: float | None) -> str:
    if not n_series:
        return "no samples"
    if limit is None:
        return f"too little history: {n_placebos} quiet stretches, at least {quiet.FEWEST_PLACEBOS} are needed"
    return ""
