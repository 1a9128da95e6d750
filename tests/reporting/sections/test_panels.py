"""Which metrics have a panel."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest

from incident_analytics.reporting.figures.thinning import thinned
from incident_analytics.reporting.sections import panels as module
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


@pytest.mark.parametrize("seconds", [1, 15, 60])
def test_a_complete_series_is_one_line(seconds: int) -> None:
    """Two and a half hours of samples that jump up and down, whatever their step: nothing is missing, nothing torn."""
    begins = datetime(2024, 1, 15, 12, tzinfo=UTC)
    many = 9300 // seconds
    at = [begins + timedelta(seconds=seconds * number) for number in range(many)]
    values = [float(number * 37 % 11) for number in range(many)]
    frame = pl.DataFrame({"timestamp": at, "metric": "orders", "labels": "{}", "value": values})
    series = module._series("orders", "{}", frame)  # noqa: SLF001 -- what the figure draws of it
    line = thinned(series.at, series.values, most=240)
    assert line is not None
    assert None not in line.values
