"""Whatever stands in a file, the rest is read, the bad is counted, and nothing raises."""

from __future__ import annotations

import gzip
import random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.metrics import SampleReading

TEXT = b"# TYPE up gauge\n" + b"".join(b'up{job="a"} 1 %d\n' % (1705328100 + 60 * step) for step in range(50))
ROWS = b"time,cpu\n" + b"".join(b"%d,%d\n" % (1705328100 + 60 * step, step) for step in range(50))
POINTS = b",".join(b'[%d, "1"]' % (1705328100 + 60 * step) for step in range(50))
MATRIX = b'{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[' + POINTS + b"]}]}}"
GRAPHITE = b'[{"target":"a","datapoints":[' + b",".join(b"[1, %d]" % (1705328100 + step) for step in range(50)) + b"]}]"


@pytest.mark.parametrize("content", [TEXT, ROWS, MATRIX, GRAPHITE])
def test_cut_noisy_and_packed_files_are_told(written: Callable[..., SampleReading], content: bytes) -> None:
    """Cut anywhere, bytes replaced, a truncated gzip: a line of the ledger each."""
    chance = random.Random(4)  # noqa: S311 -- the same noise in every run
    for _ in range(25):
        place = chance.randrange(len(content))
        noise = bytes(chance.randrange(256) for _ in range(40))
        for broken in (content[:place], content[:place] + noise + content[place:], gzip.compress(content)[:60]):
            reading = written(broken, "file.txt")
            assert len(reading.files) == 1
            assert reading.files[0].unreadable <= reading.files[0].rows


def test_a_line_of_a_megabyte_is_one_bad_row(written: Callable[..., SampleReading]) -> None:
    """The samples around it stay."""
    for long in (b"x" * 1_000_000, b'up{a="' + b"y" * 1_000_000, b'{"' * 500_000, b"# " + b"z" * 1_000_000):
        reading = written(TEXT + long + b"\nup 1 1705338100\n", "scrape.txt")
        assert reading.frame.collect().height == 51
        assert reading.files[0].unreadable == (0 if long.startswith(b"#") else 1)
