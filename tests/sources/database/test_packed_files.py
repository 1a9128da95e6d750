"""Answers of the database may be packed like any evidence."""

from __future__ import annotations

import gzip
from pathlib import Path

from incident_analytics.sources.database import read_database, sniff

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "database"


def test_a_packed_answer_is_read(tmp_path: Path) -> None:
    """pg_stat_activity has 23 sessions."""
    path = tmp_path / "pg_stat_activity.csv.gz"
    path.write_bytes(gzip.compress((RECORDED / "db_pg_stat_activity.csv").read_bytes()))
    reading = read_database([path], root=tmp_path)
    assert sniff(path.read_bytes(), path.name) == 0.95
    assert (reading.files[0].reader, reading.activity.height, reading.findings) == ("pg_stat_activity", 23, ())


def test_a_cut_one_gives_its_first_sessions(tmp_path: Path) -> None:
    """The first 3,000 bytes hold 12 sessions and a part of one; a finding says that there was more."""
    packed = gzip.compress((RECORDED / "db_pg_stat_activity.csv").read_bytes(), compresslevel=0)
    path = tmp_path / "pg_stat_activity.csv.gz"
    path.write_bytes(packed[:3_000])
    reading = read_database([path], root=tmp_path)
    assert reading.activity.height == 13
    assert "truncated-file" in {finding.rule for finding in reading.findings}
