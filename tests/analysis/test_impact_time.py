"""Time of impact is the union of its stretches, whatever they are told by."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.impact_time import ImpactTime, impact_time

if TYPE_CHECKING:
    from collections.abc import Callable

START = "id: X\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\n"
END = "resolved_at: 2024-01-15T15:45:00Z\n"


@pytest.fixture
def found(tell: Callable[..., Any]) -> Callable[..., ImpactTime]:
    """The time of impact of a record's text."""

    def impact(text: str, as_of: str = "2024-01-15T18:00") -> ImpactTime:
        told = tell(text)
        moment = datetime.fromisoformat(as_of).replace(tzinfo=UTC)
        return impact_time(told.incident, told.events, told.anchors, as_of=moment)

    return impact


def minutes(impact: ImpactTime) -> tuple[float | None, int, bool]:
    """Minutes of impact, reopenings, and whether it is open."""
    return (None if impact.seconds is None else impact.seconds / 60, impact.reopened, impact.is_open)


def test_from_the_start_to_the_resolution(found: Callable[..., ImpactTime]) -> None:
    """An hour and a half, one stretch."""
    impact = found(START + END)
    assert minutes(impact) == (90, 0, False)
    assert [(start.hour, end.hour) for start, end in impact.stretches] == [(14, 15)]


@pytest.mark.parametrize(
    "text",
    [
        START + "timeline:\n- {time: 15:45, event: Incident resolved}\n- {time: 16:00, event: Incident reopened}\n"
        "- {time: 16:30, event: Incident resolved}\n",
        START
        + END
        + "timeline:\n- {time: 16:00, event: Incident reopened}\n- {time: 16:30, event: Incident resolved}\n",
        START + "resolved_at: 2024-01-15T16:30:00Z\ntimeline:\n- {time: 15:45, event: Incident resolved}\n"
        "- {time: 16:00, event: Incident reopened}\n",
    ],
    ids=["words", "first resolution in a field", "last resolution in a field"],
)
def test_a_reopened_incident_has_no_impact_between(found: Callable[..., ImpactTime], text: str) -> None:
    """90 minutes, a quarter of an hour of peace, and 30 minutes more."""
    assert minutes(found(text)) == (120, 1, False)


def test_reopened_twice(found: Callable[..., ImpactTime]) -> None:
    """14:15-14:30, 14:40-14:50, 15:00-15:45: 15 + 10 + 45 minutes."""
    words = "".join(
        f"- {{time: {time}, event: Incident {word}}}\n"
        for time, word in [("14:30", "resolved"), ("14:40", "reopened"), ("14:50", "resolved"), ("15:00", "reopened")]
    )
    assert minutes(found(f"{START}{END}timeline:\n{words}")) == (70, 2, False)


def test_an_open_incident_is_cut_where_one_looks(found: Callable[..., ImpactTime]) -> None:
    """And says so; before its start there is nothing."""
    assert minutes(found(START, "2024-01-15T14:45")) == (30, 0, True)
    assert minutes(found(START, "2024-01-15T14:00")) == (None, 0, False)


def test_recorded_intervals_win_and_overlaps_count_once(found: Callable[..., ImpactTime]) -> None:
    """14:15-14:45, 14:30-15:00 and 15:10-15:20 are 45 and 10 minutes with one gap."""
    text = "impact_intervals:\n- {from: 15:10, to: 15:20}\n- {from: 14:15, to: 14:45}\n- {from: 14:30, to: 15:00}\n"
    assert minutes(found(START + END + text)) == (55, 1, False)


def test_an_interval_that_lasts_is_cut_where_one_looks(found: Callable[..., ImpactTime]) -> None:
    """Never to before it began."""
    text = START + "impact_intervals:\n- {from: 14:15, to: 14:45}\n- {from: 15:00}\n"
    assert minutes(found(text, "2024-01-15T15:30")) == (60, 1, True)
    assert minutes(found(text, "2024-01-15T14:50")) == (30, 1, True)


def test_without_a_start_or_with_an_end_before_it_nothing_is_claimed(found: Callable[..., ImpactTime]) -> None:
    """Unknown, not 0."""
    assert found("id: X\n" + END) == ImpactTime()
    assert found(START + "resolved_at: 2024-01-15T13:00:00Z\n") == ImpactTime()


def test_an_incident_that_ends_where_it_begins_lasted_no_time(found: Callable[..., ImpactTime]) -> None:
    """That is a value."""
    assert minutes(found(START + "resolved_at: 2024-01-15T14:15:00Z\n")) == (0, 0, False)
