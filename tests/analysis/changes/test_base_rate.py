"""How often such changes come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.changes.base_rate import BaseRate, base_rate

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.changes import Change

START = datetime(2024, 1, 15, 14, 0, tzinfo=UTC)


def test_the_rate_is_the_mean_time_between_changes_of_the_service(
    changes_of: Callable[..., tuple[Change, ...]],
) -> None:
    """Three in two hours are one an hour; those of another service or after the start do not count."""
    changes = changes_of(
        ("11:50", "checkout 1.0 deployed"),
        ("12:30", "checkout 1.1 deployed"),
        ("13:00", "search-api 2.0 deployed"),
        ("13:50", "checkout 1.2 deployed"),
        ("14:20", "checkout 1.3 deployed"),
    )
    assert base_rate(changes[0], changes, START) == BaseRate(3, timedelta(hours=1))


def test_two_changes_tell_no_rate(changes_of: Callable[..., tuple[Change, ...]]) -> None:
    """One gap is no rhythm, and no chance follows from it."""
    changes = changes_of(("12:50", "checkout 1.0 deployed"), ("13:50", "checkout 1.1 deployed"))
    rate = base_rate(changes[0], changes, START)
    assert rate == BaseRate(2, None)
    assert rate.chance_within(timedelta(minutes=30)) is None


def test_the_chance_follows_from_the_rate() -> None:
    """1 - exp(-1/2) for half the mean gap; changes all at one instant are certain."""
    assert BaseRate(9, timedelta(hours=1)).chance_within(timedelta(minutes=30)) == pytest.approx(0.3934693)
    assert BaseRate(3, timedelta(0)).chance_within(timedelta(minutes=30)) == 1.0
