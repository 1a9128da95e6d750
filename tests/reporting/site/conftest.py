"""JSON twins of reports, small and by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

MakeTwin: TypeAlias = Callable[..., Path]
SECONDS = {"status": "derived", "unit": "seconds"}


def twin(identity: str, **changes: object) -> dict[str, object]:
    """The twin of a report: the runbook's example, with changes to its incident or to a whole part."""
    incident = {
        "id": identity,
        "title": "Payment processing outage",
        "severity": "SEV1",
        "status": "resolved",
        "services": ["payment-processor"],
    }
    whole: dict[str, object] = {
        "schema_version": "1",
        "metrics": {
            "time_to_detection": {**SECONDS, "value": 0},
            "time_to_acknowledgment": {**SECONDS, "value": 180},
            "time_to_resolution": {**SECONDS, "value": 5400},
            "users_affected": {"status": "recorded", "value": 15000},
            "revenue_impact": {"status": "recorded", "value": 45000},
            "people_involved": {"status": "unknown", "value": None},
        },
        "displayed": {
            "time_to_detection": "0 s",
            "time_to_acknowledgment": "3 min",
            "time_to_resolution": "1 h 30 min",
            "users_affected": "15,000",
            "revenue_impact": "$45,000",
        },
        "milestones": {"started_at": {"at": "2024-01-15T14:15:00Z"}},
        "findings": [{"level": "warning"}, {"level": "warning"}, {"level": "info"}],
        "conformance": [
            {"state": "missed", "title": "Status update every 15 minutes"},
            {"state": "met", "title": "Acknowledged in time"},
        ],
    }
    parts = {name: value for name, value in changes.items() if name in whole}
    return {
        **whole,
        **parts,
        "incident": {**incident, **{name: changes[name] for name in changes.keys() - parts.keys()}},
    }


def trends_twin(**changes: object) -> dict[str, object]:
    """The twin of a trend report, as far as the list reads it."""
    whole: dict[str, object] = {
        "schema_version": "1",
        "kind": "trends",
        "title": "Incidents from 2023-Q1 to 2024-Q4",
        "as_of": "2024-12-31T23:59:59Z",
        "cohort": {"n": 242},
    }
    return whole | changes


@pytest.fixture
def make_trends(reports: Path) -> Callable[..., Path]:
    """Writes the twin and the page of a trend report."""

    def make(name: str = "trends", **changes: object) -> Path:
        (reports / f"{name}.html").write_text("<!doctype html><title>trends</title>", encoding="utf-8")
        file = reports / f"{name}.json"
        file.write_text(json.dumps(trends_twin(**changes)), encoding="utf-8")
        return file

    return make


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """The folder of the reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


@pytest.fixture
def make_twin(reports: Path) -> MakeTwin:
    """Writes the twin and the page of a report."""

    def make(identity: str, *, page: str = "html", **changes: object) -> Path:
        if page:
            (reports / f"{identity}.{page}").write_text("<!doctype html><title>report</title>", encoding="utf-8")
        file = reports / f"{identity}.json"
        file.write_text(json.dumps(twin(identity, **changes)), encoding="utf-8")
        return file

    return make
