"""What travels with the package is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics import shipped as module
from incident_analytics.errors import IncidentAnalyticsError
from incident_analytics.shipped import shipped

ROOT = Path(__file__).resolve().parents[1]


def test_the_runbook_stands_in_the_package() -> None:
    """Beside the modules."""
    assert shipped("runbook.yaml") == ROOT / "incident_analytics" / "runbook.yaml"


def test_the_sample_incident_is_found_in_a_checkout() -> None:
    """Beside the package."""
    assert shipped("data/INC-2024-001") == ROOT / "data" / "INC-2024-001"


def test_what_a_wheel_carries_wins_over_what_lies_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In site-packages a stranger's folder may be called data."""
    package = tmp_path / "incident_analytics"
    for folder in (package / "shipped" / "data", tmp_path / "data"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(module, "PACKAGE", package)
    assert module.shipped("data") == package / "shipped" / "data"


def test_what_did_not_travel_is_one_clear_error() -> None:
    """With its name."""
    with pytest.raises(IncidentAnalyticsError, match=r"'nothing\.txt' did not travel with this installation"):
        shipped("nothing.txt")
