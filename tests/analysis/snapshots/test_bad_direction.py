"""Which way trouble moves a metric."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.snapshots.bad_direction import bad_direction


@pytest.mark.parametrize(
    ("metric", "direction"),
    [
        ("payment_success_rate", "falls"),
        ("failed_orders_per_minute", "rises"),
        ("orders_per_minute", "falls"),
        ("Latency", "rises"),
        ("cpu_percent", "rises"),
        ("db_pool_max", "either"),
        ("", "either"),
    ],
)
def test_the_words_of_a_name_tell_its_bad_direction(metric: str, direction: str) -> None:
    """Errors are looked for before throughput, so failed orders rise."""
    assert bad_direction(metric) == direction
