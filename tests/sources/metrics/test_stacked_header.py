"""Several rows of headers become labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.sources.delimited import read_table
from incident_analytics.sources.metrics.stacked_header import unstacked

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.metrics import SampleReading

STACKED = (
    "service,web,web,db\nmetric,latency,errors,latency\nstatistic,p99,Sum,p99\nunix_timestamp,,,\n"
    "1705328100.0,0.5,,0.25\n1705328160.0,0.75,2,\n"
)


def test_each_filled_cell_is_a_sample_with_its_levels_as_labels(written: Callable[..., SampleReading]) -> None:
    """The level called metric names it; empty cells are no samples."""
    frame = written(STACKED, "metrics.csv").frame.collect()
    assert frame.select("metric", "labels", "value", "line").rows() == [
        ("latency", '{"service": "web", "statistic": "p99"}', 0.5, 5),
        ("latency", '{"service": "db", "statistic": "p99"}', 0.25, 5),
        ("latency", '{"service": "web", "statistic": "p99"}', 0.75, 6),
        ("errors", '{"service": "web", "statistic": "Sum"}', 2, 6),
    ]
    assert frame["timestamp"][0].isoformat() == "2024-01-15T14:15:00+00:00"


def test_without_a_level_called_metric_the_last_one_is_it(written: Callable[..., SampleReading]) -> None:
    """The levels may carry no names at all."""
    frame = written(",web,db\n,cpu,memory\ntime,,\n2024-01-15T14:15:00Z,1,2\n", "metrics.csv").frame.collect()
    assert frame.select("metric", "labels").rows() == [
        ("cpu", '{"level 1": "web"}'),
        ("memory", '{"level 1": "db"}'),
    ]


def test_other_tables_stay_as_they_are() -> None:
    """One header, or none."""
    for text in ("time,cpu\n2024-01-15T14:15:00Z,1\n", "", "time\n", "time,cpu\n"):
        table = read_table(text)
        assert unstacked(table) == table
