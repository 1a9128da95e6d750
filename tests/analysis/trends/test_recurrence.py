"""What came again after action items were closed, beside what chance would bring."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.trends.action_items import action_items

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.trends.recurrence import Recurrence

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)


def began(identity: str, day: str, *, cause: str = "deploy", **more: object) -> dict[str, object]:
    """A record of the service api that began at noon of a day and was over an hour later."""
    times = {"started_at": f"{day}T12:00Z", "resolved_at": f"{day}T13:00Z"}
    return {"id": identity, **times, "services": ["api"], "cause": cause, **more}


def found_in(told: Callable[..., Any], *records: dict[str, object]) -> Recurrence:
    """The recurrence of some records."""
    cohort, whole = told(*records)
    found = action_items(whole, cohort, as_of=AS_OF).recurrence
    assert found is not None
    return found


def closed(day: str) -> list[dict[str, str]]:
    """One item that was closed at noon of a day."""
    return [{"text": "Size it", "closed_at": f"{day}T12:00Z"}]


def test_only_later_incidents_of_the_same_cause_and_service_came_again(told: Callable[..., Any]) -> None:
    """Not the incident itself, not those before the closing, not one of another cause."""
    found = found_in(
        told,
        began("A", "2024-01-01", action_items=closed("2024-02-01")),
        began("B", "2024-01-20"),
        began("C", "2024-02-01"),
        began("D", "2024-02-02"),
        began("E", "2024-02-03", cause="network"),
        began("F", "2024-03-01"),
    )
    (back,) = found.listed
    assert (back.incident_id, back.number, back.count, back.again) == ("A", 1, 2, ("D", "F"))
    assert (found.n, found.followed, back.is_recorded) == (1, 1, False)


def test_a_record_says_that_it_came_again_whatever_the_cause(told: Callable[..., Any]) -> None:
    """It stands before those that only chance may have brought."""
    found = found_in(
        told,
        began("A", "2024-01-01", action_items=closed("2024-02-01")),
        began("B", "2024-01-02", cause="network", action_items=closed("2024-02-01")),
        began("C", "2024-03-01"),
        began("D", "2024-03-02"),
        began("E", "2024-03-03", cause="database", repeat_of="b"),
    )
    assert [(back.incident_id, back.count, back.is_recorded) for back in found.listed] == [
        ("B", 1, True),
        ("A", 2, False),
    ]


def test_chance_is_that_of_incidents_spread_evenly(told: Callable[..., Any]) -> None:
    """One other in the 152 days from the first of January on, 120.5 of them left: 1 - exp(-120.5 / 152)."""
    found = found_in(told, began("A", "2024-01-01", action_items=closed("2024-02-01")), began("B", "2024-01-20"))
    assert (found.n, found.followed) == (1, 0)
    assert found.by_chance == pytest.approx(1 - math.exp(-120.5 / 152))


def test_items_of_unknown_cause_or_closing_are_not_judged(told: Callable[..., Any]) -> None:
    """Nothing is expected of them either."""
    found = found_in(
        told,
        began("A", "2024-01-01", cause="", action_items=closed("2024-02-01")),
        began("B", "2024-01-01", action_items=[{"text": "b", "status": "done"}, "c"]),
    )
    assert (found.n, found.followed, found.by_chance, found.listed) == (0, 0, None, ())


def test_names_and_addresses_are_not_listed(told: Callable[..., Any]) -> None:
    """Of the item's text."""
    items = [{"text": "Ask jane@example.com", "closed_at": "2024-02-01T12:00Z"}]
    found = found_in(told, began("A", "2024-01-01", action_items=items), began("B", "2024-03-01"))
    assert [back.text for back in found.listed] == ["Ask"]
