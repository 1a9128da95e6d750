"""The troubles that people ask about, one file each: what is readable is read, the rest is counted, nothing raises."""

from __future__ import annotations

import gzip
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from incident_analytics.cli.app import app
from incident_analytics.reporting import sections
from incident_analytics.reporting.post_mortem.assembly import post_mortem
from incident_analytics.sources.finding import open_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

    BundleOf = Callable[[dict[Path, bytes]], Path]

AT = 1795402425409


def line(step: int, message: bytes = b"refused") -> bytes:
    """One of pino's lines, so many milliseconds later."""
    return b'{"level":50,"time":%d,"pid":1,"hostname":"vm","name":"pay","msg":"%s"}\n' % (AT + step, message)


LINES = b"".join(line(step) for step in range(400))
NOISE = random.Random(7).randbytes(20_000)  # noqa: S311 -- the same noise in every run
POINTS = b",".join(b'[%d, "1"]' % (AT // 1000 + 60 * step) for step in range(50))
SERIES = b'{"metric":{"__name__":"up"},"values":[' + POINTS + b"]}"
MATRIX = b'{"status":"success","data":{"resultType":"matrix","result":[%s]}}'
CPU = b"time,cpu\n"

# The file, its bytes, its rows and how many of them cannot be read. A cell of a table holds at most 128 KiB.
FILES: dict[str, tuple[bytes, int, int]] = {
    "logs/cut.ndjson.gz": (gzip.compress(LINES, compresslevel=0)[:20_000], 230, 1),
    "logs/noise.ndjson": (LINES + NOISE + b"\n" + LINES, 893, 92),
    "logs/long.ndjson": (line(0, b"x" * 1_000_000) + b"y" * 1_000_000 + b"\n" + LINES, 402, 0),
    "logs/latin.ndjson": (line(0, b"caf\xe9") + LINES, 401, 0),
    "logs/backwards.ndjson": (b"".join(line(-60_000 * step) for step in range(99)), 99, 0),
    "logs/same.ndjson": (line(0) * 300, 300, 0),
    "logs/empty.log": (b"", 0, 0),
    "metrics/empty.json": (MATRIX % b"", 0, 0),
    "metrics/twice.json": (MATRIX % (SERIES + b"," + SERIES), 100, 0),
    "metrics/cut.json": ((MATRIX % SERIES)[:-200], 40, 1),
    "metrics/noise.json": (NOISE, 1, 1),
    "metrics/backwards.csv": (CPU + b"".join(b"%d,5\n" % (AT // 1000 - step * 60) for step in range(9)), 9, 0),
    "metrics/long.csv": (CPU + b"1795402425,5\n" + b"z" * 1_000_000 + b"\n1795402485,6\n", 3, 1),
    "database/pg_locks.csv": (NOISE, 185, 185),
    "database/pg_stat_activity.csv": (b"pid,state,query_start,query\n1,active,," + b"q" * 1_000_000 + b"\n2\n", 2, 2),
}


@pytest.fixture
def folder(bundle_of: BundleOf) -> Path:
    """An incident with all of them."""
    return bundle_of({Path(name): content for name, (content, *_) in FILES.items()})


def test_what_is_readable_is_read_and_the_rest_counted(folder: Path) -> None:
    """Each file has its line in the ledger, and the report is made."""
    bundle = open_bundle(folder)
    told = {Path(each.file).name: (each.rows, each.unreadable) for each in bundle.ledger if each.kind != "record"}
    assert told == {Path(name).name: (rows, bad) for name, (_, rows, bad) in FILES.items()}
    report = post_mortem(bundle)
    for section in (sections.evidence, sections.what_moved, sections.known_patterns, sections.database):
        assert section(report)


@pytest.mark.parametrize(
    "words",
    ["logs errors INC", "logs templates INC", "logs search INC --pattern refused|caf", "metrics INC", "check INC"],
)
def test_commands_print_what_is_readable(folder: Path, words: str) -> None:
    """The exit code is that of findings or of none, and no traceback is printed."""
    ended = CliRunner().invoke(app, [str(folder) if word == "INC" else word for word in words.split()])
    assert ended.exception is None or isinstance(ended.exception, SystemExit)
    assert ended.exit_code in {0, 1}
    assert "Traceback" not in ended.output
