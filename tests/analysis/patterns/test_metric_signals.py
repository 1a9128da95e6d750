"""Which series a signal means, and what its limit is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.patterns.metric_signals import (
    means,
    metric_evidence,
    named_series,
    readable_series,
)
from incident_analytics.analysis.patterns.movements import Stretches

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.patterns import Evidence, KnownPatterns
    from incident_analytics.model.known_pattern import MetricSignal
    from incident_analytics.model.runbook import Runbook


def signals(runbook: Runbook) -> dict[str, MetricSignal]:
    """The shipped signals by what they say."""
    return {signal.says: signal for pattern in runbook.patterns for signal in pattern.metric_signals}


def told(found: KnownPatterns, says: str) -> Evidence:
    """The evidence of one signal."""
    return next(one for each in found.ranked for one in each.evidence if one.expected == says)


IN_USE, WAIT = "Connections in use reach the pool's limit", "Callers wait for a connection"
GROWS, CPU = "Memory grows steadily", "CPU rises, as it does where memory is freed again and again"
FAIL, PROBES = "Calls to one external host fail", "Probes of one external host fail"


@pytest.mark.parametrize(
    ("metric", "labels", "says"),
    [
        ("db_pool_in_use", {}, [IN_USE]),
        ("hikaricp_connections_active", {}, [IN_USE]),
        ("hikaricp.connections.pending", {}, [WAIT]),
        ("db.client.connection.count", {"state": "used"}, [IN_USE]),
        ("db.client.connection.count", {"state": "idle"}, []),
        ("db.client.connection.pending_requests", {}, [WAIT]),
        ("go_sql_in_use_connections", {}, [IN_USE]),
        ("pgbouncer_pools_client_waiting_connections", {}, [WAIT]),
        ("poolUsage", {}, [IN_USE]),
        ("hikaricp_connections_max", {}, []),
        ("jvm_threadpool_active_threads", {}, []),
        ("container_memory_working_set_bytes", {}, [GROWS]),
        ("process_resident_memory_bytes", {}, [GROWS]),
        ("jvm.memory.used", {"area": "heap"}, [GROWS]),
        ("nodejs_heap_size_used_bytes", {}, [GROWS]),
        ("container_spec_memory_limit_bytes", {}, []),
        ("node_memory_MemAvailable_bytes", {}, []),
        ("kube_pod_container_status_restarts_total", {}, ["Processes restart or are killed"]),
        ("process.cpu.utilization", {}, [CPU]),
        ("http_client_request_duration_seconds_count", {"error_type": "timeout"}, [FAIL]),
        ("http.client.request.duration", {"server.address": "api"}, ["Calls to one external host take longer"]),
        ("probe_success", {"instance": "https://api"}, [PROBES]),
        ("envoy_cluster_upstream_rq_5xx", {}, [FAIL]),
        ("orders_per_minute", {}, []),
    ],
)
def test_usual_names_of_metrics_are_known(
    runbook: Runbook, metric: str, labels: dict[str, str], says: list[str]
) -> None:
    """Those of Prometheus exporters and of OpenTelemetry's conventions."""
    text = readable_series(metric, labels, "")
    assert [name for name, signal in signals(runbook).items() if means(signal, text)] == says


def test_each_pool_has_the_limit_of_its_labels(
    judged: Callable[..., KnownPatterns], series: Callable[..., pl.DataFrame]
) -> None:
    """10 of 10 in one, 10 of 50 in the other."""
    in_use = [series("db_pool_in_use", lambda at: 10 if at >= 0 else 2, pool=pool) for pool in "ab"]
    most = [series("db_pool_max", lambda _, of=of: of, pool=pool) for pool, of in (("a", 50), ("b", 10))]
    one = told(judged(*in_use, *most), IN_USE)
    assert (one.stance, one.labels, one.number, one.limit, one.series) == ("for", '{"pool": "b"}', 10, 10, 2)


@pytest.mark.parametrize(("unit", "full", "limit"), [("percent", 99, 100), ("ratio", 0.99, 1)])
def test_a_share_has_its_limit_in_its_unit(
    judged: Callable[..., KnownPatterns], series: Callable[..., pl.DataFrame], unit: str, full: float, limit: float
) -> None:
    """Nothing else needs to tell it."""
    one = told(judged(series("db_pool_usage", lambda at: full if at >= 0 else full / 5, unit=unit)), IN_USE)
    assert (one.stance, one.number, one.limit) == ("for", full, limit)


def test_without_a_limit_nobody_can_tell(
    judged: Callable[..., KnownPatterns], series: Callable[..., pl.DataFrame]
) -> None:
    """Neither can a metric that is not in the bundle, or has no samples then."""
    found = judged(
        series("db_pool_in_use", lambda _: 5), series("db_pool_waiting", lambda _: 0, minutes=range(-99, -20))
    )
    assert [(told(found, says).stance, told(found, says).reason) for says in (IN_USE, WAIT, GROWS)] == [
        ("not looked at", "no metric tells its limit"),
        ("not looked at", "too few samples before the onset or none during the incident"),
        ("not looked at", "there is no such metric"),
    ]


def test_a_service_of_ones_own_is_no_third_party(runbook: Runbook, series: Callable[..., pl.DataFrame]) -> None:
    """Calls fail from the onset on: to the own recommender, then to a bank."""
    signal = signals(runbook)[FAIL]
    stances = []
    for host in ("recommender:8080", "bank.example"):
        calls = series("http_client_errors", lambda at: 50.0 if at >= 0 else float(at % 2), server_address=host)
        known = named_series(calls, [signal])
        begins = datetime(2024, 1, 15, 14, tzinfo=UTC)
        around = Stretches.around(begins, begins + timedelta(hours=1))
        stances.append(metric_evidence(signal, known, around, {"recommender"}).stance)
    assert stances == ["not looked at", "for"]
