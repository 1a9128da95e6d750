"""Durations as arrays."""

from __future__ import annotations

import numpy as np
import pytest

from incident_analytics.analysis.statistics.comparison import compare
from incident_analytics.analysis.statistics.durations import durations, logs, spread_of_logs, thinned
from incident_analytics.errors import ParameterError


def test_counts_are_those_of_the_flags() -> None:
    """Three, one of them open."""
    given = durations([60, 120, 30], [False, True, False])
    assert (given.n, given.n_open, given.done.tolist()) == (3, 1, [60.0, 30.0])


def test_durations_bring_their_flags_along() -> None:
    """Handed to a statistic they are what seconds and flags beside each other are."""
    before, after = durations(range(100, 110), [True] + [False] * 9), durations(range(50, 60))
    found = compare(before, after)
    assert found == compare(before.seconds, after.seconds, before_open=before.is_open)
    assert (found.n_open, found.method) == (1, "log-rank")


def test_flags_beside_durations_are_refused() -> None:
    """Two answers to one question."""
    with pytest.raises(ParameterError, match="none beside Durations"):
        durations(durations([60]), [True])


def test_what_took_less_than_a_second_counts_as_one_in_a_logarithm() -> None:
    """Nought has none."""
    assert logs(np.asarray([0.0, 0.5, 1.0, np.e])).tolist() == pytest.approx([0, 0, 0, 1])


def test_the_spread_of_logs_takes_two() -> None:
    """One, ten and a hundred minutes: ln 10."""
    assert spread_of_logs([60, 600, 6000]) == pytest.approx(2.302585)
    assert spread_of_logs([60]) is None
    assert spread_of_logs([]) is None
    assert spread_of_logs(durations([60, 600, 6000, 1], [False, False, False, True])) == pytest.approx(2.302585)


def test_few_are_not_thinned() -> None:
    """They stand for themselves."""
    given = durations([3, 1, 2])
    assert thinned(given) is given


def test_thousands_are_thinned_with_the_same_share_open() -> None:
    """100,000 of which a tenth are open: 1,800 and 200, and the median stays."""
    given = durations(np.arange(100_000), np.arange(100_000) % 10 == 0)
    few = thinned(given)
    assert (few.n, few.n_open) == (2000, 200)
    assert np.median(few.seconds) == pytest.approx(50_000, abs=30)
