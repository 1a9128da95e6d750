"""What was not taken during an incident, what came back after it, and what was lost, each with its interval."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.snapshots.amounts import Amount, LostAmount
from incident_analytics.analysis.snapshots.conformal import FEWEST_PLACEBOS, INTERVAL, interval_of, too_few
from incident_analytics.analysis.snapshots.course import course_of
from incident_analytics.analysis.snapshots.series import Series, outside, series_of, window
from incident_analytics.analysis.snapshots.weekly_baseline import FEWEST_WEEKS, WeeklyBaseline, local
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from incident_analytics.analysis.snapshots.amounts import Course
    from incident_analytics.analysis.snapshots.series import Floats, Marks, Span, Times

MOST_PLACEBOS: Final = 336
LEVEL_HOURS: Final = dt.timedelta(hours=4)
PLACEBO_DAYS: Final = dt.timedelta(days=14)
LEAST_COVERAGE: Final = 0.9
# the weeks before that the usual of a quiet window may be the median of: as for the impact, else of one week only
_WEEKS: Final = (FEWEST_WEEKS, 1)
_MICROSECOND: Final = dt.timedelta(microseconds=1)
_LEVEL, _PLACEBO_SPAN = LEVEL_HOURS // _MICROSECOND, PLACEBO_DAYS // _MICROSECOND
_HOUR: Final = dt.timedelta(hours=1) // _MICROSECOND


def lost_amount(  # noqa: PLR0913 -- a metric, its past, the impact, and how to count
    samples: pl.DataFrame,
    *,
    onset: dt.datetime,
    end: dt.datetime,
    until: dt.datetime | None = None,
    per: dt.timedelta,
    history: pl.DataFrame | None = None,
    incidents: Sequence[Span] = (),
    zone: str = "UTC",
) -> LostAmount:
    """What was not taken in (onset, end], what came back in (end, until], and what was lost of it.

    usual = (median of the same local time in the last 4 weeks) * (actual / that median over the 4 hours before onset).
    amount = (mean of usual - mean of actual) * duration / per. Its 90 % interval is conformal (Vovk, Gammerman and
    Shafer, 2005, doi:10.1007/b106715): actual / usual of windows of the same length, as long after their own 4 hours,
    that begin in the last two weeks before `onset`, are free of incidents and have at least two weeks of history before
    them (where fewer than 20 do, one week: a worse guess, so a wider interval); usual times the 5 % and the 95 %
    quantile of these ratios, less actual. The interval of what was lost comes
    from windows over both parts, so it is not the sum of the other two.

    Args:
        samples: Columns timestamp and value of one series, unit where there is one. A value is the rate of the time
            before its timestamp. From four hours before `onset`, and further back without `history`.
        onset: Where the impact begins.
        end: Where it ends.
        until: How far demand may come back; None: not asked.
        per: The time that one value counts: a minute for a rate per minute (`counted_per`), the step for counts a step.
        history: The same metric before `samples`, at any step. Where both have samples, these are not used.
        incidents: Other incidents, which are left out of usual values and of the windows for the interval.
        zone: The zone whose clock demand follows.

    >>> import polars as pl
    >>> onset = dt.datetime(2024, 1, 15, 12, tzinfo=dt.UTC)
    >>> hours = range(-6 * 168, 7)
    >>> samples = pl.DataFrame({
    ...     "timestamp": [onset + dt.timedelta(hours=hour) for hour in hours],
    ...     "value": [40.0 if 1 <= hour <= 2 else 100.0 for hour in hours],
    ... })
    >>> an_hour = dt.timedelta(hours=1)
    >>> lost_amount(samples, onset=onset, end=onset + 2 * an_hour, per=an_hour).lost.amount
    120.0

    Raises:
        ParameterError: `end` is not after `onset`, `until` not after `end`, `per` not above zero, or no zone.
    """
    begun, ended = window(onset, end)
    if per <= dt.timedelta(0):
        raise ParameterError("per", expected="a duration above zero", found=str(per))
    over = None if until is None else window(end, until)[1]
    measured = series_of(samples)
    past = _past(measured, series_of(history) if history is not None else None, begun)
    free = outside(past.at, incidents)
    usual = WeeklyBaseline.of(past, free, zone)
    before = measured.part(begun - _LEVEL + 1, begun + 1)
    level = next((found for weeks in _WEEKS if (found := _level(before, usual, zone, weeks)) is not None), None)
    ground = _Ground(
        measured, past, free, usual, level, zone, begun, per // _MICROSECOND, _usual_past(past, usual, zone)
    )
    not_taken = ground.amount(begun, ended, sign=1)
    return LostAmount(
        not_taken=not_taken,
        came_back=None if over is None else ground.amount(ended, over, sign=-1),
        lost=not_taken if over is None else ground.amount(begun, over, sign=1),
        unit=measured.unit or past.unit,
        level_ratio=level,
        weeks=ground.weeks(begun, ended),
        set_aside=measured.set_aside,
        course=ground.course(begun - _HOUR, over or ended),
    )


def _past(measured: Series, history: Series | None, begun: int) -> Series:
    """All samples up to the onset; of the two series the history up to the first measured sample."""
    own = measured.part(-(2**62), begun + 1)
    if history is None or not history.at.size:
        return own
    older = history.part(-(2**62), int(own.at[0]) if own.at.size else begun + 1)
    if not older.at.size:
        return own
    # one value a step of the history, so that a finer snapshot weighs no more than the history does
    step = max(older.step, 1)
    slot = (own.at - older.at[-1] - 1) // step
    ends = np.flatnonzero(np.diff(slot, append=slot[-1:] + 1)) if slot.size else slot
    means = [float(own.value[slot == slot[place]].mean()) for place in ends.tolist()]
    at = np.concatenate((older.at, older.at[-1] + (slot[ends] + 1) * step)).astype(np.int64)
    kept = at <= begun
    return Series(at[kept], np.concatenate((older.value, means))[kept], older.unit, 0)


def _usual_past(past: Series, baseline: WeeklyBaseline, zone: str) -> tuple[tuple[int, Floats], ...]:
    """What was usual at each sample of the past, by the median of at least two weeks, and by that of at least one."""
    usual, weeks = baseline.usual(local(past.at, zone), fewest=min(_WEEKS))
    return tuple((fewest, np.where(weeks >= fewest, usual, np.nan)) for fewest in _WEEKS)


def _level(before: Series, baseline: WeeklyBaseline, zone: str, weeks: int) -> float | None:
    """Actual over usual in the hours before the onset."""
    usual = baseline.usual(local(before.at, zone), fewest=weeks)[0]
    known = np.isfinite(usual)
    total = float(usual[known].sum())
    return float(before.value[known].sum()) / total if total > 0 else None


@dataclass(frozen=True, slots=True)
class _Ground:
    """All that one amount is computed from."""

    measured: Series
    past: Series
    free: Marks
    baseline: WeeklyBaseline
    level: float | None
    zone: str
    begun: int
    per: int
    usual_past: tuple[tuple[int, Floats], ...]

    def usual(self, at: Times) -> Floats:
        return self.baseline.usual(local(at, self.zone))[0]

    def weeks(self, since: int, until: int) -> int:
        part = self.measured.part(since + 1, until + 1)
        return int(self.baseline.usual(local(part.at, self.zone))[1].min()) if part.at.size else 0

    def amount(self, since: int, until: int, *, sign: int) -> Amount:
        """Usual less actual (sign 1) or actual less usual (sign -1) in (since, until]."""
        part = self.measured.part(since + 1, until + 1)
        usual, ratio = self.usual(part.at), self.level
        known = np.isfinite(usual)
        reason = self._missing(part, known, ratio, until - since)
        if reason or ratio is None:
            return self._answer(since, until, part, reason=reason)
        times = (until - since) / self.per
        expected, actual = float(usual[known].mean()) * ratio * times, float(part.value[known].mean()) * times
        weeks, ratios = self._placebos(since - self.begun, until - self.begun)
        ends = interval_of(ratios)
        low, high = sorted(sign * (expected * each - actual) for each in ends) if ends else (None, None)
        why = "" if ends else too_few(ratios.size)
        return Amount(
            *self._span(since, until),
            amount=sign * (expected - actual),
            low=low,
            high=high,
            usual=expected,
            actual=actual,
            level=INTERVAL,
            n=part.at.size,
            n_placebos=ratios.size,
            reason=why,
            placebo_weeks=weeks if ends else 0,
        )

    def _answer(self, since: int, until: int, part: Series, *, reason: str) -> Amount:
        nothing = (None, None, None, None, None)
        return Amount(*self._span(since, until), *nothing, INTERVAL, part.at.size, 0, reason)

    @staticmethod
    def _span(since: int, until: int) -> tuple[dt.datetime, dt.datetime]:
        epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        return epoch + since * _MICROSECOND, epoch + until * _MICROSECOND

    def course(self, since: int, until: int) -> Course | None:
        """Actual and usual from one instant to another."""
        part = self.measured.part(since + 1, until + 1)
        return course_of(part, self.usual(part.at) * (self.level or np.nan), since, until)

    def _missing(self, part: Series, known: Marks, ratio: float | None, length: int) -> str:
        if not part.at.size:
            return "no samples in the window"
        expected = length // self.measured.step if self.measured.step else 0
        if part.at.size < LEAST_COVERAGE * expected:
            return f"samples are missing: {part.at.size} in the window, {expected} were expected"
        if known.mean() < LEAST_COVERAGE:
            return "too little history: the same hour of the week is not known of at least two weeks before"
        return "" if ratio is not None else "nothing was taken in the four hours before, so there is no level"

    def _placebos(self, offset: int, stop: int) -> tuple[int, Floats]:
        """The ratios of quiet windows, and how many weeks are known before each at least: as many as leave enough."""
        for weeks, usual in self.usual_past:
            ratios = self._placebo_ratios(offset, stop, usual)
            if ratios.size >= FEWEST_PLACEBOS or weeks == min(_WEEKS):
                return weeks, ratios
        return 0, np.zeros(0)

    def _placebo_ratios(self, offset: int, stop: int, usual: Floats) -> Floats:
        """Actual over usual of incident-free windows that lie like the asked one, begun in the last two weeks."""
        past, step = self.past, max(self.past.step, 1)
        whole = self.free & np.isfinite(usual)
        good, taken, expected = (
            np.concatenate(([0.0], np.cumsum(np.where(whole, each, 0.0))))
            for each in (np.ones(past.at.size), past.value, usual)
        )
        # as many whole hours apart as keeps them few, so that every hour of the day has its share
        hours = max(1, math.ceil(_PLACEBO_SPAN / _HOUR / MOST_PLACEBOS))
        begins = self.begun - np.arange(1, _PLACEBO_SPAN // (hours * _HOUR) + 1) * hours * _HOUR
        begins = begins[begins + stop <= self.begun]
        stop = max(stop, offset + step)
        edges = [np.searchsorted(past.at, begins + shift, side="right") for shift in (-_LEVEL, 0, offset, stop)]
        before, level, first, last = edges
        full = (good[level] - good[before] >= LEAST_COVERAGE * (_LEVEL // step)) & (level > before)
        full &= (good[last] - good[first] >= LEAST_COVERAGE * ((stop - offset) // step)) & (last > first)
        full &= (good[last] - good[before]) >= last - before
        levels, usuals = taken[level] - taken[before], expected[level] - expected[before]
        expected_of = (expected[last] - expected[first]) * levels
        full &= expected_of > 0
        actual = (taken[last] - taken[first]) * usuals
        return np.asarray(actual[full] / expected_of[full], dtype=np.float64)
