"""Names of metrics tell units."""

from __future__ import annotations

import pytest

from incident_analytics.sources.metrics.units import unit_of


@pytest.mark.parametrize(
    ("metric", "unit"),
    [
        ("CpuUsageRate(%)", "%"),
        ("latency [ms]", "ms"),
        ("latency_p95_seconds", "seconds"),
        ("node_cpu_seconds_total", "seconds"),
        ("memory_bytes", "bytes"),
        ("revenue_per_minute", "per minute"),
        ("cpu_percent", "percent"),
        ("up", None),
        ("seconds", None),
        ("http_requests_total", None),
    ],
)
def test_unit_of_a_name(metric: str, unit: str | None) -> None:
    """A bracket, or a suffix after Prometheus's naming rules; a bare word tells none."""
    assert unit_of(metric) == unit
