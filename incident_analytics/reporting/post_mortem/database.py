"""The captured state of the database as the report shows it: one capture in full, the others beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.database import (
    DatabaseState,
    WaitingGroup,
    database_states,
    most_waiting,
    waiting_groups,
)

if TYPE_CHECKING:
    from incident_analytics.sources.database import DatabaseReading


@dataclass(frozen=True, slots=True)
class DatabaseNumbers:
    """What the captures say.

    Args:
        states: Every capture in order of time.
        shown: The one that is shown in full: where most sessions wait; None without captures.
        behind: For each root blocker of it, in order, the groups that wait behind it.
    """

    states: tuple[DatabaseState, ...]
    shown: DatabaseState | None
    behind: tuple[tuple[WaitingGroup, ...], ...]


def database_numbers(reading: DatabaseReading) -> DatabaseNumbers:
    """The numbers that the report tells of the captured database."""
    states = database_states(reading)
    shown = most_waiting(states)
    roots = shown.chain.roots if shown else ()
    behind = tuple(waiting_groups(shown.chain, root.pid) for root in roots) if shown else ()
    return DatabaseNumbers(states, shown, behind)
