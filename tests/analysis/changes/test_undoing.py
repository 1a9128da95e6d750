"""What took a change back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.changes.undoing import undoing_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.changes import Change

START = datetime(2024, 1, 15, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "undone", "is_named"),
    [
        ("checkout 4.2.0 deployed", "checkout rolled back to 4.1.9", True),
        ("checkout 4.2.0 deployed", "Rolled back 4.2.0", True),
        ("checkout 4.2.0 deployed", "Rolled back to 4.1.9", False),
        ("checkout 4.2.0 deployed", "Deploy reverted", False),
        ("Feature flag new_basket turned on", "Feature flag new_basket turned off", True),
    ],
)
def test_an_entry_takes_a_change_back(
    changes_of: Callable[..., tuple[Change, ...]], change: str, undone: str, *, is_named: bool
) -> None:
    """By service, version or flag; a rollback that names none of them is of the last deploy."""
    changes = changes_of(("13:50", change), ("14:20", undone))
    undoing = undoing_of(changes[0], changes, START)
    assert undoing is not None
    assert (undoing.change.text, undoing.is_named) == (undone, is_named)


@pytest.mark.parametrize(
    ("change", "later"),
    [
        ("checkout 4.2.0 deployed", "search-api rolled back to 9.0"),
        ("checkout 4.2.0 deployed", "checkout 4.2.1 deployed"),
        ("Feature flag new_basket turned on", "Feature flag old_search turned off"),
        ("Feature flag new_basket turned on", "Feature flag new_basket turned on for all"),
    ],
)
def test_another_entry_does_not(changes_of: Callable[..., tuple[Change, ...]], change: str, later: str) -> None:
    """Another service, another flag, or more of the same."""
    changes = changes_of(("13:50", change), ("14:20", later))
    assert undoing_of(changes[0], changes, START) is None


def test_of_two_deploys_a_rollback_takes_back_the_last(changes_of: Callable[..., tuple[Change, ...]]) -> None:
    """The first one had been live for an hour."""
    changes = changes_of(
        ("12:50", "checkout 4.1.0 deployed"), ("13:50", "checkout 4.2.0 deployed"), ("14:20", "checkout rolled back")
    )
    assert [undoing_of(change, changes, START) is not None for change in changes[:2]] == [False, True]
