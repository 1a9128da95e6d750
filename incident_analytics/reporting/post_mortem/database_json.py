"""The captured state of the database as the part of the JSON twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.model.measurement import Place
from incident_analytics.reporting.measurement_json import Json, instant_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.analysis.database import BlockedSession, BlockingChain, DatabaseState, RootBlocker, Session
    from incident_analytics.reporting.post_mortem.database import DatabaseNumbers


def database_json(numbers: DatabaseNumbers) -> dict[str, Json]:
    """The capture that the page shows, with the place of each number, and a line for every capture."""
    state = numbers.shown
    return {
        "captured_at": _instant(state.captured_at) if state else None,
        "connections": _connections(state),
        "sessions_waiting": {
            "value": state.waiting if state else None,
            "places": [str(place) for place in state.chain.places] if state else [],
        },
        "long_running": _sessions(state.long_running if state else None),
        "idle_in_transaction": _sessions(state.idle_in_transaction if state else None),
        "blocking": _blocking(state.chain) if state else None,
        "captures": [_capture(each) for each in numbers.states],
    }


def _connections(state: DatabaseState | None) -> dict[str, Json]:
    found = state.connections if state else None
    if found is None:
        return {"value": None, "places": []}
    return {
        "value": found.total,
        "background": found.background,
        "limit": found.limit,
        "limit_place": str(found.limit_place) if found.limit_place else None,
        "share_of_limit": found.share,
        "groups": [
            {"application": each.application, "state": each.state, "count": each.count} for each in found.groups
        ],
        "told_by": found.told_by,
        "places": [str(place) for place in found.places],
    }


def _sessions(sessions: Sequence[Session] | None) -> list[Json] | None:
    if sessions is None:
        return None
    return [
        {
            "pid": each.pid,
            "application": each.application,
            "user": each.user,
            "state": each.state,
            "query_seconds": each.seconds,
            "state_seconds": each.state_seconds,
            "transaction_seconds": each.transaction_seconds,
            "query": each.query,
            "place": str(Place(each.file, each.line)),
        }
        for each in sessions
    ]


def _blocking(chain: BlockingChain) -> dict[str, Json]:
    return {
        "told_by": chain.told_by or None,
        "roots": [_root(each) for each in chain.roots],
        "blocked": [_blocked(each) for each in chain.blocked],
        "unexplained": list(chain.unexplained),
        "in_circle": list(chain.in_circle),
    }


def _root(root: RootBlocker) -> dict[str, Json]:
    return {
        "pid": root.pid,
        "application": root.application,
        "user": root.user,
        "state": root.state,
        "since": _instant(root.since),
        "seconds": root.seconds,
        "transaction_since": _instant(root.transaction_since),
        "query": root.query,
        "waiting": root.waiting,
        "deepest": root.deepest,
        "place": str(Place(root.file, root.line)) if root.file else None,
    }


def _blocked(session: BlockedSession) -> dict[str, Json]:
    return {
        "pid": session.pid,
        "behind": session.behind,
        "blocked_by": list(session.blocked_by),
        "roots": list(session.roots),
        "depth": session.depth,
        "waits_for": session.wait,
        "since": _instant(session.since),
        "seconds": session.seconds,
        "application": session.application,
        "user": session.user,
        "query": session.query,
        "place": str(Place(session.file, session.line)) if session.file else None,
    }


def _capture(state: DatabaseState) -> Json:
    return {
        "captured_at": _instant(state.captured_at),
        "folder": state.folder,
        "connections": state.connections.total if state.connections else None,
        "sessions_waiting": state.waiting,
        "long_running": None if state.long_running is None else len(state.long_running),
        "idle_in_transaction": None if state.idle_in_transaction is None else len(state.idle_in_transaction),
    }


def _instant(at: datetime | None) -> str | None:
    return instant_json(at) if at else None
