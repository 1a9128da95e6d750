"""Do incidents prefer some hours of the week: one test of the whole map, and only then which days and hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import stats

from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from incident_analytics.analysis.statistics.durations import Numbers

DAYS, HOURS = 7, 24
DRAWS: Final = 9_999
_RATE: Final = 0.05
_MAPS_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class CalendarHeat:
    """The weekday-by-hour map's test.

    Args:
        p_value: The chance of a map at least as uneven where no hour is preferred; None without incidents.
        weekdays: The weekdays (0 is Monday) that differ; none are named unless the whole map does.
        hours: The hours of the day that differ.
        n: How many incidents.
        expected: How many a cell has on average; below 5 a single cell says nothing.
        method: How it was computed, for the receipt.
        reason: Why there is no p-value.
    """

    p_value: float | None
    weekdays: tuple[int, ...]
    hours: tuple[int, ...]
    n: int
    expected: float
    method: str
    reason: str = ""


def calendar_heat(
    counts: Sequence[Numbers], *, seed: int, exposure: Sequence[Numbers] | None = None, draws: int = DRAWS
) -> CalendarHeat:
    """Whether a map of 7 weekdays by 24 hours is more uneven than chance.

    Pearson's chi-squared over all cells, over the weekdays and over the hours, against as many incidents thrown at
    random (Monte Carlo: cells are too empty for its distribution). The rarest of the three is the statistic, so it is
    one test: p = (1 + maps as rare) / (1 + draws). Cells alone would miss a month of Mondays. Where p is at most 0.05,
    the weekdays and the hours whose exact binomial test survives Benjamini and Hochberg at 5 % are named.

    Args:
        counts: Seven rows of 24 counts, Monday first, in the local time that people live in.
        seed: Of the draws; the same gives the same.
        exposure: How much there was to go wrong in each cell (hours in the period, deploys, traffic); equal where it is
            not given.
        draws: How many maps are thrown.

    Raises:
        ParameterError: The map is not 7 by 24, or incidents fell where there was no exposure.

    >>> office = [[2 if day < 5 and 9 <= hour < 17 else 0 for hour in range(24)] for day in range(7)]
    >>> found = calendar_heat(office, seed=1)
    >>> found.p_value, found.weekdays
    (0.0002, (5, 6))
    """
    table = _map(counts, "counts")
    chances = np.full((DAYS, HOURS), 1.0) if exposure is None else _map(exposure, "exposure")
    if (table[chances == 0] > 0).any() or not chances.sum():
        raise ParameterError("exposure", expected="some wherever an incident fell", found="0")
    n = round(float(table.sum()))
    chances = chances / chances.sum()
    method = f"Monte-Carlo chi-squared of {DAYS * HOURS} cells and their margins, {draws} draws, seed {seed}"
    expected = n / (DAYS * HOURS)
    if not n:
        return CalendarHeat(None, (), (), 0, expected, method, "no incidents")
    p_value = _chance(table, chances, seed=seed, draws=draws)
    is_uneven = p_value <= _RATE
    weekdays = _differing(table.sum(axis=1), chances.sum(axis=1)) if is_uneven else ()
    hours = _differing(table.sum(axis=0), chances.sum(axis=0)) if is_uneven else ()
    return CalendarHeat(p_value, weekdays, hours, n, expected, method)


def _map(values: Sequence[Numbers], name: str) -> npt.NDArray[np.float64]:
    table = np.asarray(values, dtype=np.float64)
    if table.shape != (DAYS, HOURS) or not np.isfinite(table).all() or (table < 0).any():
        raise ParameterError(name, expected="7 rows of 24 numbers of 0 or more", found=f"the shape {table.shape}")
    return table


def _chance(counts: npt.NDArray[np.float64], chances: npt.NDArray[np.float64], *, seed: int, draws: int) -> float:
    """The p-value of the least of three: that of the cells, of the weekdays and of the hours."""
    n, generator = round(float(counts.sum())), np.random.default_rng(seed)
    uneven = [_unevenness(counts[np.newaxis], chances)]
    while (left := draws + 1 - sum(len(each) for each in uneven)) > 0:
        tables = generator.multinomial(n, chances.ravel(), size=min(left, _MAPS_AT_ONCE))
        uneven.append(_unevenness(tables.reshape(-1, DAYS, HOURS).astype(np.float64), chances))
    rarest = stats.rankdata(-np.concatenate(uneven), method="max", axis=0).min(axis=1)
    return int(np.count_nonzero(rarest <= rarest[0])) / (draws + 1)


def _unevenness(tables: npt.NDArray[np.float64], chances: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Pearson's chi-squared of each map's cells, weekdays and hours, but for what is the same for all maps."""
    sums = [(tables, chances), (tables.sum(axis=2), chances.sum(axis=1)), (tables.sum(axis=1), chances.sum(axis=0))]
    columns = []
    for observed, chance in sums:
        flat, expected = observed.reshape(len(tables), -1), chance.ravel()
        columns.append((flat[:, expected > 0] ** 2 / expected[expected > 0]).sum(axis=1))
    # equally uneven maps may differ in the last digit
    return np.asarray(np.round(np.stack(columns, axis=1), 6), dtype=np.float64)


def _differing(counts: npt.NDArray[np.float64], chances: npt.NDArray[np.float64]) -> tuple[int, ...]:
    n = round(float(counts.sum()))
    tests = [stats.binomtest(round(count), n, min(chance, 1.0)) for count, chance in zip(counts, chances, strict=True)]
    adjusted = stats.false_discovery_control([test.pvalue for test in tests])
    return tuple(int(place) for place in np.flatnonzero(adjusted <= _RATE))
