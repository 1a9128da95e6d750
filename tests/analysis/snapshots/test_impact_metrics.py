"""Which metrics measure what customers met."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from incident_analytics.analysis.snapshots.impact_metrics import impact_metrics

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)


def samples(*named: tuple[str, str, str], rising: bool = False) -> pl.DataFrame:
    """Twenty samples of each metric, labels and unit."""
    rows = [
        {
            "timestamp": NOON + timedelta(minutes=minute),
            "metric": metric,
            "labels": labels,
            "value": float(minute if rising else minute % 3),
            "unit": unit,
        }
        for metric, labels, unit in named
        for minute in range(20)
    ]
    return pl.DataFrame(rows)


@pytest.mark.parametrize(
    ("metric", "unit", "kind", "direction"),
    [
        ("payment_success_rate", "ratio", "success", "falls"),
        ("http_5xx_per_second", "", "errors", "rises"),
        ("job:request_duration_seconds:p95", "seconds", "latency", "rises"),
        ("orders_per_minute", "orders", "demand", "falls"),
        ("booked", "EUR/h", "demand", "falls"),
        ("login_errors", "", "errors", "rises"),
    ],
)
def test_a_metric_is_told_by_its_name_or_its_unit(metric: str, unit: str, kind: str, direction: str) -> None:
    """Which way trouble moves it comes with the kind."""
    (one,), _, _ = impact_metrics(samples((metric, "{}", unit)))
    assert (one.kind, one.direction) == (kind, direction)


@pytest.mark.parametrize("metric", ["cpu_percent", "db_query_duration_seconds", "orders_limit", "orders_history", "up"])
def test_machines_limits_and_histories_measure_no_customer(metric: str) -> None:
    """They are not listed as left aside either: nobody would look for customers there."""
    assert impact_metrics(samples((metric, "{}", "")))[:2] == ((), ())


def test_a_running_total_is_left_aside_with_the_reason() -> None:
    """It only ever rises, whatever customers meet."""
    found, (aside,), _ = impact_metrics(samples(("orders_total", "{}", ""), rising=True))
    assert (found, aside.metric, aside.reason) == ((), "orders_total", "a running total: its rate would tell")


def test_failures_come_first_and_few_labels_before_many() -> None:
    """Six are searched; the others say that they were not."""
    many = [("latency_seconds", f'{{"pod": "{number}"}}', "seconds") for number in range(6)]
    found, aside, _ = impact_metrics(
        samples(*many, ("orders_per_minute", "{}", ""), ("success_rate", '{"region": "eu"}', ""))
    )
    assert [one.metric for one in found[:3]] == ["success_rate", "orders_per_minute", "latency_seconds"]
    assert (len(found), [one.reason for one in aside]) == (6, ["6 others tell more and were searched"] * 2)


def test_the_currency_comes_from_the_unit_or_from_a_label_of_revenue() -> None:
    """Orders have none."""
    found, _, _ = impact_metrics(
        samples(
            ("orders_per_minute", "{}", "orders"),
            ("revenue_per_hour", '{"currency": "JPY"}', ""),
            ("turnover_per_minute", "{}", "CHF"),
        )
    )
    assert {one.metric: one.currency for one in found} == {
        "orders_per_minute": "",
        "revenue_per_hour": "JPY",
        "turnover_per_minute": "CHF",
    }
