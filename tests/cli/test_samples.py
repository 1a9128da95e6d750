"""`incident samples`: CPU and memory, the database and latency, from exported monitoring answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def printed(run: Callable[..., Any], *words: object) -> list[dict[str, Any]]:
    """The rows that are printed as JSON."""
    ended = run("samples", *words, "--format", "json")
    assert ended.exit_code == 0, ended.stderr
    rows: list[dict[str, Any]] = json.loads(ended.stdout)
    return rows


def test_each_subject_of_the_runbook_has_its_series(run: Callable[..., Any], sample: Path) -> None:
    """The sample's metrics by what they are about; orders and revenue are about none of them."""
    told = {what: sorted({row["metric"] for row in printed(run, what, sample)}) for what in SUBJECTS}
    assert told == SUBJECTS
    assert len(printed(run, "all", sample)) == 13


SUBJECTS = {
    "system": ["cpu_percent", "memory_bytes"],
    "database": ["db_pool_in_use", "db_pool_max", "db_pool_waiting"],
    "latency": ["latency_p95_seconds"],
}


def test_the_numbers_of_a_series(run: Callable[..., Any], sample: Path) -> None:
    """The pool's limit was 20, and 50 from 14:40 on."""
    (row,) = printed(run, "database", sample, "--pattern", "pool_max")
    assert (row["samples"], row["median"], row["lowest"], row["highest"], row["latest"]) == (1441, 20, 20, 50, 50)
    (row,) = printed(run, "all", sample, "--pattern", "pool_max", "--last", "1h")
    assert (row["samples"], row["lowest"], row["first_at"]) == (241, 50, "2024-01-15T15:15:00Z")


def test_a_single_file_is_read_with_the_query_beside_it(run: Callable[..., Any], sample: Path) -> None:
    """The unit stands in the query's file."""
    rows = printed(run, "system", sample / "evidence/metrics/cpu_percent.json")
    assert {row["unit"] for row in rows} == {"percent"}


def test_values_that_are_no_numbers_are_left_out(run: Callable[..., Any], tmp_path: Path) -> None:
    """NaN is counted apart and is neither highest nor latest; a series of nothing else has nulls."""
    answer = {
        "status": "success",
        "data": {
            "resultType": "matrix",
            "result": [
                {"metric": {"__name__": "cpu", "host": "a"}, "values": [[1705327200, "1"], [1705327215, "NaN"]]},
                {"metric": {"__name__": "cpu", "host": "b"}, "values": [[1705327200, "NaN"]]},
            ],
        },
    }
    (tmp_path / "cpu.json").write_text(json.dumps(answer))
    first, second = printed(run, "system", tmp_path / "cpu.json")
    assert (first["samples"], first["not_numbers"], first["highest"], first["latest"]) == (1, 1, 1.0, 1.0)
    assert first["last_at"] == "2024-01-15T14:00:00Z"
    assert (second["samples"], second["not_numbers"], second["median"], second["last_at"]) == (0, 1, None, None)


def test_nothing_about_a_subject_is_said(run: Callable[..., Any], sample: Path) -> None:
    """An empty table would leave it open."""
    ended = run("samples", "latency", sample, "--pattern", "no-such-series")
    assert (ended.exit_code, "no series is about this" in ended.stderr) == (0, True)


def test_a_broken_pattern_is_refused(run: Callable[..., Any], sample: Path) -> None:
    """In one line, with the option."""
    refused = run("samples", "all", sample, "--pattern", "(")
    assert (refused.exit_code, "--pattern" in refused.stderr) == (2, True)


def test_a_table_has_units(run: Callable[..., Any], sample: Path) -> None:
    """As on the page."""
    assert "33.6 %" in run("samples", "system", sample).stdout
