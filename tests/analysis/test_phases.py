"""Phases go from milestone to milestone, and their durations sum to the whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.analysis.phases import phases
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Anchor

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ("started_at", "detected_at", "acknowledged_at", "diagnosed_at", "mitigated_at", "resolved_at")
START = datetime(2024, 1, 15, 14, 15, tzinfo=UTC)


def anchors(*minutes: int | None) -> dict[str, Anchor]:
    """The six milestones, so many minutes after 14:15; None is not recorded."""
    padded = (*minutes, *[None] * (len(NAMES) - len(minutes)))
    return {
        name: Anchor(name, None if minute is None else Instant.exact(START + timedelta(minutes=minute)))
        for name, minute in zip(NAMES, padded, strict=True)
    }


def told(found: Any) -> list[tuple[str, float]]:  # noqa: ANN401 -- phases
    """Name and minutes of each phase."""
    return [(phase.name, phase.duration_seconds / 60) for phase in found]


def test_six_milestones_are_five_phases() -> None:
    """By hand: 2 + 3 + 10 + 25 + 50 = 90 minutes."""
    assert told(phases(anchors(0, 2, 5, 15, 40, 90), as_of=START)) == [
        ("Detection", 2),
        ("Acknowledgment", 3),
        ("Diagnosis", 10),
        ("Mitigation", 25),
        ("Monitoring", 50),
    ]


def test_the_template_has_three(tell: Callable[..., Any], runbook_template: Any) -> None:  # noqa: ANN401
    """Start is detection, and the mitigation was not recorded: 3 + 7 + 80 minutes."""
    assert told(phases(tell(runbook_template.read_bytes()).anchors, as_of=START)) == [
        ("Acknowledgment", 3),
        ("Diagnosis", 7),
        ("Mitigation and monitoring", 80),
    ]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ((0, None, None, None, None, 90), [("Detection to monitoring", 90)]),
        ((0, 2, None, None, None, 90), [("Detection", 2), ("Acknowledgment to monitoring", 88)]),
        ((0, None, 5, None, None, 90), [("Detection and acknowledgment", 5), ("Diagnosis to monitoring", 85)]),
    ],
)
def test_a_missing_milestone_joins_its_phases(minutes: tuple[int | None, ...], expected: object) -> None:
    """The name says which they are."""
    assert told(phases(anchors(*minutes), as_of=START)) == expected


def test_a_milestone_out_of_order_makes_no_negative_phase() -> None:
    """Acknowledged before detected, mitigated after resolved: both are findings, and left out here."""
    assert told(phases(anchors(0, 10, 5, 20, 120, 90), as_of=START)) == [
        ("Detection", 10),
        ("Acknowledgment and diagnosis", 10),
        ("Mitigation and monitoring", 70),
    ]


def test_an_open_incident_ends_with_the_evidence() -> None:
    """Its last phase is open; later milestones have not been yet."""
    found = phases(anchors(0, 2), as_of=START + timedelta(minutes=30))
    assert told(found) == [("Detection", 2), ("Acknowledgment to monitoring", 28)]
    assert [phase.is_open for phase in found] == [False, True]


def test_an_open_incident_looked_at_before_its_start_has_no_phases() -> None:
    """Time does not run backwards."""
    assert phases(anchors(0), as_of=START - timedelta(hours=1)) == ()


def test_without_a_start_or_with_an_end_before_it_there_are_no_phases() -> None:
    """Nothing to sum."""
    assert phases(anchors(None, 2, 5, None, None, 90), as_of=START) == ()
    assert phases(anchors(0, 2, 5, None, None, -10), as_of=START) == ()


def test_all_at_once_is_no_phase() -> None:
    """An incident of no duration."""
    assert phases(anchors(0, 0, 0, 0, 0, 0), as_of=START) == ()


@given(st.lists(st.one_of(st.none(), st.integers(-60, 500)), min_size=5, max_size=5))
def test_phases_sum_to_the_whole_without_gap_or_overlap(minutes: list[int | None]) -> None:
    """Whatever is recorded, in whatever order."""
    found = phases(anchors(0, *minutes), as_of=START + timedelta(minutes=600))
    end = minutes[-1] if minutes[-1] is not None else 600
    assert sum(phase.duration_seconds for phase in found) == max(0, end) * 60
    assert all(phase.duration_seconds > 0 for phase in found)
    assert all(first.end == second.start for first, second in pairwise(found))
