"""Which metrics moved most during an incident, and in which order they began to. Never what caused it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.engine_door import instant_at
from incident_analytics.analysis.snapshots import placebos as quiet
from incident_analytics.analysis.snapshots.bad_direction import Direction, bad_direction
from incident_analytics.analysis.snapshots.impact_window import found_onset
from incident_analytics.analysis.snapshots.movement import Movement, floor_of, movement
from incident_analytics.analysis.snapshots.series import Floats, Series, outside, series_of, window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

    from incident_analytics.analysis.snapshots.series import Span, Times

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
        usual_score: Its median over the quiet stretches; at least 1 where it is compared.
        is_moved: Whether score / usual_score exceeds what any series of a quiet stretch reaches.
        onset_at: The first sample of what moved; None where it did not.
        onset_place: 1 for the first to begin, the same for those that began at the same instant.
        median_before: In `unit`.
        spread_before: The interquartile range that the score is in, floored, in `unit`.
        extreme: The farthest value, in `unit`.
        extreme_at: When that was.
        n_before: Samples before.
        n_during: Samples during.
        reason: Why there is no score; empty where there is one.
    """

    metric: str
    labels: str
    unit: str
    direction: Direction
    score: float | None = None
    usual_score: float | None = None
    is_moved: bool = False
    onset_at: dt.datetime | None = None
    onset_place: int | None = None
    median_before: float | None = None
    spread_before: float | None = None
    extreme: float | None = None
    extreme_at: dt.datetime | None = None
    n_before: int = 0
    n_during: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MovedMost:
    """Every series, those that moved most first.

    Args:
        series: First those that moved, then the others; each by score, ties by metric and labels.
        threshold: What the largest score / usual score of a quiet stretch stays below: their `quantile`, widened where
            stretches overlap. None without enough of them.
        quantile: Which one.
        n_series: How many series there are.
        n_placebos: Quiet stretches on which the same was done.
        n_apart: How many of them do not overlap each other.
        reason: Why nothing can be told of any series; empty where it can.
    """

    series: tuple[Moved, ...]
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

    score: see `movement`. The same is done for quiet stretches of the history before `start`, all series of one
    stretch together. A series has moved where its score, as a multiple of its usual (median) score of all stretches,
    exceeds the 95 % quantile of the largest multiple of a quiet stretch (Westfall and Young's maximum, 1993, ISBN
    0-471-55761-7): of 100 quiet snapshots about five name a series that moved, however many series there are. Short
    histories widen it (`placebos.margin`). What moved first or most need not be the cause: on faults injected into a
    shop (PetShop, arXiv:2311.04806) such a ranking named the faulty node first in less than half of the cases.

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
        (Moved(str(metric), str(labels or "{}"), "", direction(str(metric))), series_of(rows))
        for (metric, labels), rows in samples.sort("metric", "labels").group_by("metric", "labels", maintain_order=True)
    ]
    begins = _quiet_begins(
        [series for _, series in named], first, last - first, lead, incidents, quiet.checked(placebos)
    )
    starts = np.concatenate((begins, [first])).astype(np.int64)
    movements = [_movements(series, starts, last - first, lead, row.direction) for row, series in named]
    scores = np.array([[one.score if one else np.nan for one in each] for each in movements]).reshape(-1, starts.size)
    usual = np.array([_usual(each) for each in scores])
    multiples = scores / np.maximum(usual, _LEAST_USUAL)[:, None]
    n_apart = quiet.apart(begins, lead + last - first)
    limit = _limit(multiples[:, :-1], n_apart)
    rows = [
        _told(row, series, each[-1], float(typical), limit, (first - lead, last))
        for (row, series), each, typical in zip(named, movements, usual, strict=True)
    ]
    return MovedMost(
        series=_in_order(rows),
        threshold=limit,
        quantile=quiet.QUANTILE,
        n_series=len(rows),
        n_placebos=begins.size,
        n_apart=n_apart,
        reason=_reason(len(rows), begins.size, limit),
    )


def _quiet_begins(
    every: Sequence[Series], first: int, length: int, lead: int, incidents: Sequence[Span], most: int
) -> Times:
    """Where quiet stretches begin: evenly over the history, none that touches another incident."""
    oldest = min((int(series.at[0]) for series in every if series.at.size), default=first)
    step = min((series.step for series in every if series.step), default=1)
    earliest, latest = oldest + lead, first - length
    if latest <= earliest:
        return np.zeros(0, dtype=np.int64)
    count = min(4 * most, (latest - earliest) // step + 1)
    begins = np.linspace(earliest, latest, count).astype(np.int64)
    free = np.array([bool(outside(np.arange(at - lead, at + length, step), incidents).all()) for at in begins.tolist()])
    begins = begins[free]
    kept = np.round(np.linspace(0, begins.size - 1, min(most, begins.size))).astype(np.int64)
    return np.asarray(begins[kept], dtype=np.int64)


def _movements(series: Series, starts: Times, length: int, lead: int, direction: Direction) -> list[Movement | None]:
    floor = floor_of(series.part(-_ALWAYS, int(starts[-1])).value)
    return [
        movement(series.part(at - lead, at), series.part(at, at + length), direction, floor) for at in starts.tolist()
    ]


def _usual(scores: Floats) -> float:
    known = scores[np.isfinite(scores)]
    return float(np.median(known)) if known.size else 0.0


def _limit(multiples: Floats, n_apart: int) -> float | None:
    """The quantile of the largest multiple of each quiet stretch."""
    told = multiples[:, np.isfinite(multiples).any(axis=0)] if multiples.size else multiples
    if told.shape[-1] < quiet.FEWEST_PLACEBOS or not told.size:
        return None
    return quiet.upper(np.nanmax(told, axis=0)) * quiet.margin(n_apart)


def _told(
    row: Moved, series: Series, moved: Movement | None, usual: float, limit: float | None, span: tuple[int, int]
) -> Moved:
    if moved is None:
        return replace(row, unit=series.unit, reason="too few samples before or none during the incident")
    is_moved = limit is not None and moved.score / max(usual, _LEAST_USUAL) > limit
    part = series.part(*span)
    onset = found_onset(part.value) if is_moved else None
    return replace(
        row,
        unit=series.unit,
        score=moved.score,
        usual_score=usual,
        is_moved=is_moved,
        onset_at=None if onset is None else instant_at(int(part.at[onset])),
        median_before=moved.median_before,
        spread_before=moved.unit_of_spread,
        extreme=moved.extreme,
        extreme_at=instant_at(moved.extreme_at),
        n_before=moved.n_before,
        n_during=moved.n_during,
    )


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
