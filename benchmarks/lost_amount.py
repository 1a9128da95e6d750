"""Claim: what was lost on a series with a weekly rhythm is told within 5 %, by intervals that hold it in 85 to 95 %.

Nothing is lost in a quiet window, so what is told of it is the error: seeded windows of one, three and six hours in
the tenth week of synthetic half-hourly demand (a rhythm of day and week, days that are better or worse as a whole,
noise that hangs together). Errors are shares of what was usual. The alternative in the same run: the flat median of
the four hours before.

    .venv/bin/python benchmarks/lost_amount.py [WINDOWS]
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from incident_analytics.analysis.snapshots.lost_amount import lost_amount

if TYPE_CHECKING:
    from numpy.random import Generator

WINDOWS, HOURS, WEEKS = 150, (1, 3, 6), 10
MOST_ERROR, COVERED = 0.05, (0.85, 0.95)
BEGUN, STEP = datetime(2024, 1, 1, tzinfo=UTC), timedelta(minutes=30)
A_DAY, WORKDAYS = 48, 5


def demand(generator: Generator) -> pl.DataFrame:
    """Ten weeks of demand each half hour, as a city's taxis have it."""
    samples = WEEKS * 7 * A_DAY
    day = np.arange(samples) // A_DAY
    hour = np.arange(samples) % A_DAY / 2
    rhythm = 1 + 0.8 * np.sin(2 * np.pi * (hour - 10) / 24) * np.where(day % 7 < WORKDAYS, 1.0, 0.6)
    better = np.repeat(generator.normal(0, 0.06, WEEKS * 7), A_DAY)
    hanging = 0.04 * generator.normal(size=samples)
    for at in range(1, samples):
        hanging[at] += 0.7 * hanging[at - 1]
    values = 15_000 * rhythm * np.exp(better + hanging)
    return pl.DataFrame({"timestamp": [BEGUN + STEP * number for number in range(samples)], "value": values})


def of_quiet_windows(windows: int, hours: int, seed: int = 14) -> tuple[float, float, float]:
    """Median error, the share of intervals that hold the truth, and the median error of the flat median before."""
    generator = np.random.default_rng(seed)
    errors, held, flat = [], [], []
    length, before = hours * 2, 8
    for number in range(windows):
        if number % 10 == 0:
            samples = demand(generator)
            values = samples["value"].to_numpy()
        first = int(generator.integers((WEEKS - 1) * 7 * A_DAY, WEEKS * 7 * A_DAY - length))
        onset = BEGUN + STEP * (first - 1)
        found = lost_amount(samples, onset=onset, end=onset + STEP * length, per=STEP).not_taken
        if found.amount is None or found.low is None or found.high is None or found.usual is None:
            raise SystemExit(found.reason)
        actual = float(values[first : first + length].sum())
        errors.append(abs(found.amount) / actual)
        held.append(found.low <= 0 <= found.high)
        flat.append(abs(float(np.median(values[first - before : first])) * length - actual) / actual)
    return float(np.median(errors)), float(np.mean(held)), float(np.median(flat))


def main(windows: int = WINDOWS) -> int:
    """Measures error and coverage at each length and compares them with the claim."""
    kept, begun = True, time.process_time()
    for hours in HOURS:
        error, held, flat = of_quiet_windows(windows, hours)
        print(f"{hours} h, {windows} windows: median error {error:.1%}, held {held:.0%}; flat median {flat:.1%}")
        kept &= error <= MOST_ERROR and COVERED[0] <= held <= COVERED[1]
    print(f"{time.process_time() - begun:.0f} s of CPU")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(*(int(number) for number in sys.argv[1:2])))
