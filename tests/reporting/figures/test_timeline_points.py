"""Tests of what stands on the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.model.instants import Instant
from incident_analytics.reporting.figures.timeline_points import timeline_points, within_reach

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.model.measurement import Anchor

    Known = Callable[..., dict[str, Anchor]]
    Moment = Callable[..., datetime]
    Row = Callable[..., Event]


def test_milestone_takes_the_words_of_the_event_that_tells_it(moment: Moment, row: Row, known_at: Known) -> None:
    """And the event does not stand there a second time."""
    events = (row(moment(14, 18), "IC assigned", "commander_assigned"), row(moment(14, 18), "Page sent", "paged"))
    points = timeline_points(known_at(acknowledged_at=moment(14, 18)), events, {}, ())
    assert [(point.words, point.sort) for point in points] == [("IC assigned", "milestone"), ("Page sent", "event")]


def test_field_without_an_event_has_its_own_name(moment: Moment, row: Row, known_at: Known) -> None:
    """Whatever the runbook calls it; the timeline's row of the field is the same point."""
    events = (row(moment(14, 15), "The start of the impact", source="milestone"),)
    points = timeline_points(known_at(started_at=moment(14, 15)), events, {}, ())
    assert [point.words for point in points] == ["Impact began"]


def test_changes_come_before_turns_before_routine(moment: Moment, row: Row, known_at: Known) -> None:
    """The lower the rank, the sooner an event finds a place for its label."""
    events = (
        row(moment(14, 0), "payment-processor 2.31.0 deployed", "deployed"),
        row(moment(14, 20), "Escalated to the database team", "escalated"),
        row(moment(14, 21), "Coffee"),
        row(moment(14, 22), "Status update: investigating", "update_sent", source="update"),
        row(moment(14, 23), "Scribe assigned", "scribe_assigned", source="role"),
    )
    points = timeline_points(known_at(started_at=moment(14, 15)), events, {"First failure": moment(14, 12)}, ())
    assert [(point.words.split()[0], point.rank) for point in points] == [
        *(("payment-processor", 2), ("First", 0), ("Impact", 0), ("Escalated", 3), ("Coffee", 4)),
        *(("Status", 5), ("Scribe", 5)),
    ]


def test_day_without_a_time_has_no_place_among_minutes(moment: Moment, known_at: Known) -> None:
    """Midnight would be made up; among days it is right."""
    anchors = known_at(started_at=moment(0, 0))
    day = Instant(moment(0, 0), moment(23, 59), "2024-01-15", "day", "UTC")
    anchors["mitigated_at"] = type(anchors["started_at"])("mitigated_at", day)
    points = timeline_points(anchors, (), {}, ())
    short = within_reach(points, moment(0, 0), moment(2, 0))
    assert [point.words for point in short] == ["Impact began"]
    assert len(within_reach(points, moment(0, 0), moment(0, 0, day=18))) == 2
