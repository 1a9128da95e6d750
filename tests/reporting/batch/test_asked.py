"""What travels between the processes of a batch."""

from __future__ import annotations

import json
from pathlib import Path

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.reporting.batch.asked import Asked, Outcome


def test_what_is_asked_survives_the_way_to_another_process() -> None:
    """Every option of a report arrives as it was given."""
    asked = Asked(
        Path("out"), ("md", "pdf"), "inline", "2024-01-16", "kernel", allow_partial=True, runbook=Path("r.yaml")
    )
    assert Asked.from_answer(json.loads(json.dumps(asked.as_answer()))) == asked


def test_what_nobody_asked_for_stays_unasked() -> None:
    """No moment and no runbook arrive as none, not as words."""
    asked = Asked.from_answer(Asked(Path("out")).as_answer())
    assert (asked.as_of, asked.runbook, asked.assets) == (None, None, "shared")


def test_an_outcome_survives_the_way_back() -> None:
    """Paths, failed sections, notes and findings with and without a place."""
    findings = (Finding("silence", "warning", "80 min", Place("a.yaml", 3)), Finding("rows", "info", "none"))
    outcome = Outcome("INC-1", (Path("out/INC-1.html"),), ("impact",), ("kept",), findings, "why", "read in UTC")
    assert Outcome.from_answer(json.loads(json.dumps(outcome.as_answer()))) == outcome


def test_a_report_without_a_section_is_not_whole() -> None:
    """Neither is one that was never made."""
    assert Outcome("INC-1").is_whole
    assert not Outcome("INC-1", failed=("impact",)).is_whole
    assert not Outcome("INC-1", reason="it died").is_whole
