"""Reports for the tests of sections."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.history import load_incidents
from incident_analytics.reporting.trends.assembly import trend_report

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def sample_trends() -> TrendReport:
    """The trend report of data/history as of 2024-01-01, severities side by side, with means."""
    history = load_incidents(ROOT / "data/history/incidents.ndjson", as_of="2024-01-01T00:00:00Z", catalog=None)
    return trend_report(history, by="severity", mean=True)
