"""Which metrics tell most of an incident."""

from __future__ import annotations

from typing import Any

import polars as pl

from incident_analytics.analysis.snapshots import telling_first

QUIET: dict[str, Any] = {"status": "moved", "baseline_median": 10.0, "most_extreme": 30.0, "outside_share": 0.5}


def order(*rows: dict[str, Any], values: int = 10) -> list[str]:
    """The metrics of rows of baselines, each with so many different samples."""
    metrics = [row["metric"] for row in rows]
    samples = pl.DataFrame({"metric": metrics * values, "value": [float(n) for n in range(values) for _ in metrics]})
    return telling_first(pl.DataFrame([QUIET | row for row in rows]), samples)


def test_a_metric_of_each_kind_comes_before_the_second_of_one() -> None:
    """Orders and revenue fall together; the queue tells something else, though in fewer samples."""
    fell = {"most_extreme": 1.0, "outside_share": 0.9}
    assert order(
        {"metric": "orders_per_minute", **fell},
        {"metric": "revenue_per_minute", **fell, "outside_share": 0.8},
        {"metric": "db_pool_waiting", "outside_share": 0.3},
    ) == ["orders_per_minute", "db_pool_waiting", "revenue_per_minute"]


def test_what_moved_as_trouble_does_comes_before_what_only_moved() -> None:
    """Latency that fell is no trouble; memory has no known bad direction."""
    assert order(
        {"metric": "memory_bytes", "outside_share": 0.9},
        {"metric": "latency_p95", "most_extreme": 1.0, "outside_share": 0.8},
        {"metric": "payment_success_rate", "most_extreme": 1.0, "outside_share": 0.4},
    ) == ["payment_success_rate", "memory_bytes", "latency_p95"]


def test_a_limit_that_somebody_set_comes_last() -> None:
    """Even after what did not move; a size that takes many values is no limit."""
    rows = ({"metric": "db_pool_max", "outside_share": 1.0}, {"metric": "cpu", "status": "steady"})
    assert order(*rows, values=2) == ["cpu", "db_pool_max"]
    assert order(*rows, values=9) == ["db_pool_max", "cpu"]


def test_a_metric_without_samples_during_the_incident_is_left_out() -> None:
    """There is nothing to tell of it."""
    assert order({"metric": "cpu", "status": "no samples", "outside_share": None}) == []
