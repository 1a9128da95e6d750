"""How far a series moved, against a plain loop over the same stretches."""

from __future__ import annotations

import numpy as np
import pytest

from incident_analytics.analysis.snapshots.movement import floor_of, movements
from incident_analytics.analysis.snapshots.series import Series

MINUTE = 60_000_000


def series(values: list[float], step: int = MINUTE) -> Series:
    """One sample a step from 0 on."""
    return Series(np.arange(len(values), dtype=np.int64) * step, np.array(values), "", 0)


def test_the_score_counts_interquartile_ranges_from_the_median_before() -> None:
    """Before 1 to 5 (median 3, quartiles 2 and 4), then 3, 9, 3, 3: (9 - 3) / 2."""
    one = series([1.0, 2, 3, 4, 5, 3, 9, 3, 3])
    found = movements(one, np.array([5 * MINUTE]), 4 * MINUTE, 5 * MINUTE, "rises", 0.0)
    assert (found.score[0], found.median[0], found.unit[0], found.extreme[0], found.place[0]) == (3.0, 3.0, 2.0, 9.0, 6)
    assert (found.n_before[0], found.n_during[0]) == (5, 4)


@pytest.mark.parametrize(("direction", "score"), [("rises", 0.0), ("falls", 1.5), ("either", 1.5)])
def test_only_the_way_that_is_looked_for_counts(direction: str, score: float) -> None:
    """It falls from 3 to 0."""
    one = series([1.0, 2, 3, 4, 5, 0, 0])
    found = movements(one, np.array([5 * MINUTE]), 2 * MINUTE, 5 * MINUTE, direction, 0.0)  # type: ignore[arg-type]
    assert found.score[0] == score


def test_a_series_that_never_moved_counts_100_or_nothing() -> None:
    """Level 0, then 7; or 0 on."""
    start = np.array([5 * MINUTE])
    assert movements(series([0.0] * 5 + [7.0]), start, MINUTE, 5 * MINUTE, "either", 0.0).score[0] == 100.0
    assert movements(series([0.0] * 6), start, MINUTE, 5 * MINUTE, "either", 0.0).score[0] == 0.0


def test_too_few_samples_have_no_score() -> None:
    """Three before; or none during."""
    assert np.isnan(movements(series([1.0] * 4), np.array([3 * MINUTE]), MINUTE, MINUTE * 3, "rises", 0.0).score[0])
    assert np.isnan(movements(series([1.0] * 5), np.array([5 * MINUTE]), MINUTE, MINUTE * 5, "rises", 0.0).score[0])
    assert np.isnan(movements(series([]), np.array([0]), MINUTE, MINUTE, "rises", 0.0).score[0])


def test_many_stretches_at_once_are_each_as_alone() -> None:
    """Uneven samples, so that stretches have different numbers of them."""
    draw = np.random.default_rng(3)
    at = np.unique(draw.integers(0, 600, 400)) * MINUTE
    one = Series(at.astype(np.int64), draw.normal(10, 2, at.size), "", 0)
    starts = np.arange(100, 500, 37, dtype=np.int64) * MINUTE
    together = movements(one, starts, 2 * MINUTE, 60 * MINUTE, "falls", 0.5)
    for place, start in enumerate(starts.tolist()):
        before, during = one.part(start - 60 * MINUTE, start).value, one.part(start, start + 2 * MINUTE).value
        if not during.size:
            assert np.isnan(together.score[place])
            continue
        low, middle, high = np.percentile(before, [25, 50, 75])
        assert together.score[place] == pytest.approx(max(middle - during.min(), 0) / max(high - low, 0.5), abs=1e-9)


def test_the_floor_is_a_hundredth_of_the_level_or_a_tenth_of_the_range() -> None:
    """Level 100 that hardly varies; 0 to 100 evenly; nothing."""
    assert floor_of(np.array([100.0] * 10)) == 1.0
    assert floor_of(np.arange(101.0)) == 5.0
    assert floor_of(np.array([])) == 0.0
