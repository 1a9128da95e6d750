"""Log records without the values of their queries, counted file by file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from incident_analytics.sources.logs import read_logs
from incident_analytics.sources.redacted_logs import redacted_logs

if TYPE_CHECKING:
    from pathlib import Path


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
