"""Log records without the values of their queries, counted file by file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.sources.log_source import open_logs
from incident_analytics.sources.logs import read_logs
from incident_analytics.sources.redacted_logs import redacted_logs

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_messages_attributes_and_raw_lines_are_redacted_and_counted(tmp_path: Path) -> None:
    """Two of three records of PostgreSQL hold a query, the application's own record none."""
    (tmp_path / "postgresql.log").write_text(
        "2024-01-15 14:12:41.000 UTC [7] ERROR:  duplicate key value violates unique constraint\n"
        "2024-01-15 14:12:41.000 UTC [7] DETAIL:  Key (mail)=(ann@example.com) already exists.\n"
        "2024-01-15 14:12:41.000 UTC [7] STATEMENT:  vacuum (verbose) 'Ann'\n"
    )
    (tmp_path / "app.ndjson").write_text('{"level":"info","time":1705327961000,"msg":"took 12 ms"}\n')
    files = sorted(tmp_path.iterdir())
    reading = redacted_logs(read_logs(files, root=tmp_path, zone="UTC"))
    records = reading.frame.collect()
    assert records["message"].to_list() == [
        "took 12 ms",
        "duplicate key value violates unique constraint",
        "Key (mail)=(?) already exists.",
        "vacuum (verbose) ?",
    ]
    told = json.dumps(records.rows(), default=str)
    assert "ann@example.com" not in told
    assert [(file.file, file.redacted) for file in reading.files] == [("app.ndjson", 0), ("postgresql.log", 2)]
    assert reading.files[1].notes[-1] == "values of queries were replaced by ? in 2 of 3 records"


def test_a_runbook_that_asks_for_it_holds_for_the_lines_of_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`incident logs` opens an incident's lines by the workspace's runbook."""
    folder = tmp_path / "data" / "INC-7"
    (folder / "evidence" / "logs").mkdir(parents=True)
    (folder / "incident.yaml").write_text("id: INC-7\nstarted_at: 2024-01-15T14:15:00Z\n")
    (folder / "evidence" / "logs" / "a.log").write_text("2024-01-15 14:15:00 ERROR select a from t where b = 'Ann'\n")
    shipped = (ROOT / "incident_analytics" / "runbook.yaml").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "'Ann'" in str(open_logs("INC-7").frame.collect()["raw"][0])
    (tmp_path / "runbook.yaml").write_text(shipped.replace("redact: []", "redact: [query_text]"), encoding="utf-8")
    assert "'Ann'" not in str(open_logs("INC-7").frame.collect()["raw"][0])


def test_a_command_may_ask_for_it_without_a_runbook(tmp_path: Path) -> None:
    """Values of queries and secrets, of a lone file too."""
    file = tmp_path / "a.log"
    file.write_text("2024-01-15 14:15:00 ERROR select a from t where b = 'Ann' password=hunter2\n")
    raw = str(open_logs(file, redact=True, zone="UTC").frame.collect()["raw"][0])
    assert "Ann" not in raw
    assert "hunter2" not in raw
    assert "hunter2" in str(open_logs(file, zone="UTC").frame.collect()["raw"][0])
