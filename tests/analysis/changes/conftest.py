"""Changes of made-up timelines, held against an impact that began at 14:00 and ended at 14:40."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from incident_analytics.analysis.changes import (
    AffectedService,
    Bound,
    ChangeCandidates,
    ImpactBounds,
    change_candidates,
    recorded_changes,
)

if TYPE_CHECKING:
    from incident_analytics.analysis.changes import Change

START = datetime(2024, 1, 15, 14, 0, tzinfo=UTC)
END = START + timedelta(minutes=40)
HEAD = "id: X\nseverity: SEV1\nstarted_at: 2024-01-15T14:00:00Z\ntimeline:\n"
Judge: TypeAlias = Callable[..., ChangeCandidates]


@pytest.fixture
def changes_of(tell: Callable[..., Any]) -> Callable[..., tuple[Change, ...]]:
    """The changes of entries, each ``(time, words)`` on that day."""

    def changes(*entries: tuple[str, str], known: tuple[str, ...] = ("checkout", "search-api")) -> tuple[Change, ...]:
        lines = [f'- {{time: "2024-01-15T{time}:00Z", event: "{words}"}}\n' for time, words in entries]
        return recorded_changes(tell(HEAD + "".join(lines)).events, known)

    return changes


@pytest.fixture
def judge(changes_of: Callable[..., tuple[Change, ...]]) -> Judge:
    """The candidates among entries; checkout was affected unless told otherwise."""

    def judged(
        *entries: tuple[str, str], affected: tuple[str, ...] = ("checkout",), end: datetime | None = END
    ) -> ChangeCandidates:
        bounds = ImpactBounds(
            Bound(START, START, "the first error", is_measured=True),
            Bound(end, end, "errors back to usual", is_measured=True) if end else None,
        )
        hit = tuple(AffectedService(name, ("its errors rose",)) for name in affected)
        return change_candidates(changes_of(*entries), bounds=bounds, affected=hit, warned={}, zone=UTC)

    return judged
