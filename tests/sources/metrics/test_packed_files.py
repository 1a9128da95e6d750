"""Metrics packed with gzip or zstd are those that were packed; a cut one gives what is before the cut."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from incident_analytics.sources import evidence_text
from incident_analytics.sources.metrics import read_samples, sniff

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incident_analytics.sources.metrics import SampleReading

POINTS = b",".join(b'[%d, "%d"]' % (1705328100 + 60 * step, step) for step in range(500))
MATRIX = b'{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[' + POINTS + b"]}]}}"
ROWS = b"time,value\n" + b"".join(b"%d,%d\n" % (1705328100 + 60 * step, step * step % 977) for step in range(5000))
TEXT = b"# TYPE up gauge\n" + b"".join(b'up{job="a"} 1 %d\n' % (1705328100 + 60 * step) for step in range(50))


def zstd(data: bytes) -> bytes:
    """The data packed as zstd does."""
    packed: bytes = pa.Codec("zstd").compress(data, asbytes=True)
    return packed


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
@pytest.mark.parametrize(
    ("content", "name", "reader", "metric", "count"),
    [
        (MATRIX, "orders.json", "prometheus", "orders", 500),
        (ROWS, "orders.csv", "csv", "orders", 5000),
        (TEXT, "scrape.txt", "prometheus-text", "up", 50),
    ],
)
def test_a_packed_file_is_read_as_what_is_in_it(
    tmp_path: Path, pack: Callable[[bytes], bytes], content: bytes, name: str, reader: str, metric: str, count: int
) -> None:
    """With the query beside it, and a metric that is not called orders.json."""
    path = tmp_path / f"{name}.{'gz' if pack is gzip.compress else 'zst'}"
    path.write_bytes(pack(content))
    (tmp_path / "orders.query.yaml").write_text("query: sum(rate(orders_total[5m]))\n")
    reading = read_samples([path, tmp_path / "orders.query.yaml"], root=tmp_path)
    frame = reading.frame.collect()
    assert sniff(path.read_bytes()[:65_536], path.name) >= 0.8
    assert (reading.files[0].reader, reading.files[0].rows, reading.files[0].unreadable) == (reader, count, 0)
    assert (frame.height, frame["metric"].unique().to_list()) == (count, [metric])
    asked = ["sum(rate(orders_total[5m]))"] if metric == "orders" else [None]
    assert frame["query"].unique().to_list() == asked


def test_a_cut_one_gives_what_is_before_the_cut(written: Callable[..., SampleReading]) -> None:
    """Half of the bytes of a table: rows up to the cut, and a finding that says so."""
    packed = gzip.compress(ROWS)
    reading = written(packed[: len(packed) // 2], "orders.csv.gz")
    values = reading.frame.collect()["value"].to_list()
    assert len(values) > 1000
    assert values[:-1] == [step * step % 977 for step in range(len(values) - 1)]
    found = next(finding for finding in reading.findings if finding.rule == "truncated-file")
    assert found.message.startswith("The file is not read to its end: the compressed data ends early or is damaged")


def test_a_very_large_file_is_read_up_to_a_bound(
    written: Callable[..., SampleReading], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few kilobytes in a zip may be gigabytes; the finding says how much was read."""
    monkeypatch.setattr(evidence_text, "MOST_BYTES", 1 << 20)
    large = ROWS + b"1705700000,1\n" * 100_000
    reading = written(large, "orders.csv")
    assert reading.files[0].rows == 79_937
    assert reading.findings[0].message == "The file is not read to its end: only its first 1 MiB are read."
