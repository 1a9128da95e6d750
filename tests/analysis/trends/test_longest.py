"""The incidents that took longest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.longest import longest
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.sources.histories import History

MARCH = Scope(datetime(2024, 3, 1, tzinfo=UTC))


def test_longest_of_2023_carries_27_percent_of_its_time(sample_history: History) -> None:
    """data/README.md: INC-2023-049 of 5 d 7 h 12 min, alone 27 % of all time in 2023."""
    scope = Scope(datetime(2024, 1, 1, tzinfo=UTC), since=datetime(2023, 1, 1, tzinfo=UTC))
    found = longest(cohort(sample_history.frame, scope, load_runbook()))
    first = found.incidents[0]
    assert (first.id, first.seconds) == ("INC-2023-049", 457_920.0)
    assert first.share == pytest.approx(0.266, abs=0.0005)
    assert (found.n, found.n_open, len(found.incidents)) == (112, 5, 5)


def test_sample_leaves_out_what_ends_before_it_begins(sample_cohort: Cohort) -> None:
    """INC-2022-067, and the five that are open."""
    found = longest(sample_cohort)
    assert [(each.count, each.examples) for each in found.left_out] == [(1, ("INC-2022-067",))]
    assert (found.n, found.n_open) == (236, 5)


def test_equal_ones_go_by_their_beginning(lasting: Callable[..., pl.DataFrame]) -> None:
    """Three of an hour; two are named, with two thirds of the time."""
    found = longest(cohort(lasting(60, 60, 60), MARCH, load_runbook()), 2)
    assert [each.id for each in found.incidents] == ["INC-1", "INC-2"]
    assert found.share == pytest.approx(2 / 3)


def test_no_time_has_no_share(lasting: Callable[..., pl.DataFrame]) -> None:
    """Resolved at once: 0 s of 0 s."""
    (found,) = longest(cohort(lasting(0), MARCH, load_runbook())).incidents
    assert (found.seconds, found.share) == (0.0, None)


def test_open_ones_are_not_among_them(lasting: Callable[..., pl.DataFrame]) -> None:
    """However old they are."""
    found = longest(cohort(lasting(None, 60), MARCH, load_runbook()))
    assert ([each.id for each in found.incidents], found.n, found.n_open) == (["INC-2"], 1, 1)


def test_empty_history_has_none(history_of: Callable[..., pl.DataFrame]) -> None:
    """Nothing took any time."""
    found = longest(cohort(history_of(), MARCH, load_runbook()))
    assert (found.incidents, found.n, found.share) == ((), 0, None)
