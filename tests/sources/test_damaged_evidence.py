"""Recordings that were flipped, cut, repeated and mixed: what is readable is read, the rest counted, nothing raises."""

from __future__ import annotations

import gzip
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incident_analytics.reporting.post_mortem.assembly import post_mortem
from incident_analytics.sources import database, logs, metrics
from incident_analytics.sources.database import read_database
from incident_analytics.sources.finding import open_bundle
from incident_analytics.sources.logs import read_logs
from incident_analytics.sources.metrics import read_samples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    BundleOf = Callable[[dict[Path, bytes]], Path]

RECORDED = Path(__file__).parents[1] / "data" / "recorded"
FILES = sorted(path for kind in ("database", "logs", "metrics") for path in (RECORDED / kind).iterdir())
AROUND = datetime(2026, 11, 23, tzinfo=UTC)
INSERTED = [b"\0", b"\r", b'"', b"{", b"[", b"1e999", b"-1", b"9" * 30, b"null", b"\\ud800", b"\xff\xfe", b"\xed\xa0"]


def flipped(data: bytes, chance: random.Random, _: bytes) -> bytes:
    """Bits that a disk or a wire turned over."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        found[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(found)


def interleaved(data: bytes, _: random.Random, other: bytes) -> bytes:
    """Two programs that wrote line by line."""
    return b"\n".join(line for pair in zip(data.split(b"\n"), other.split(b"\n"), strict=False) for line in pair)


def block(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """A block that was lost, written again and again, overwritten by another program, by noise or a strange value."""
    begin = chance.randrange(len(data))
    end, place = begin + chance.randint(1, 200), chance.randrange(len(other) or 1)
    between = [
        b"",
        data[begin:end] * chance.randint(2, 20),
        data[begin:end] + other[place : place + 300],
        data[begin:end] + chance.randbytes(60),
        chance.choice(INSERTED),
    ]
    return data[:begin] + chance.choice(between) + data[end:]


def cut(data: bytes, chance: random.Random, _: bytes) -> bytes:
    """A disk that was full."""
    return data[: chance.randrange(len(data))]


ACCIDENTS = (flipped, interleaved, block, block, block, cut)


def damaged(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """The bytes after one to three accidents."""
    for accident in chance.choices(ACCIDENTS, k=chance.randint(1, 3)):
        data = accident(data, chance, chance.choice(others)) or data
    return data


def damaged_recordings(seed: int) -> dict[Path, bytes]:
    """Every recording, damaged; some packed and cut."""
    chance = random.Random(seed)  # noqa: S311 -- the same accidents in every run
    contents = [path.read_bytes() for path in FILES]
    broken = {}
    for path, content in zip(FILES, contents, strict=True):
        bad = damaged(content, chance, contents)
        packed = gzip.compress(bad) if chance.random() < 0.1 else b""
        broken[path.relative_to(RECORDED)] = packed[: chance.randint(10, 2000)] or bad
    return broken


def is_plain_text(content: bytes) -> bool:
    """Whether lines can be counted without reading the file: not packed, and not UTF-16."""
    return not content.startswith((b"\x1f\x8b", b"\xff\xfe", b"\xfe\xff", b"BZh"))


@pytest.mark.parametrize("seed", range(6))
def test_every_reader_reads_what_is_readable_and_counts_the_rest(tmp_path: Path, seed: int) -> None:
    """Each reader is given each file, whatever it was; of a log no line is lost."""
    for name, content in damaged_recordings(seed).items():
        path = tmp_path / name.name
        path.write_bytes(content)
        for room in (logs, metrics, database):
            assert 0 <= room.sniff(content[:65_536], name.name) <= 1
        log = read_logs([path], root=tmp_path, around=AROUND)
        frame, file = log.frame.collect(), log.files[0]
        assert file.rows == frame.height >= file.unreadable
        # a list of objects and a table are records, not lines
        if is_plain_text(content) and not (file.reader.startswith("csv") or content.lstrip().startswith(b"[")):
            lines = content.removeprefix(b"\xef\xbb\xbf").decode(errors="replace").split("\n")
            written = sorted(line.strip() for line in lines if line.strip())
            kept = (line.strip() for raw in frame["raw"] for line in raw.split("\n"))
            assert sorted(line for line in kept if line) == written, name
        samples = read_samples([path], root=tmp_path)
        assert samples.frame.collect().height >= samples.files[0].rows - samples.files[0].unreadable
        assert samples.files[0].unreadable <= samples.files[0].rows
        state = read_database([path], root=tmp_path, redact=True)
        rows = sum(each.height for each in (state.activity, state.locks, state.counts, state.settings))
        assert state.files[0].rows - state.files[0].unreadable <= rows <= state.files[0].rows


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_post_mortem_is_made_of_damaged_evidence(bundle_of: BundleOf, seed: int) -> None:
    """Every file has its line in the ledger."""
    recordings = damaged_recordings(seed)
    bundle = open_bundle(bundle_of(recordings))
    report = post_mortem(bundle)
    assert report.incident.id == "INC-7"
    told = {Path(line.file).name for line in bundle.ledger}
    assert told == {"incident.yaml", *(name.name for name in recordings)}
