"""Tests of where a duration may have moved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.analysis.trends.level_signal import level_signal

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.cohort import Cohort


def test_the_planted_change_lies_after_the_127th_acknowledgment(sample_cohort: Cohort) -> None:
    """As in data/README.md, between two days that hold the first of January."""
    found = level_signal(sample_cohort.watched("time_to_acknowledgment"), seed=1)
    assert (found.n_before, found.n_after, found.first_after, found.p_value) == (127, 114, "INC-2023-004", 0.0005)
    assert (found.before_seconds, found.after_seconds) == (508.0, 281.5)
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest < datetime(2023, 1, 1, tzinfo=UTC) < found.latest


def test_resolutions_have_a_cut_that_chance_explains(sample_cohort: Cohort) -> None:
    """A place is given however doubtful; its p-value says so."""
    assert level_signal(sample_cohort.watched("time_to_resolution"), seed=1).p_value == 0.236
