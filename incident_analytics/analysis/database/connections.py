"""Connections by state and application against the limit, where the limit was captured."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.database.sessions import sessions_of
from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.database.captures import Capture


@dataclass(frozen=True, slots=True)
class ConnectionGroup:
    """Connections of one state and application.

    Args:
        state: Such as ``idle``; None where the count is a total.
        application: The application_name; None where the count is a total, or where the client gave none.
        count: How many.
    """

    state: str | None
    application: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Connections:
    """The connections of a capture.

    Args:
        captured_at: When.
        groups: By state and application, the largest first.
        total: All of them.
        background: Rows of the server's own processes, which take no connection; None where the count
            does not tell them apart, so that ``total`` may hold them.
        limit: The server's max_connections; None where it was not captured.
        share: The total as a part of the limit.
        told_by: ``connection_count`` or ``pg_stat_activity``.
        places: The lines of the count, or the files of the sessions.
        limit_place: Where the limit stands.
    """

    captured_at: datetime | None
    groups: tuple[ConnectionGroup, ...]
    total: int
    background: int | None
    limit: int | None
    share: float | None
    told_by: str
    places: tuple[Place, ...] = ()
    limit_place: Place | None = None


def connections(capture: Capture) -> Connections | None:
    """The connections by the count, or by the sessions where no count was kept; None where neither was."""
    counted: Counter[tuple[str | None, str | None]] = Counter()
    for row in capture.counts:
        if isinstance(count := row["count"], int):
            counted[_text(row["state"]), _text(row["application"])] += count
    told_by = "connection_count"
    places = [Place(str(row["file"]), line if isinstance(line := row["line"], int) else None) for row in capture.counts]
    if not counted:
        told_by = "pg_stat_activity"
        # Only pg_stat_activity lists every session; the long-running and blocking answers list some.
        whole = {row["file"] for row in capture.activity if row["state_changed_at"] is not None}
        if not whole:
            return None
        counted.update((each.state, each.application) for each in sessions_of(capture))
        places = [Place(file) for file in sorted(map(str, whole))]
    is_grouped = any(state is not None for state, _ in counted)
    background = counted.pop((None, None), 0) if is_grouped else None
    groups = [ConnectionGroup(state, application, count) for (state, application), count in counted.items()]
    total, (limit, limit_place) = counted.total(), _limit(capture)
    return Connections(
        capture.at,
        tuple(sorted(groups, key=lambda each: (-each.count, each.application or "", each.state or ""))),
        total,
        background,
        limit,
        total / limit if limit else None,
        told_by,
        tuple(places),
        limit_place,
    )


def _limit(capture: Capture) -> tuple[int, Place] | tuple[None, None]:
    for row in capture.settings:
        value, line = row["value"], row["line"]
        if row["name"] == "max_connections" and isinstance(value, str) and value.strip().isdecimal():
            return int(value), Place(str(row["file"]), line if isinstance(line, int) else None)
    return None, None


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None
