"""Small histories as runs: three incidents, and whatever a test changes of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

import pytest

from incident_analytics.analysis.history import load_incidents
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.runs.run import Run, read_run
from incident_analytics.reporting.runs.writing import write_trend_run

if TYPE_CHECKING:
    from pathlib import Path

Record: TypeAlias = "dict[str, object]"
Written: TypeAlias = Callable[..., Run]
AS_OF = datetime(2025, 7, 1, tzinfo=UTC)
RECORDS: dict[str, Record] = {
    f"INC-{number}": {
        "id": f"INC-{number}",
        "severity": severity,
        "services": [service],
        "started_at": f"2025-0{month}-10T10:00:00Z",
        "resolved_at": f"2025-0{month}-10T1{number}:00:00Z",
        "action_items": [{"text": "Renew the certificate", "status": "open"}],
    }
    for number, severity, service, month in ((1, "SEV1", "pay", 1), (2, "SEV2", "pay", 1), (3, "SEV2", "search", 4))
}


@pytest.fixture
def trend_run(tmp_path: Path) -> Written:
    """Writes the run of the three incidents, each with what is to be changed; None leaves one out."""
    runbook = load_runbook()

    def written(changes: dict[str, Record | None] | None = None, *, scope: Scope | None = None, out: str = "") -> Run:
        told = {name: record | ((changes or {}).get(name) or {}) for name, record in RECORDS.items()}
        kept = [record for name, record in told.items() if (changes or {}).get(name, {}) is not None]
        file = tmp_path / "incidents.ndjson"
        file.write_text("".join(json.dumps(record) + "\n" for record in kept))
        looked_at = scope or Scope(as_of=AS_OF)
        history = load_incidents(file, as_of=looked_at.as_of, runbook=runbook, catalog=None)
        found = cohort(history.frame, looked_at, runbook)
        seconds = {
            period.label: found.frame.filter(found.frame["period"] == period.label)["time_to_resolution_seconds"].sum()
            for period in found.periods
        }
        numbers = {
            "schema_version": "1",
            "kind": "trends",
            "made_by": "incident_analytics 0.1.0",
            "rate": {"n": found.n},
            "durations": {"time_to_resolution": {"periods": [{"label": k, "sum": v} for k, v in seconds.items()]}},
        }
        return read_run(write_trend_run(history, found, numbers, out=tmp_path / (out or "reports"), name="trends"))

    return written
