"""`incident database`: the runbook's questions to the database, on captured answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ACTIVITY = (
    "pid,state,application_name,usename,query_start,state_change,wait_event_type,wait_event,query\n"
    "7,idle in transaction,api,app,2024-01-15 14:20:00+00,2024-01-15 14:20:01+00,Client,ClientRead,update t\n"
    "8,active,api,app,2024-01-15 14:21:00+00,2024-01-15 14:21:00+00,Lock,transactionid,delete from t where a = 'Ann'\n"
    "9,active,job,app,2024-01-15 14:24:00+00,2024-01-15 14:24:00+00,,,select 1\n"
    "10,idle,api,app,2024-01-15 13:00:00+00,2024-01-15 13:00:00+00,Client,ClientRead,select 2\n"
)


def folder(path: Path, **files: str) -> Path:
    """Answers captured at 14:27:30."""
    capture = path / "2024-01-15T142730Z"
    capture.mkdir()
    for name, text in {"pg_stat_activity": ACTIVITY, **files}.items():
        (capture / f"{name}.csv").write_text(text)
    return path


def printed(run: Callable[..., Any], *words: object) -> list[dict[str, Any]]:
    """The rows that are printed as JSON."""
    ended = run("database", *words, "--format", "json")
    assert ended.exit_code == 0, ended.stderr
    rows: list[dict[str, Any]] = json.loads(ended.stdout)
    return rows


def test_long_running_sessions_are_active_ones_over_five_minutes(run: Callable[..., Any], tmp_path: Path) -> None:
    """8 has run for 6 min 30 s, 9 for three and a half; 10 is idle; 7 holds a transaction open."""
    path = folder(tmp_path)
    rows = printed(run, "sessions", path)
    assert [(row["session"], row["seconds"]) for row in rows] == [(8, 390.0), (7, 449.0)]
    assert rows[0]["where"] == "2024-01-15T142730Z/pg_stat_activity.csv:3"
    assert [row["session"] for row in printed(run, "sessions", path, "--over", "3m")] == [8, 9, 7]


def test_connections_are_counted_against_the_limit(run: Callable[..., Any], tmp_path: Path) -> None:
    """Four of sixteen."""
    path = folder(tmp_path, max_connections="max_connections\n16\n")
    rows = printed(run, "connections", path)
    assert rows[-1] == {
        "captured_at": "2024-01-15T14:27:30Z",
        "application": "all",
        "state": None,
        "count": 4,
        "share": 0.25,
        "limit": 16,
    }
    assert "25%" in run("database", "connections", path).stdout


def test_a_limit_that_was_not_captured_is_told(run: Callable[..., Any], tmp_path: Path) -> None:
    """Without it no share."""
    ended = run("database", "connections", folder(tmp_path))
    assert "the server's limit (max_connections) was not captured" in ended.stderr


def test_lock_waits_name_the_one_at_the_root(run: Callable[..., Any], sample: Path) -> None:
    """The sample's eleven behind 4187."""
    rows = printed(run, "locks", sample)
    assert (rows[0]["session"], rows[0]["waits"]) == (4187, "11 behind it")
    assert [(row["session"], row["behind"], row["root"], row["state"]) for row in rows[1:3]] == [
        (4190, 4187, [4187], "active"),
        (4192, 4190, [4187], "active"),
    ]
    assert len(rows) == 12
    assert "15 min 10 s" in run("database", "locks", sample).stdout


def test_waits_that_nothing_explains_and_circles_are_printed(run: Callable[..., Any], tmp_path: Path) -> None:
    """8 waits for somebody; 1 and 2 for each other."""
    rows = printed(run, "locks", folder(tmp_path, blocking="pid,blocked_by\n1,{2}\n2,{1}\n"))
    assert [(row["session"], row["waits"]) for row in rows] == [
        (1, "in a circle"),
        (2, "in a circle"),
        (8, "for a lock; who holds it was not captured"),
    ]


def test_values_of_queries_are_left_out_on_request(run: Callable[..., Any], tmp_path: Path) -> None:
    """The query keeps its shape."""
    rows = printed(run, "sessions", folder(tmp_path), "--redact-queries")
    assert rows[0]["query"] == "delete from t where a = ?"


def test_what_is_missing_is_said(run: Callable[..., Any], tmp_path: Path) -> None:
    """The runbook's long-running query alone tells no state; a folder of nothing is an error."""
    long_running = tmp_path / "long_running.csv"
    long_running.write_text("pid,duration,query\n7,00:10:00,select 1\n")
    ended = run("database", "sessions", long_running)
    assert "no file of this capture tells which sessions were active" in ended.stderr
    assert "no file of this capture counts connections" in run("database", "connections", long_running).stderr
    empty = tmp_path / "empty"
    empty.mkdir()
    refused = run("database", "locks", empty)
    assert (refused.exit_code, "there are no files in this folder" in refused.stderr) == (2, True)


def test_a_length_that_is_none_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    """The option is named."""
    refused = run("database", "sessions", folder(tmp_path), "--over", "long")
    assert refused.exit_code == 2
    assert "--over" in refused.stderr
