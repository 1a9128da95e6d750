"""Evidence preserved within two hours of the resolution (S34, A8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Judged


@pytest.mark.parametrize(
    ("received", "state", "detail"),
    [
        ("16:57", "met", "1 h 12 min after resolution"),
        ("17:45", "met", "2 h after resolution"),
        ("17:45:01", "missed", "late: 2 h 1 s after resolution; due within 2 h"),
        ("15:00", "met", "45 min before resolution"),
    ],
)
def test_evidence_is_in_time_until_two_hours_after_resolution(
    judged: Judged, received: str, state: str, detail: str
) -> None:
    """Resolved at 15:45, inclusive; what was kept during the incident is kept."""
    check = judged("logs-preserved", resolved_at="15:45", preserved={"logs": received})
    assert (check.state, check.detail) == (state, detail)
    assert str(check.evidence[0].place) == "MANIFEST.json"


def test_evidence_that_is_not_there_is_pending_and_then_not_evidenced(judged: Judged) -> None:
    """It may have been archived elsewhere."""
    other = {"logs": "16:00"}
    early = judged("database-preserved", resolved_at="15:45", preserved=other, as_of="17:44")
    late = judged("database-preserved", resolved_at="15:45", preserved=other, as_of="17:45")
    assert (early.state, early.detail) == ("pending", "due by Mon 2024-01-15 17:45 UTC")
    assert (late.state, late.detail) == ("not_evidenced", "the bundle holds none and no entry tells of it")


def test_evidence_without_its_receipt_is_in_time_only_before_the_deadline(judged: Judged) -> None:
    """It is there as of now."""
    early = judged("metrics-preserved", resolved_at="15:45", preserved={"metrics": None}, as_of="17:45")
    late = judged("metrics-preserved", resolved_at="15:45", preserved={"metrics": None}, as_of="17:46")
    assert (early.state, early.detail) == ("met", "the bundle holds it")
    assert (late.state, late.detail) == (
        "not_evidenced",
        "the bundle holds it, but when it was received is not recorded",
    )


def test_an_export_is_told_by_the_timeline_too_and_the_earlier_one_counts(judged: Judged) -> None:
    """Told at 16:20, and a second export received at 18:30."""
    told = [("14:15", "Alert triggered"), ("16:20", "Incident data exported")]
    check = judged("export", timeline=told, resolved_at="15:45", preserved={"export": "18:30"})
    assert (check.state, check.detail) == ("met", "35 min after resolution")


def test_evidence_is_pending_while_the_incident_is_open(judged: Judged) -> None:
    """Nothing is due yet, and what is there already is kept."""
    assert judged("logs-preserved").state == "pending"
    assert judged("logs-preserved", preserved={"logs": "15:00"}).state == "met"
