"""Claim: the trend numbers of 1,000,000 incidents cost no more CPU than the same in plain pandas, and grow as the rows.

The same numbers on both sides: of each period how many incidents and their rate with its exact Poisson interval, how
much of the time something was impacted, of each of five durations how many have it and how many are open, median and
ninetieth percentile with their intervals; the shares of severities and of sources of detection in each period and the
targets met of each severity and period, each with the interval of Clopper and Pearson; the five longest; and how many
began at each hour of each weekday. What has no value is left out, and is counted by reason.

The other side is what a user of pandas would write: group_by and arrays, and for the intervals the same statistics from
where they are found, `scipy.stats.quantile_test` where all of a group is done, else `SurvfuncRight` of statsmodels.
What else our functions find on the way (what changed between halves, dispersion, tests of the map) is not asked of it.
Both start from frames in memory; CPU seconds are compared.

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
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import proportion_confint

from incident_analytics.analysis.trends.calendar import calendar
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.duration_periods import period_points
from incident_analytics.analysis.trends.incident_rate import rate_trend
from incident_analytics.analysis.trends.longest import longest
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
    "time_to_detection": ("started_at", "detected_at"),
    "time_to_acknowledgment": ("detected_at", "acknowledged_at"),
    "time_to_engage": ("detected_at", "engaged_at"),
    "time_to_mitigation": ("started_at", "mitigated_at"),
    "time_to_resolution": ("started_at", "resolved_at"),
}
TARGET_SECONDS = {"SEV1": 300, "SEV2": 900, "SEV3": 3600}
SHARES = (0.5, 0.9)
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
    later = {"engaged_at": acknowledged + 60, "mitigated_at": (acknowledged + resolved) // 2, "resolved_at": resolved}
    unknown = pl.Series([None], dtype=pl.Int64)
    frame = pl.DataFrame(
        {
            **instants,
            **{name: pl.Series(at).zip_with(pl.Series(ends), unknown) for name, at in later.items()},
            "severity": pl.Series(SEVERITIES).gather(dice.choice(4, rows, p=[0.1, 0.2, 0.4, 0.3])),
            "detected_by": pl.Series(SOURCES).gather(dice.integers(0, 3, rows)),
            "service": pl.Series([f"service-{number}" for number in range(20)]).gather(dice.integers(0, 20, rows)),
        }
    ).with_columns(
        (pl.col(*instants, *later) * 1_000_000).cast(pl.Datetime("us", "UTC")),
        id=pl.format("INC-{}", pl.int_range(rows)),
        status=pl.when(pl.col("resolved_at").is_null()).then(pl.lit("open")).otherwise(pl.lit("resolved")),
    )
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in HISTORY_SCHEMA.items() if name not in frame.columns]
    return frame.with_columns(absent).select(list(HISTORY_SCHEMA))


def ours(frame: pl.DataFrame, runbook: Runbook) -> list[object]:
    """The numbers of a trend report."""
    cut = cohort(frame, Scope(AS_OF, since=START, period="quarter"), runbook)
    numbers: list[object] = [rate_trend(cut), mix_of(cut, "severity"), mix_of(cut, "detected_by")]
    numbers += [response_targets(cut, runbook), longest(cut), calendar(cut)]
    for metric in METRICS:
        watched = cut.watched(metric)
        numbers += [period_points(watched, cut), watched.left_out]
    return numbers


def theirs(frame: pd.DataFrame) -> list[object]:
    """The same in pandas, numpy, scipy and statsmodels."""
    frame = frame[(frame["started_at"] >= START) & (frame["started_at"] <= AS_OF)]
    frame = frame.sort_values("started_at", kind="stable")
    began = frame["started_at"].dt
    period = (began.year * 4 + began.quarter).rename("period")
    counts = period.value_counts(sort=False)
    rates = [(stats.chi2.ppf(0.025, 2 * n) / 2, stats.chi2.ppf(0.975, 2 * n + 2) / 2) for n in counts]
    numbers: list[object] = [counts, rates]
    for column in ("severity", "detected_by"):
        of_group = frame.groupby([period, column], observed=True).size().unstack()  # noqa: PD010 -- the faster one
        of_all = of_group.sum(axis=1)
        numbers += [of_group.div(of_all, axis=0), *(clopper_pearson(of_group[name], of_all) for name in of_group)]
    is_open, rows = frame["status"] == "open", period.groupby(period).indices
    for start, end in METRICS.values():
        numbers += durations(frame, start, end, is_open, rows)
    seconds = (frame["resolved_at"] - frame["started_at"]).dt.total_seconds()
    longest_rows = seconds.nlargest(5)
    numbers += [frame.loc[longest_rows.index], longest_rows / seconds.sum()]
    numbers.append(frame.groupby([began.day_of_week, began.hour]).size())
    return [*numbers, *targets(frame, period), *impact(frame)]


def durations(
    frame: pd.DataFrame, start: str, end: str, is_open: pd.Series[bool], rows: dict[int, npt.NDArray[np.intp]]
) -> list[object]:
    """Of each period how many, how many open, median and ninetieth percentile with intervals; what has no value."""
    waits = is_open & frame[end].isna() & (end != "detected_at")
    seconds = (frame[end].where(~waits, pd.Timestamp(AS_OF)) - frame[start]).dt.total_seconds()
    seconds = seconds.where(seconds >= 0)
    values, pending = seconds.to_numpy(), waits.to_numpy()
    numbers: list[object] = [frame["id"][seconds.isna()].head(), int(seconds.isna().sum())]
    for own in rows.values():
        own = own[~np.isnan(values[own])]  # noqa: PLW2901 -- those with a value
        of_period, still = values[own], pending[own]
        numbers += [own.size, int(still.sum())]
        if not own.size:
            continue
        if still.any():
            curve = SurvfuncRight(of_period, (~still).astype(np.int64))
            numbers += [(curve.quantile(share), curve.quantile_ci(share)) for share in SHARES]
            continue
        numbers += list(np.quantile(of_period, SHARES))
        numbers += [stats.quantile_test(of_period, p=share).confidence_interval() for share in SHARES]
    return numbers


def targets(frame: pd.DataFrame, period: pd.Series[int]) -> list[object]:
    """Of each severity and period how many targets were met, missed, still run or are not evidenced."""
    detected, acknowledged = frame["detected_at"], frame["acknowledged_at"]
    room = pd.to_timedelta(frame["severity"].map(TARGET_SECONDS), unit="s")
    days = detected.dt.tz_localize(None).to_numpy().astype("datetime64[D]")
    next_days = np.busday_offset(days + 1, 0, roll="forward") + 1
    deadline = (detected + room).where(room.notna(), pd.Series(next_days, index=frame.index).dt.tz_localize("UTC"))
    is_open = frame["status"] == "open"
    conditions = [
        acknowledged < detected,
        acknowledged < deadline,
        acknowledged.notna(),
        ~is_open,
        deadline > pd.Timestamp(AS_OF),
    ]
    outcome = np.select(conditions, [3, 0, 1, 3, 2], 4)
    found = pd.DataFrame({"severity": frame["severity"], "period": period, "outcome": outcome})
    counts = found.groupby(["severity", "period", "outcome"], observed=True).size().unstack(fill_value=0)  # noqa: PD010 -- the faster one
    met = counts.get(0, 0)
    return [counts, clopper_pearson(met, met + counts.get(1, 0) + counts.get(4, 0))]


def clopper_pearson(count: pd.Series[int] | int, of: pd.Series[int] | int) -> tuple[object, object]:
    """The exact interval of each share."""
    low, high = proportion_confint(count, of, method="beta")
    return low, high


def impact(frame: pd.DataFrame) -> list[object]:
    """How long at least one incident lasted, in each quarter and in all, and of each service; rows are in order."""
    ends = frame["mitigated_at"].fillna(frame["resolved_at"]).fillna(pd.Timestamp(AS_OF))
    start, end = (np.asarray(each.astype("int64"), dtype=np.int64) for each in (frame["started_at"], ends))
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
        in_pandas = frame.select("id", "service", "status", *used, "severity", "detected_by").to_pandas()
        own, bare = cpu_seconds(lambda: ours(frame, runbook)), cpu_seconds(lambda: theirs(in_pandas))  # noqa: B023 -- now
        found.append(own)
        print(f"{rows:9,} incidents: {own:.2f} CPU s; plain pandas {bare:.2f}; ratio {own / bare:.2f}")
    growth = [later / earlier for earlier, later in pairwise(found)]
    print(f"ten times the rows cost {' and '.join(f'{each:.1f}' for each in growth)} times as much")
    print(f"at most: ratio {MOST_RATIO:g} for the most rows, growth {MOST_GROWTH:g}")
    return 0 if own <= MOST_RATIO * bare and max(growth, default=0) <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
