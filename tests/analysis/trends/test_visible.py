"""The smallest changes that would be seen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.analysis.trends.visible import visible
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.cohort import Cohort


def test_a_quarter_of_the_sample_history_shows_no_small_change(sample_cohort: Cohort) -> None:
    """Quarters of 28, 34, 36, 27, 29, 25, 27, 36 (data/README.md): half of a resolution is the least that shows."""
    seen = visible(sample_cohort)
    assert seen.n_period == 28.5
    acknowledgment, resolution = seen.durations
    assert resolution.neighbours is not None
    assert resolution.neighbours.reduction == pytest.approx(0.50, abs=0.01)
    assert resolution.halves is not None
    assert resolution.halves.reduction == pytest.approx(0.28, abs=0.01)
    assert acknowledgment.n_wanted == 104
    assert seen.counts is not None
    assert seen.counts.most == pytest.approx((28.5**0.5 + 1.981) ** 2, abs=0.01)


def test_where_nothing_is_known_nothing_is_visible(
    history_of: Callable[..., pl.DataFrame], lasting: Callable[..., pl.DataFrame]
) -> None:
    """Empty, one, all open: a reason in the place of each number."""
    for frame in (history_of(), lasting(5.0), lasting(None, None, None)):
        seen = visible(cohort(frame, Scope(as_of=datetime(2024, 3, 1, tzinfo=UTC)), load_runbook()))
        assert {each.reason for each in seen.durations} == {"fewer than two are done"}
        assert all(each.n_wanted is None for each in seen.durations)
