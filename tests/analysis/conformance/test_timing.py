"""Uncertain instants beside a limit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.analysis.conformance.timing import Due, after_words, minutes_after
from incident_analytics.model.instants import Instant, ZoneRules, read_instant

if TYPE_CHECKING:
    from collections.abc import Callable

FIVE = minutes_after(5)
NOON = read_instant("2024-01-15T12:00:00Z", ZoneRules())
assert NOON is not None


def shifted(instant: Instant, *, earliest: int, latest: int) -> Instant:
    """A range of seconds after an instant."""
    first, last = instant.earliest + timedelta(seconds=earliest), instant.earliest + timedelta(seconds=latest)
    return Instant(first, last, "", "second", "UTC")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("14:15", "at detection"),
        ("14:18", "3 min after detection"),
        ("14:13", "2 min before detection"),
        ("14:18..14:28", "3 min to 13 min after detection"),
        ("14:10..14:18", "0 s to 3 min after detection"),
    ],
)
def test_a_distance_is_told_as_after_before_or_at(instant: Callable[[str], Instant], at: str, words: str) -> None:
    """Beside a detection at 14:15; a range that begins before it is cut there."""
    assert after_words(instant(at), instant("14:15"), "detection") == words


@given(start=st.integers(0, 600), width=st.integers(0, 600), strict=st.booleans(), hours=st.integers(-9, 9))
def test_shifting_all_times_changes_no_outcome(start: int, width: int, *, strict: bool, hours: int) -> None:
    """Only distances decide."""
    moved = Instant(NOON.earliest + timedelta(hours=hours), NOON.latest + timedelta(hours=hours), "", "second", "UTC")
    outcomes = {
        Due(base, FIVE, is_strict=strict).outcome(shifted(base, earliest=start, latest=start + width))
        for base in (NOON, moved)
    }
    assert len(outcomes) == 1


@given(start=st.integers(0, 600), width=st.integers(1, 600))
def test_an_outcome_that_is_certain_holds_for_both_ends(start: int, width: int) -> None:
    """A range is met only if its latest is, and missed only if its earliest is."""
    due = Due(NOON, FIVE)
    ends = [due.outcome(shifted(NOON, earliest=end, latest=end)) for end in (start, start + width)]
    whole = due.outcome(shifted(NOON, earliest=start, latest=start + width))
    assert whole == (ends[0] if ends[0] == ends[1] else "uncertain")
