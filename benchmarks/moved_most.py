"""Claim: the metrics of a broken service are among those that moved most, and quiet snapshots give nothing.

Twins of the Sock Shop data (Pham, Ha and Zhang, 2024, doi:10.1145/3660805; 13 services with CPU, memory, latency, load
and errors, a sample a second) are made from a seed: a fault pushes CPU or memory of one service up and drags the
latency of those that call it. Asked: Avg@5 of the broken service at least .95 (of its metrics' services, in order),
and in 100 snapshots without a fault at most 8 that name a metric. The alternative in the same run: the mean and
standard deviation in place of median and interquartile range. Then PetShop (../shared/data/metrics-petshop-rca, or the
folder that INCIDENT_REAL_DATA names): five samples an issue, so Avg@5 of the injected node is only shown.

    .venv/bin/python benchmarks/moved_most.py [CASES]
"""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from incident_analytics.analysis.snapshots.bad_direction import Direction, bad_direction
from incident_analytics.analysis.snapshots.moved_most import moved_most
from incident_analytics.analysis.snapshots.movement import floor_of, movements
from incident_analytics.analysis.snapshots.series import Series, series_of

DATA = Path(os.environ.get("INCIDENT_REAL_DATA", "../shared/data")) / "metrics-petshop-rca" / "low_traffic"
CASES, LEAST_AVG, MOST_ALARMS, OF = 50, 0.95, 8, 100
BEGUN, SECOND = datetime(2024, 1, 1, tzinfo=UTC), timedelta(seconds=1)
SERVICES = 13
HISTORY, DURING = 2_400, 300
TOP = 5


def snapshot(seed: int, *, fault: str = "") -> tuple[pl.DataFrame, str]:
    """40 minutes of quiet and 5 of a fault in one service, or of quiet; and the service."""
    generator = np.random.default_rng(seed)
    n = HISTORY + DURING
    broken = int(generator.integers(SERVICES))
    at = pl.Series([BEGUN + SECOND * number for number in range(n)])
    load = 1 + 0.1 * np.sin(np.arange(n) / 400) + 0.05 * generator.normal(size=n)
    frames = []
    for service in range(SERVICES):
        values = {
            "cpu_percent": 10 * load + generator.gamma(2, 1, n),
            "memory_bytes": 2e8 + 1e5 * generator.normal(size=n).cumsum() * 0.05 + 1e5 * generator.normal(size=n),
            "latency_seconds": generator.lognormal(-3, 0.4, n),
            "requests_per_second": 50 * load + 3 * generator.normal(size=n),
            "errors_per_second": generator.poisson(0.02, n).astype(np.float64),
        }
        if fault and service == broken:
            values[fault][HISTORY:] *= 6 if fault == "cpu_percent" else 1.5
            values["latency_seconds"][HISTORY:] *= 2
        elif fault and service == (broken + 1) % SERVICES:
            values["latency_seconds"][HISTORY:] *= 1.7
        labels = json.dumps({"service": f"service-{service:02d}"})
        frames += [
            pl.DataFrame({"timestamp": at, "metric": metric, "labels": labels, "unit": "", "value": each})
            for metric, each in values.items()
        ]
    return pl.concat(frames), f"service-{broken:02d}"


def average_at_5(ranked: list[str], right: str) -> float:
    """The mean over k of 1 to 5 of whether the right one is among the first k distinct ones."""
    distinct = list(dict.fromkeys(ranked))
    return sum(right in distinct[:k] for k in range(1, TOP + 1)) / TOP


