"""What took a change back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.changes.change import Change, marks_of, services_named
from incident_analytics.analysis.changes.undoing import taken_back_by, undoing_of
from incident_analytics.model.instants import Instant

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.changes.change import Sort

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


DEPLOY, CONFIG = "edge 1.9.4 deployed", "Setting of c-881: psp_timeout 5000 ms to 300 ms"


def told(hour: int, minute: int, sort: Sort, text: str, ref: str = "") -> Change:
    """A change with what its words name."""
    at = Instant.exact(START.replace(hour=hour, minute=minute))
    return Change(at, text, sort, "deploys", None, ref, services_named(text, ()), marks_of(text))


BEFORE = (told(13, 40, "configuration", CONFIG, "c-881"), told(13, 50, "deploy", DEPLOY, "d-502"))


@pytest.mark.parametrize(
    ("undone", "taken"),
    [
        ("Config change 881 rolled back", CONFIG),
        ("c-881 rolled back", CONFIG),
        ("Config rolled back", CONFIG),
        ("Rolled back psp_timeout", CONFIG),
        ("Rolled back the timeout of the provider", CONFIG),
        ("Config change 882 rolled back", None),
        ("Feature flag rolled back", None),
        ("Rolled back 1.9.4", DEPLOY),
        ("Deploy 502 rolled back", DEPLOY),
    ],
)
def test_a_rollback_belongs_to_the_change_it_names(undone: str, taken: str | None) -> None:
    """By a reference, its number, a name, its sort or a word; one that names another is of none of them."""
    changes = (*BEFORE, told(14, 30, "rollback", undone))
    undoings = {change.text: undoing_of(change, changes, START) for change in BEFORE}
    assert {text: undoing.is_named for text, undoing in undoings.items() if undoing} == ({taken: True} if taken else {})


@pytest.mark.parametrize("undone", ["Rolled back", "Rolled back to build 2041", "All nodes rolled back at 14:30"])
def test_a_rollback_that_names_nothing_is_of_the_last_deploy(undone: str) -> None:
    """What it says it was taken back to is no name of what was taken back, and no time is."""
    changes = (*BEFORE, told(14, 30, "rollback", undone))
    found = undoing_of(BEFORE[1], changes, START)
    assert (found is not None, found and found.is_named) == (True, False)
    assert undoing_of(BEFORE[0], changes, START) is None


def test_a_rollback_without_a_name_is_the_one_of_the_same_minute_that_has_one() -> None:
    """The record's mitigation says no more than that, the timeline beside it has the reference."""
    bare, named = told(14, 30, "rollback", "Rolled back"), told(14, 30, "rollback", "Undone", "c-881")
    changes = (*BEFORE, bare, named)
    assert undoing_of(BEFORE[1], changes, START) is None
    found = undoing_of(BEFORE[0], changes, START)
    assert found is not None
    assert found.change is named
    assert (taken_back_by(named, changes), taken_back_by(bare, changes)) == (BEFORE[0], None)
