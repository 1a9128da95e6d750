"""When the impact began and ended, from one metric; or why this metric cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from incident_analytics.analysis.engine_door import instant_at
from incident_analytics.analysis.snapshots import placebos as quiet
from incident_analytics.analysis.snapshots.impact_stretches import impact_stretches
from incident_analytics.analysis.snapshots.series import Series, outside, series_of, window
from incident_analytics.analysis.snapshots.three_levels import FEWEST_SAMPLES, robust_spread, three_levels

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import polars as pl

    from incident_analytics.analysis.snapshots.bad_direction import Direction
    from incident_analytics.analysis.snapshots.series import Floats, Span

Burst: TypeAlias = "tuple[dt.datetime, dt.datetime | None]"


@dataclass(frozen=True, slots=True)
class ImpactWindow:
    """When one metric left its level and when it came back.

    Args:
        onset_at: The first sample of the impact; None where none can be told.
        end_at: The first sample after it; None where none can be told, or where it was not back.
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
        stretches: From when to when it lasted, once for each burst; None as an end that cannot be told.
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
    stretches: tuple[Burst, ...] = ()

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
    kernel change points with a linear kernel (`two_cuts`), on deviations from the snapshot's median in robust standard
    deviations, clipped at +-CLIP, at least LEAST_SEGMENT samples a level (`three_levels`).
    It always finds something. So the same is done on quiet stretches of the same length from the history before
    `since`, and a window is told only where |median in - median out| exceeds their 95 % quantile. Where history is
    short they overlap and show less than quiet hours do, so the quantile is widened by 1 + 0.75 / n_apart
    (`placebos.margin`). Where a window is told, but the samples after it are not back near the level before
    (`impact_stretches`), it has no end. Where it came in bursts, it begins with the first and ends with the last.

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
    found = _found(snapshot.value)
    limit, undisturbed = None, None
    if with_guard and found and begins.size >= quiet.FEWEST_PLACEBOS:
        undisturbed = np.lib.stride_tricks.sliding_window_view(history.value, snapshot.at.size)[begins]
        limit = quiet.upper(_differences(undisturbed)) * quiet.margin(n_apart)
    return _told(found, snapshot, limit, _Receipt(begins.size, n_apart, with_guard, direction, series, undisturbed))


_ALWAYS: Final = -(2**62)


@dataclass(frozen=True, slots=True)
class _Receipt:
    n_placebos: int
    n_apart: int
    with_guard: bool
    direction: Direction
    series: Series
    quiet: Floats | None


@dataclass(frozen=True, slots=True)
class _Found:
    """The two cuts of one stretch and the medians of its levels."""

    onset: int
    end: int
    median_in: float
    median_out: float
    difference: float


def _found(values: Floats) -> _Found | None:
    """None where there is nothing to cut: too few samples, or all of them equal."""
    if values.size < FEWEST_SAMPLES or not robust_spread(values[None, :])[0]:
        return None
    found = three_levels(values[None, :])
    floats = (found.median_in, found.median_out, found.difference)
    return _Found(int(found.onset[0]), int(found.end[0]), *(float(each[0]) for each in floats))


def found_onset(values: Floats) -> int | None:
    """Where the level that stands out begins in a stretch of values; None where there is nothing to cut."""
    found = _found(values)
    return found.onset if found else None


def _differences(stretches: Floats) -> Floats:
    """What stands out of each quiet stretch; 0 where all its samples are equal."""
    differences = np.zeros(stretches.shape[0])
    varying = robust_spread(stretches) > 0
    if varying.any():
        differences[varying] = three_levels(stretches[varying]).difference
    return differences


def _told(found: _Found | None, snapshot: Series, limit: float | None, receipt: _Receipt) -> ImpactWindow:
    reason = ""
    stretches: tuple[Burst, ...] = ()
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
        stretches = _stretches(found, snapshot, limit, receipt)
        if stretches[-1][1] is None:
            goes_on = receipt.series.at[-1] > snapshot.at[-1]
            reason = f"not back when the {'search' if goes_on else 'evidence'} ends"
    return ImpactWindow(
        onset_at=stretches[0][0] if stretches else None,
        end_at=stretches[-1][1] if stretches else None,
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
        stretches=stretches,
    )


def _stretches(found: _Found, snapshot: Series, limit: float | None, receipt: _Receipt) -> tuple[Burst, ...]:
    told = impact_stretches(snapshot.value, found.onset, found.end, limit=limit or 0.0, quiet=receipt.quiet)
    return tuple(
        (instant_at(int(snapshot.at[begin])), None if end is None else instant_at(int(snapshot.at[end])))
        for begin, end in told
    )


def _nothing_to_cut(snapshot: Series) -> str:
    n = snapshot.at.size
    if not n:
        return "no samples in the snapshot"
    if n < FEWEST_SAMPLES:
        return f"too few samples: {n} in the snapshot, at least {FEWEST_SAMPLES} are needed"
    return "the metric does not vary"
