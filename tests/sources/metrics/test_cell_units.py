"""Formatted cells: Grafana's export of what a panel shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources.metrics.cell_units import with_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.metrics import SampleReading


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("35%", (35.0, "percent")),
        ("1.2 K", (1200.0, "")),
        ("3.4 Mil", (3_400_000.0, "")),
        ("850 ms", (0.85, "seconds")),
        ("1.50 µs", (0.0000015, "seconds")),
        ("2 GiB", (2_147_483_648.0, "bytes")),
        ("1.5 kB/s", (1500.0, "bytes per second")),
        ("-3 req/s", (-3.0, "requests per second")),
        ("12 pods", None),
        ("5", None),
        ("1,5 s", None),
    ],
)
def test_a_cell_is_read_in_the_base_of_its_unit(cell: str, value: tuple[float, str] | None) -> None:
    """Without a unit it is a plain number, which others read."""
    assert with_unit(cell) == value


def test_a_column_of_formatted_cells_is_a_metric_with_its_unit(written: Callable[..., SampleReading]) -> None:
    """Milliseconds beside seconds, a share, and short numbers among plain ones."""
    rows = (
        "Time,p95,share,orders,mixed",
        "2024-01-15 14:15,850 ms,35%,950,1 s",
        "2024-01-15 14:16,1.5 s,40%,1.2 K,2 B",
    )
    reading = written("\n".join(rows).replace("Time", "Time (UTC)"), "panel.csv")
    found = reading.frame.collect().select("metric", "value", "unit").rows()
    assert found[:6] == [
        ("p95", 0.85, "seconds"),
        ("p95", 1.5, "seconds"),
        ("share", 35.0, "percent"),
        ("share", 40.0, "percent"),
        ("orders", 950.0, None),
        ("orders", 1200.0, None),
    ]
    assert found[6:] == [("mixed", None, None), ("mixed", None, None)]
    assert {finding.rule for finding in reading.findings} == {"formatted-cells", "unreadable-number", "no-numbers"}


def test_bare_numbers_among_units_leave_the_units_unread(written: Callable[..., SampleReading]) -> None:
    """0.4 and 35% may or may not be the same thing."""
    text = "time,share\n2024-01-15T14:15:00Z,0.4\n2024-01-15T14:16:00Z,35%\n"
    assert written(text, "panel.csv").frame.collect()["value"].to_list() == [0.4, None]


def test_a_decimal_comma_goes_with_a_unit(written: Callable[..., SampleReading]) -> None:
    """Where semicolons separate the cells, as many locales do; Excel's first line is skipped."""
    text = "sep=;\r\nTime;p95\r\n2024-01-15T14:15:00Z;1,5 s\r\n2024-01-15T14:16:00Z;250 ms\r\n\r\n"
    assert written(text, "panel.csv").frame.collect()["value"].to_list() == [1.5, 0.25]
