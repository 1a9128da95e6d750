"""The declared duration beside the computed one (S45)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.model.incident import Impact

if TYPE_CHECKING:
    from conftest import Judged


@pytest.mark.parametrize(
    ("declared", "resolved", "state", "detail"),
    [
        (90, "15:45", "met", "declared 90 min, computed 1 h 30 min"),
        (90, "15:45:59", "met", "declared 90 min, computed 1 h 30 min 59 s"),
        (90, "15:46", "missed", "declared 90 min, computed 1 h 31 min"),
        (0, "14:15", "met", "declared 0 min, computed 0 s"),
        (89.5, "15:45", "met", "declared 89.5 min, computed 1 h 30 min"),
    ],
)
def test_durations_agree_within_a_minute(
    judged: Judged, declared: float, resolved: str, state: str, detail: str
) -> None:
    """Started 14:15; both are always shown, and 0 is a duration."""
    impact = Impact(duration_minutes=declared)
    check = judged("duration-agrees", started_at="14:15", resolved_at=resolved, impact=impact)
    assert (check.state, check.detail) == (state, detail)


def test_nothing_declared_is_not_applicable_and_open_is_pending(judged: Judged) -> None:
    """An open incident has no duration to compare with."""
    assert judged("duration-agrees", resolved_at="15:45").state == "not_applicable"
    assert judged("duration-agrees", impact=Impact(duration_minutes=90)).state == "pending"


def test_a_negative_duration_is_said_not_compared(judged: Judged) -> None:
    """The resolution lies before the start."""
    check = judged("duration-agrees", resolved_at="14:00", impact=Impact(duration_minutes=90))
    assert check.state == "not_evidenced"
    assert check.detail == "declared 90 min, but the resolution lies before the start"


def test_a_declared_duration_within_an_uncertain_one_agrees(judged: Judged) -> None:
    """Resolved between 15:40 and 15:50: 85 to 95 minutes."""
    impact = Impact(duration_minutes=95)
    check = judged("duration-agrees", started_at="14:15", resolved_at="15:40..15:50", impact=impact)
    assert (check.state, check.detail) == ("met", "declared 95 min, computed 1 h 25 min to 1 h 35 min")


def test_no_start_leaves_nothing_to_compare(judged: Judged) -> None:
    """Half a duration is none."""
    check = judged("duration-agrees", started_at=None, resolved_at="15:45", impact=Impact(duration_minutes=90))
    assert check.state == "not_evidenced"
