"""Quiet stretches and what they bound."""

from __future__ import annotations

import numpy as np
import pytest

from incident_analytics.analysis.snapshots.placebos import apart, margin, stretches, upper


def test_no_stretch_touches_a_sample_that_is_not_usable() -> None:
    """The fifth of ten samples belongs to another incident."""
    usable = np.ones(10, dtype=np.bool_)
    usable[4] = False
    assert stretches(usable, 4, 30).tolist() == [0, 5, 6]


@pytest.mark.parametrize("length", [0, 11])
def test_stretches_of_no_samples_or_of_too_many_are_none(length: int) -> None:
    """Ten samples."""
    assert stretches(np.ones(10, dtype=np.bool_), length, 30).tolist() == []


def test_stretches_that_follow_each_other_are_apart() -> None:
    """Begins at 0, 2, 4 and 8, each four long."""
    assert (apart(np.array([0, 2, 4, 8]), 4), apart(np.array([], dtype=np.int64), 4)) == (3, 0)


def test_the_quantile_of_39_is_the_38th_and_of_30_the_largest() -> None:
    """ceil(40 * .95) = 38; ceil(31 * .95) = 30."""
    assert (upper(np.arange(1.0, 40.0)), upper(np.arange(1.0, 31.0))) == (38.0, 30.0)


def test_the_margin_shrinks_with_history() -> None:
    """1 + 0.75 / n."""
    assert [margin(n) for n in (0, 1, 3, 75)] == [1.75, 1.75, 1.25, 1.01]
