"""Grafana's CSV as its inspector writes it: line ends, a blank last line, the locale's delimiter, and Excel's mode."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.metrics import SampleReading

FIRST, SECOND = (datetime(2026, 11, 23, 2, 52, second, tzinfo=UTC) for second in (15, 30))
EXCEL = '"Time"\t"active"\r\n2026-11-23 02:52:15\t1\r\n'


def told(reading: SampleReading) -> list[tuple[str, object, float | None]]:
    """Metric, time and value of each sample."""
    return reading.frame.collect().select("metric", "timestamp", "value").rows()


def test_a_series_as_it_was_asked_for(written: Callable[..., SampleReading]) -> None:
    """Milliseconds; the blank last line is no row."""
    reading = written('"Time","Value"\r\n1795402336000,1\r\n1795402351000,2\r\n\r\n', "orders.csv")
    at = [datetime(2026, 11, 23, 2, 52, second, tzinfo=UTC) for second in (16, 31)]
    assert told(reading) == [("orders", at[0], 1), ("orders", at[1], 2)]
    assert (reading.files[0].rows, reading.files[0].unreadable, reading.findings) == (2, 0, ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_formatted_times_and_a_locales_delimiter(written: Callable[..., SampleReading], delimiter: str) -> None:
    """An empty cell is missing; the browser's zone is not in the file, and a finding says which was taken."""
    lines = ['"Time","active","idle"', "2026-11-23 02:52:15,1,2", "2026-11-23 02:52:30,2,", ""]
    reading = written("\r\n".join(lines).replace(",", delimiter) + "\r\n", "pool.csv")
    assert told(reading) == [("active", FIRST, 1), ("active", SECOND, 2), ("idle", FIRST, 2), ("idle", SECOND, None)]
    assert (reading.files[0].rows, reading.files[0].unreadable) == (2, 0)
    assert [finding.rule for finding in reading.findings] == ["zone-assumed"]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"sep=\t\r\n", b"\xef\xbb\xbf"])
def test_what_is_made_for_excel(written: Callable[..., SampleReading], mark: bytes) -> None:
    """UTF-16 with a mark and tabs in a file called CSV; older ones tell the delimiter in a line of its own."""
    reading = written(mark + EXCEL.encode("utf-16-le" if mark == b"\xff\xfe" else "utf-8"), "pool.csv")
    assert told(reading) == [("active", FIRST, 1)]
    assert reading.files[0].unreadable == 0
