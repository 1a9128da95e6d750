"""Claim: the trend numbers of 1,000,000 incidents cost no more CPU than the same in plain pandas, and grow as the rows.

Ours starts from the frame of a history and gives the incidents in order, how many a period has and its rate, how much
of the time something was impacted, the median and the ninetieth percentile of two response times in each period, the
mixes of severities and of sources of detection, and the targets met. These carry exact intervals, open incidents count
as open, business days are known, and what is left out is counted. Pandas gives the bare numbers alone, of the incidents
that are done, in the fastest way that it has for each. Both start from frames in memory; CPU seconds are compared.

    .venv/bin/python benchmarks/trend_numbers.py [MOST_ROWS]
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import polars as pl

from incident_analytics.analysis.statistics.survival import time_until_done
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.incident_rate import rate_trend
from incident_analytics.analysis.trends.mix import mix_of
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.analysis.trends.targets import response_targets
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources.histories import HISTORY_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from incident_analytics.model.runbook import Runbook

ROWS = 1_000_000
FEWEST = 10_000
AS_OF = datetime(2024, 12, 31, tzinfo=UTC)
START = datetime(2023, 1, 1, tzinfo=UTC)
SEVERITIES, SOURCES = ["SEV1", "SEV2", "SEV3", "SEV4"], ["monitoring_alert", "customer", "employee"]
METRICS = {
    "time_to_acknowledgment": ("detected_at", "acknowledged_at"),
    "time_to_resolution": ("started_at", "resolved_at"),
}
TARGET_SECONDS = {"SEV1": 300, "SEV2": 900, "SEV3": 3600}
MOST_RATIO = 1.0
# Ten times the rows may cost this many times as much: the rows, and a tenth for the noise of a machine.
MOST_GROWTH = 11.0


def history(rows: int) -> pl.DataFrame:
    """A history as `load_incidents` gives it, the same one every time; one in fifty incidents is open."""
    dice = np.random.default_rng(1)
    began = int(START.timestamp()) + dice.integers(0, int((AS_OF - START).total_seconds()), rows)
    detected = began + dice.exponential(300, rows).astype(np.int64)
    acknowledged = detected + dice.lognormal(5, 1.2, rows).astype(np.int64)
    resolved = acknowledged + dice.lognormal(8, 1.3, rows).astype(np.int64)
    ends = (resolved <= AS_OF.timestamp()) & (dice.random(rows) > 1 / 50)
    instants = {"started_at": began, "detected_at": detected, "acknowledged_at": acknowledged}
    frame = pl.DataFrame(
        {
            **instants,
            "resolved_at": pl.Series(resolved).zip_with(pl.Series(ends), pl.Series([None], dtype=pl.Int64)),
            "severity": pl.Series(SEVERITIES).gather(dice.choice(4, rows, p=[0.1, 0.2, 0.4, 0.3])),
            "detected_by": pl.Series(SOURCES).gather(dice.integers(0, 3, rows)),
            "service": pl.Series([f"service-{number}" for number in range(20)]).gather(dice.integers(0, 20, rows)),
        }
    ).with_columns(
        (pl.col(*instants, "resolved_at") * 1_000_000).cast(pl.Datetime("us", "UTC")),
        id=pl.format("INC-{}", pl.int_range(rows)),
        status=pl.when(pl.col("resolved_at").is_null()).then(pl.lit("open")).otherwise(pl.lit("resolved")),
    )
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in HISTORY_SCHEMA.items() if name not in frame.columns]
    return frame.with_columns(absent).select(list(HISTORY_SCHEMA))


def ours(frame: pl.DataFrame, runbook: Runbook) -> list[object]:
    """The numbers of a trend report."""
    cut = cohort(frame, Scope(AS_OF, since=START, period="quarter"), runbook)
    numbers: list[object] = [rate_trend(cut), mix_of(cut, "severity"), mix_of(cut, "detected_by")]
    numbers.append(response_targets(cut, runbook))
    for metric in METRICS:
        watched = cut.watched(metric)
        for period in cut.periods:
            of_period = watched.of(watched.rows["period"] == period.label)
            numbers += [time_until_done(of_period.seconds, of_period.is_open, share=share) for share in (0.5, 0.9)]
    return numbers


def theirs(frame: pd.DataFrame) -> list[object]:
    """The same, as far as pandas goes: of what is done, and without an interval."""
    frame = frame.sort_values("started_at", kind="stable")
    began = frame["started_at"].dt
    period = (began.year * 4 + began.quarter).rename("period")
    counts = period.value_counts(sort=False)
    numbers: list[object] = [counts]
    for column in ("severity", "detected_by"):
        of_group = frame.groupby([period, column], observed=True).size().unstack()  # noqa: PD010 -- the faster one
        numbers.append(of_group.div(of_group.sum(axis=1), axis=0))
    for start, end in METRICS.values():
        seconds = (frame[end] - frame[start]).dt.total_seconds()
        grouped = seconds.groupby(period)
        numbers += [grouped.count(), grouped.median(), grouped.quantile(0.9)]
    waited = (frame["acknowledged_at"] - frame["detected_at"]).dt.total_seconds()
    is_met = waited <= frame["severity"].map(TARGET_SECONDS).astype("float64")
    numbers.append(is_met.groupby([frame["severity"], period], observed=True).mean())
    return [*numbers, *impact(frame)]


def impact(frame: pd.DataFrame) -> list[object]:
    """How long at least one incident lasted, in each quarter and in all, and of each service; rows are in order."""
    start = frame["started_at"].astype("int64").to_numpy()
    end = frame["resolved_at"].fillna(pd.Timestamp(AS_OF)).astype("int64").to_numpy()
    edges = [int(edge.timestamp() * 1e6) for edge in [*pd.date_range(START, AS_OF, freq="QS"), AS_OF]]
    spans = [*pairwise(edges), (edges[0], edges[-1])]
    numbers: list[object] = [union(start, end, low, high) for low, high in spans]
    services = frame.groupby("service").indices
    return [*numbers, *(union(start[rows], end[rows], edges[0], edges[-1]) for rows in services.values())]


def union(start: npt.NDArray[np.int64], end: npt.NDArray[np.int64], low: int, high: int) -> int:
    """The length of the union of stretches, which begin in order, within a span."""
    begun, reached = start.clip(low, high), np.maximum.accumulate(end.clip(low, high))
    before = np.concatenate([[low], reached[:-1]])
    return int((reached - np.maximum(begun, before)).clip(0).sum())


def cpu_seconds(work: Callable[[], object]) -> float:
    """The fewest CPU seconds of three runs, so that other work on the machine weighs little."""
    spent = []
    for _ in range(3):
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
    return min(spent)


def main() -> int:
    """Measures both sides for three sizes and prints the ratios."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    runbook, used = load_runbook(), [*dict.fromkeys(name for pair in METRICS.values() for name in pair)]
    ours(history(1000), runbook)  # what is loaded once in a process is not counted for either side
    found: list[float] = []
    sizes = [size for size in (FEWEST, 10 * FEWEST, 100 * FEWEST) if size <= most]
    for rows in sizes:
        frame = history(rows)
        in_pandas = frame.select("id", "service", *used, "severity", "detected_by").to_pandas()
        own, bare = cpu_seconds(lambda: ours(frame, runbook)), cpu_seconds(lambda: theirs(in_pandas))  # noqa: B023 -- now
        found.append(own)
        print(f"{rows:9,} incidents: {own:.2f} CPU s; plain pandas {bare:.2f}; ratio {own / bare:.2f}")
    growth = [later / earlier for earlier, later in pairwise(found)]
    print(f"ten times the rows cost {' and '.join(f'{each:.1f}' for each in growth)} times as much")
    print(f"at most: ratio {MOST_RATIO:g} for the most rows, growth {MOST_GROWTH:g}")
    return 0 if own <= MOST_RATIO * bare and max(growth, default=0) <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
