"""When the impact began and ended, from one metric; or why this metric cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.engine_door import instant_at
from incident_analytics.analysis.snapshots import placebos as quiet
from incident_analytics.analysis.snapshots.series import Series, outside, series_of, window

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import polars as pl

    from incident_analytics.analysis.snapshots.bad_direction import Direction
    from incident_analytics.analysis.snapshots.series import Floats, Span

# fewer samples hold no level before, during and after
FEWEST_SAMPLES: Final = 12
LEAST_SEGMENT: Final = 3
CLIP: Final = 4.0  # 8 lets an unrelated peak of three samples outweigh an impact of half an hour
# of a normal distribution: standard deviation = 1.4826 median absolute deviations = 1.2533 mean ones
_FROM_MEDIAN, _FROM_MEAN = 1.4826, 1.2533
_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class ImpactWindow:
    """When one metric left its level and when it came back.

    Args:
        onset_at: The first sample of the impact; None where none can be told.
        end_at: The first sample after it; None where none can be told, or where the metric had not come back.
        reason: Why an end or the whole window cannot be told; empty where both can.
        median_in: Median of the samples of the window that was found, told or not.
        median_out: Median of the others of the snapshot.
        difference: |median_in - median_out|.
        threshold: What quiet stretches differ by: their `quantile`, widened where they overlap. None without enough.
        quantile: Which one.
        unit: The unit of the four numbers before.
        n: Finite samples of the snapshot.
        n_placebos: Quiet stretches of the same length that were searched the same way.
        n_apart: How many of them do not overlap each other.
        set_aside: Samples of the series without a time or a finite value.
    """

    onset_at: dt.datetime | None
    end_at: dt.datetime | None
    reason: str
    median_in: float | None
    median_out: float | None
    difference: float | None
    threshold: float | None
    quantile: float
    unit: str
    n: int
    n_placebos: int
    n_apart: int
    set_aside: int

    @property
    def is_told(self) -> bool:
        """Whether this metric tells when the impact began."""
        return self.onset_at is not None


def impact_window(
    samples: pl.DataFrame,
    *,
    since: dt.datetime,
    until: dt.datetime,
    incidents: Sequence[Span] = (),
    direction: Direction = "either",
    placebos: int = quiet.PLACEBOS,
    with_guard: bool = True,
) -> ImpactWindow:
    """Onset and end of the impact in one series, or the reason why it cannot be told.

    The two cuts of the snapshot [since, until) that leave the smallest squared deviations from three levels:
    `ruptures`' KernelCPD with a linear kernel (Celisse et al., 2018, jmlr.org/papers/v19/16-155.html), on deviations
    from the snapshot's median in robust standard deviations, clipped at +-CLIP, at least LEAST_SEGMENT samples a level.
    It always finds something. So the same is done on quiet stretches of the same length from the history before
    `since`, and a window is told only where |median in - median out| exceeds their 95 % quantile. Where history is
    short they overlap and show less than quiet hours do, so the quantile is widened by 1 + 0.75 / n_apart
    (`placebos.margin`). Where a window is told, but the samples after it do not differ from it by as much, the metric
    had not come back: no end.

    Args:
        samples: Columns timestamp and value of one series, unit where there is one; its history before `since` too.
        since: Where the snapshot that is searched begins: well before the impact is thought to begin.
        until: Where it ends: well after the impact is thought to be over.
        incidents: Other incidents; stretches that touch them are not quiet.
        direction: Which way trouble moves the metric (`bad_direction`). A window in which it moved the other way is
            no impact.
        placebos: How many quiet stretches to search, at least 30.
        with_guard: Whether to compare with quiet stretches at all. Without, any series has a window.

    Raises:
        ParameterError: `until` is not after `since`, fewer than 30 placebos are asked for, or an instant has no zone.

    >>> import polars as pl
    >>> from datetime import UTC, datetime, timedelta
    >>> noon = datetime(2024, 1, 15, 12, tzinfo=UTC)
    >>> at = [noon + timedelta(minutes=minute) for minute in range(-240, 60)]
    >>> values = [50.0 if 10 <= minute < 30 else float(minute % 7) for minute in range(-240, 60)]
    >>> samples = pl.DataFrame({"timestamp": at, "value": values})
    >>> found = impact_window(samples, since=noon, until=noon + timedelta(hours=1))
    >>> f"{found.onset_at:%H:%M} {found.end_at:%H:%M} {found.difference} {found.threshold}"
    '12:10 12:30 47.0 2.5'
    """
    first, last = window(since, until)
    series = series_of(samples)
    snapshot, history = series.part(first, last), series.part(_ALWAYS, first)
    begins = quiet.stretches(outside(history.at, incidents), snapshot.at.size, quiet.checked(placebos))
    n_apart = quiet.apart(begins, snapshot.at.size)
    found = _Found.within(snapshot.value)
    limit = None
    if with_guard and found and begins.size >= quiet.FEWEST_PLACEBOS:
        n = snapshot.at.size
        differences = np.array([_difference(history.value[begin : begin + n]) for begin in begins.tolist()])
        limit = quiet.upper(differences) * quiet.margin(n_apart)
    return _told(found, snapshot, limit, _Receipt(begins.size, n_apart, with_guard, direction, series))


_ALWAYS: Final = -(2**62)


@dataclass(frozen=True, slots=True)
class _Receipt:
    n_placebos: int
    n_apart: int
    with_guard: bool
    direction: Direction
    series: Series


@dataclass(frozen=True, slots=True)
class _Found:
    """The two cuts of one stretch and the medians of the three levels."""

    onset: int
    end: int
    median_in: float
    median_out: float
    median_before: float
    median_after: float

    @classmethod
    def within(cls, values: Floats) -> _Found | None:
        """None where there is nothing to cut: too few samples, or all of them equal."""
        import ruptures  # noqa: PLC0415 -- 1.5 s of CPU, only where a window is looked for

        spread = robust_spread(values)
        if values.size < FEWEST_SAMPLES or not spread:
            return None
        deviations = np.clip((values - np.median(values)) / spread, -CLIP, CLIP)
        search = ruptures.KernelCPD(kernel="linear", min_size=LEAST_SEGMENT)
        onset, end, _ = search.fit(deviations.reshape(-1, 1)).predict(n_bkps=2)
        levels = [float(np.median(part)) for part in (values[:onset], values[onset:end], values[end:])]
        # a level that holds to the end leaves one of the two cuts to noise
        if abs(levels[1] - levels[0]) < abs(levels[2] - levels[0]) / 2:
            onset, end = end, values.size
        before, during, after = values[:onset], values[onset:end], values[end:] if end < values.size else values[onset:]
        others = np.concatenate((before, after)) if end < values.size else before
        medians = (float(np.median(part)) for part in (during, others, before, after))
        return cls(onset, end, *medians)

    @property
    def difference(self) -> float:
        # two levels that are the same number must not differ by the last digit of a sum
        return float(np.round(abs(self.median_in - self.median_out), _DIGITS))


def robust_spread(values: Floats) -> float:
    """The standard deviation of the middle: 1.4826 median absolute deviations.

    Where more than half of the values are equal that is 0, and the mean absolute deviation takes its place.

    >>> robust_spread(np.array([1.0, 2.0, 3.0])), robust_spread(np.array([5.0, 5.0]))
    (1.4826, 0.0)
    """
    if not values.size:
        return 0.0
    deviations = np.abs(values - np.median(values))
    return float(_FROM_MEDIAN * np.median(deviations)) or float(_FROM_MEAN * deviations.mean())


def found_onset(values: Floats) -> int | None:
    """Where the level that stands out begins in a stretch of values; None where there is nothing to cut."""
    found = _Found.within(values)
    return found.onset if found else None


def _difference(values: Floats) -> float:
    found = _Found.within(values)
    return found.difference if found else 0.0


def _told(found: _Found | None, snapshot: Series, limit: float | None, receipt: _Receipt) -> ImpactWindow:
    reason, onset, end = "", None, None
    if found is None:
        reason = _nothing_to_cut(snapshot)
    elif receipt.with_guard and limit is None:
        reason = (
            f"too little history: {receipt.n_placebos} quiet stretches as long as the snapshot, "
            f"at least {quiet.FEWEST_PLACEBOS} are needed"
        )
    elif limit is not None and found.difference <= limit:
        reason = "what moved is within what quiet stretches of the same length do"
    elif receipt.direction == ("rises" if found.median_in < found.median_out else "falls"):
        reason = f"it moved the other way: trouble makes it {receipt.direction.removesuffix('s')}"
    else:
        onset = instant_at(int(snapshot.at[found.onset]))
        is_back = limit is None or abs(found.median_after - found.median_in) > limit
        if is_back and found.end < snapshot.at.size:
            end = instant_at(int(snapshot.at[found.end]))
        else:
            reason = "the metric had not come back when the snapshot ends"
    return ImpactWindow(
        onset_at=onset,
        end_at=end,
        reason=reason,
        median_in=found.median_in if found else None,
        median_out=found.median_out if found else None,
        difference=found.difference if found else None,
        threshold=limit,
        quantile=quiet.QUANTILE,
        unit=receipt.series.unit,
        n=snapshot.at.size,
        n_placebos=receipt.n_placebos,
        n_apart=receipt.n_apart,
        set_aside=receipt.series.set_aside,
    )


def _nothing_to_cut(snapshot: Series) -> str:
    n = snapshot.at.size
    if not n:
        return "no samples in the snapshot"
    if n < FEWEST_SAMPLES:
        return f"too few samples: {n} in the snapshot, at least {FEWEST_SAMPLES} are needed"
    return "the metric does not vary"
