"""Durations as arrays: seconds, beside whether each is still running."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Numbers: TypeAlias = Sequence[float] | npt.NDArray[np.float64]
    Flags: TypeAlias = Sequence[bool] | npt.NDArray[np.bool_]
    # How durations may be handed to a statistic: with their flags, or as numbers whose flags go beside them.
    Seconds: TypeAlias = "Numbers | Durations"

# Past this many, a group stands as that many of its own quantiles where all pairs or many tries are needed.
MOST_PAIRED: Final = 2_000
# Zero has no logarithm, and clocks of people are never truer than this.
SHORTEST_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Durations:
    """Seconds, and for each whether it is still running, so that it is at least that long."""

    seconds: npt.NDArray[np.float64]
    is_open: npt.NDArray[np.bool_]

    @property
    def done(self) -> npt.NDArray[np.float64]:
        """The seconds of those that ended."""
        return self.seconds[~self.is_open]

    @property
    def n(self) -> int:
        """How many, open ones included."""
        return self.seconds.size

    @property
    def n_open(self) -> int:
        """How many are open."""
        return int(np.count_nonzero(self.is_open))


def durations(seconds: Seconds, is_open: Flags | None = None) -> Durations:
    """Checked durations; nothing is left out and nothing is guessed.

    Args:
        seconds: How long each took; of an open one, how old it is. `Durations` are taken as they are.
        is_open: Which of them are open; none where it is not given.

    Raises:
        ParameterError: A duration is negative or not a number (those are findings, and belong into no statistic), the
            flags are not as many as the durations, or there are flags beside `Durations`, which have their own.
    """
    if isinstance(seconds, Durations):
        if is_open is not None:
            raise ParameterError("is_open", expected="none beside Durations, which have their own", found="flags")
        return seconds
    values = numbers(seconds, "seconds")
    if (values < 0).any():
        raise ParameterError("seconds", expected="durations of 0 or more", found=f"{values.min():g}")
    flags = np.zeros(values.size, dtype=np.bool_) if is_open is None else np.asarray(is_open, dtype=np.bool_)
    if flags.shape != values.shape:
        raise ParameterError("is_open", expected=f"{values.size} flags, one a duration", found=f"{flags.size}")
    return Durations(values, flags)


def numbers(values: Numbers, name: str) -> npt.NDArray[np.float64]:
    """One-dimensional finite floats.

    Raises:
        ParameterError: Some are missing or infinite.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or not np.isfinite(array).all():
        raise ParameterError(name, expected="finite numbers in one dimension", found=f"{array[:3]} ...")
    return array


def logs(seconds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Natural logarithms; what took less than one second counts as one."""
    return np.log(np.maximum(seconds, SHORTEST_SECONDS))


def thinned(given: Durations) -> Durations:
    """At most about 2,000 durations that are distributed like the given ones, with the same share of them open.

    >>> thinned(durations(range(100_000))).seconds[:2].round().tolist()
    [25.0, 75.0]
    """
    share = MOST_PAIRED / given.n if given.n else 1.0
    if share >= 1:
        return given
    done, still = (
        _quantiles(part, math.ceil(part.size * share)) for part in (given.done, given.seconds[given.is_open])
    )
    return Durations(np.concatenate([done, still]), np.arange(done.size + still.size) >= done.size)


def _quantiles(values: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.float64]:
    middles = (np.arange(count) + 0.5) / max(count, 1)
    return np.asarray(np.quantile(values, middles) if count else values, dtype=np.float64)


def spread_of_logs(seconds: Seconds) -> float | None:
    """The standard deviation of the natural logarithms of the durations that ended; None of fewer than two.

    Of incidents it often is 1.0 to 1.5.

    >>> round(spread_of_logs([60, 600, 6000]), 4)
    2.3026
    """
    values = durations(seconds).done
    return float(np.std(logs(values), ddof=1)) if values.size > 1 else None
