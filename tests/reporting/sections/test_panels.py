"""Which metrics have a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.sections.panels import panels

if TYPE_CHECKING:
    from incident_analytics.reporting.post_mortem import PostMortem


def test_the_panels_of_the_sample_show_five_kinds_of_trouble(sample: PostMortem) -> None:
    """Neither the pool's limit, which people raised, nor memory 2.5 % higher is among them."""
    assert [panel.title for panel in panels(sample)] == [
        "Orders per minute",
        "Latency p95 seconds",
        "Database pool in use",
        "Payment success rate",
        "Database pool waiting",
    ]