def of_faults(cases: int) -> dict[str, tuple[float, float]]:
    """Avg@5 of each kind of fault, by this project and by mean and standard deviation."""
    found = {}
    for fault in ("cpu_percent", "memory_bytes"):
        ours, theirs = [], []
        for seed in range(cases):
            samples, right = snapshot(seed, fault=fault)
            start = BEGUN + SECOND * HISTORY
            ranking = moved_most(samples, start=start, end=start + SECOND * DURING, before=timedelta(minutes=5))
            ours.append(average_at_5([json.loads(row.labels)["service"] for row in ranking.series], right))
            before = samples["timestamp"].is_between(start - timedelta(minutes=5), start, closed="left")
            usual = (
                samples.filter(before)
                .group_by("metric", "labels")
                .agg(mean=pl.col("value").mean(), deviation=pl.col("value").std())
            )
            worst = samples.filter(pl.col("timestamp") >= start).join(usual, on=["metric", "labels"])
            by_mean = worst.group_by("metric", "labels").agg(
                score=((pl.col("value") - pl.col("mean")) / pl.col("deviation")).max()
            )
            names = by_mean.sort("score", "metric", "labels", descending=[True, False, False])["labels"]
            theirs.append(average_at_5([json.loads(text)["service"] for text in names], right))
        found[fault] = float(np.mean(ours)), float(np.mean(theirs))
    return found


def alarms(cases: int) -> int:
    """How many snapshots without a fault name a metric."""
    start = BEGUN + SECOND * HISTORY
    span = {"start": start, "end": start + SECOND * DURING}
    return sum(
        bool(moved_most(snapshot(10_000 + seed)[0], **span, before=timedelta(minutes=5)).moved) for seed in range(cases)
    )


def columns(path: Path) -> dict[tuple[str, str, str], Series]:
    """Each column of one of PetShop's tables by node, metric and statistic."""
    with path.open() as file:
        nodes, metrics, statistics, *rows = list(csv.reader(file))
    rows = [row for row in rows if row[0].replace(".", "").isdigit()]
    at = [datetime.fromtimestamp(float(row[0]), UTC) for row in rows]
    read = {}
    for place in range(1, len(nodes)):
        values = [float(row[place]) if row[place] else float("nan") for row in rows]
        samples = pl.DataFrame({"timestamp": at, "value": values}, schema_overrides={"value": pl.Float64})
        read[nodes[place], metrics[place], statistics[place]] = series_of(samples)
    return read


def one_after_another(before: Series, during: Series, direction: Direction) -> float:
    """The score of one file against another, as if it followed on it."""
    n = before.value.size
    values = np.concatenate((before.value, during.value))
    joined = Series(np.arange(values.size, dtype=np.int64), values, "", 0)
    start = np.array([n], dtype=np.int64)
    return float(movements(joined, start, during.value.size, n, direction, floor_of(before.value)).score[0])


def of_petshop() -> tuple[float, float, int]:
    """Top-1 and Avg@5 of the injected node among those with the symptom's metric and statistic."""
    usual, top, average = columns(DATA / "noissue" / "metrics.csv"), [], []
    for folder in sorted(DATA.glob("t*/issue_*")):
        target = json.loads((folder / "target.json").read_text())
        kind = (target["target"]["metric"], target["target"]["agg"])
        scores = []
        for (node, *rest), during in columns(folder / "metrics.csv").items():
            before = usual.get((node, *rest))
            if tuple(rest) == kind and before is not None:
                score = one_after_another(before, during, bad_direction(kind[0]))
                scores += [] if np.isnan(score) else [(-score, node)]
        ranked = [node for _, node in sorted(scores)]
        right = target["root_cause"]["node"]
        top.append(ranked[:1] == [right])
        average.append(average_at_5(ranked, right))
    return float(np.mean(top)), float(np.mean(average)), len(top)


def main(cases: int = CASES) -> int:
    """Measures all three and compares the first two with the claim."""
    begun, kept = time.process_time(), True
    for fault, (ours, theirs) in of_faults(cases).items():
        print(f"{fault}, {cases} cases: Avg@5 {ours:.3f}; by mean and standard deviation {theirs:.3f}")
        kept &= ours >= LEAST_AVG
    false = alarms(OF)
    print(f"quiet: {false} of {OF} name a metric (at most {MOST_ALARMS}); {time.process_time() - begun:.0f} s of CPU")
    if DATA.is_dir():
        first, average, issues = of_petshop()
        print(f"PetShop, {issues} issues, same metric and statistic: top-1 {first:.2f}, Avg@5 {average:.2f}")
    return 0 if kept and false <= MOST_ALARMS else 1


if __name__ == "__main__":
    sys.exit(main(*(int(number) for number in sys.argv[1:2])))
