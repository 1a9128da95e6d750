"""Samples as text: scrapes, OpenMetrics, dumps."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.sources.metrics.exposition import sniff
from incident_analytics.sources.metrics.label_text import read_labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.metrics import SampleReading

SCRAPE = """# HELP http_requests_total Requests.
# TYPE http_requests_total counter
http_requests_total{path="/a\\"b,}",code="500"} 7 1705328100000
# UNIT queue_wait_seconds seconds
queue_wait_seconds{le="+Inf"} +Inf 1705328100.5
# EOF
"""


def test_milliseconds_and_seconds_are_told_by_their_size(written: Callable[..., SampleReading]) -> None:
    """/federate writes milliseconds, OpenMetrics seconds; labels may hold quotes, commas and braces."""
    rows = written(SCRAPE, "scrape.txt").frame.collect().rows(named=True)
    assert [row["timestamp"].isoformat() for row in rows] == [
        "2024-01-15T14:15:00+00:00",
        "2024-01-15T14:15:00.500000+00:00",
    ]
    assert rows[0]["labels"] == '{"code": "500", "path": "/a\\"b,}"}'
    assert (rows[0]["line"], rows[1]["unit"], rows[1]["value"]) == (3, "seconds", math.inf)


def test_a_scrape_without_times_says_so(written: Callable[..., SampleReading]) -> None:
    """The samples stay, without a time; NaN is a value."""
    reading = written("# TYPE up gauge\nup 1\nup_share NaN\n", "metrics.prom")
    frame = reading.frame.collect()
    assert frame["timestamp"].to_list() == [None, None]
    assert frame["value"].is_nan().to_list() == [False, True]
    assert [finding.rule for finding in reading.findings] == ["time-unknown", "no-numbers"]
    assert reading.files[0].unreadable == 0


def test_lines_that_are_no_samples_are_counted(written: Callable[..., SampleReading]) -> None:
    """Broken labels, no value, binary noise."""
    noise = b"# TYPE up gauge\nup 1 1705328100\nup{a=1} 1\nup\n\x00\xff\xfe\nup 2 1705328160\n"
    reading = written(noise, "metrics.prom")
    assert reading.frame.collect()["value"].to_list() == [1, 2]
    assert (reading.files[0].rows, reading.files[0].unreadable) == (5, 3)
    assert [finding.rule for finding in reading.findings] == ["not-text", "unreadable-sample"]


def test_openmetrics_without_its_end_is_cut(written: Callable[..., SampleReading]) -> None:
    """# EOF is there for that."""
    reading = written("# TYPE up gauge\nup 1 1705328100\n", "up.om")
    assert [finding.rule for finding in reading.findings] == ["truncated-file"]


def test_exemplars_and_dumps_are_read(written: Callable[..., SampleReading]) -> None:
    """The exemplar behind a sample is left out; a dump names the metric among the labels."""
    exemplar = '# TYPE a histogram\na_bucket{le="1"} 5 1705328100 # {trace_id="x"} 0.7\n'
    assert written(exemplar, "a.txt").frame.collect().row(0)[3] == 5
    row = written('{__name__="up", job="x"} 1 1705328100000\n', "dump.txt").frame.collect().row(0, named=True)
    assert (row["metric"], row["labels"], row["timestamp"]) == (
        "up",
        '{"job": "x"}',
        datetime(2024, 1, 15, 14, 15, tzinfo=UTC),
    )


def test_other_text_is_not_taken() -> None:
    """A comment of another kind, a log line, a table."""
    assert sniff(b"# a note\nup 1\n", "a.txt") == 0.0
    assert sniff(b"INFO started 17\n", "a.log") == 0.0
    assert sniff(b"time,value\n1,2\n", "a.csv") == 0.0


def test_broken_labels_are_none() -> None:
    """An open quote, a key without a value."""
    assert read_labels('{a="1}') is None
    assert read_labels("{a}") is None
    assert read_labels("{}") == {}
