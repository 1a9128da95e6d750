"""Everything that was recorded is one timeline, with a source on every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incident_analytics.analysis.events import events_of_kind, merged_timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.runbook import Runbook

HEAD = "id: X\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\n"


def rows(events: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 -- any events
    """Time in UTC, words and source of each event."""
    return [(event.moment.strftime("%H:%M"), event.text, event.source) for event in events]


def test_the_template_has_five_events(tell: Callable[..., Any], runbook_template: Any) -> None:  # noqa: ANN401
    """Two milestones and three entries; none is told twice."""
    assert rows(tell(runbook_template.read_bytes()).events) == [
        ("14:15", "Impact began", "milestone"),
        ("14:15", "Alert triggered", "record"),
        ("14:18", "IC assigned", "record"),
        ("14:25", "Root cause identified", "record"),
        ("15:45", "Resolved", "milestone"),
    ]


def test_roles_updates_and_the_mitigation_are_events_too(tell: Callable[..., Any]) -> None:
    """With who did it and where it is told."""
    events = tell(
        f"{HEAD}roles:\n- {{role: IC, person: Jane, assigned_at: 14:18}}\n- {{role: Scribe, person: Ann}}\n"
        "updates:\n- {time: 14:30, status: Looking, actor: Ann}\n- {time: 14:31}\n"
        "mitigation: {kind: rollback, at: 14:40, description: Rolled back to 2.30}\n"
    ).events
    assert rows(events)[1:] == [
        ("14:18", "Incident Commander assigned", "role"),
        ("14:30", "Status update: Looking", "update"),
        ("14:31", "Status update", "update"),
        ("14:40", "Rolled back to 2.30", "mitigation"),
    ]
    assert [(event.actor, event.kinds, str(event.place)) for event in events[1:]] == [
        ("Jane", ("commander_assigned",), "record.yaml:5"),
        ("Ann", ("update_sent",), "record.yaml:8"),
        (None, ("update_sent",), "record.yaml:9"),
        (None, ("rolled_back",), "record.yaml:10"),
    ]


def test_a_field_and_an_entry_that_tell_the_same_are_one_event_in_the_entrys_words(tell: Callable[..., Any]) -> None:
    """The role's person is not lost."""
    events = tell(
        f"{HEAD}detected_at: 14:17\nroles:\n- {{role: IC, person: Jane, assigned_at: 14:18}}\n"
        "timeline:\n- {time: 14:17, event: Alert fired}\n- {time: 14:18, event: IC assigned}\n"
    ).events
    assert rows(events)[1:] == [("14:17", "Alert fired", "record"), ("14:18", "IC assigned", "record")]
    assert events[2].actor == "Jane"


def test_two_entries_of_one_kind_at_one_instant_stay_two(read: Callable[..., Incident], runbook: Runbook) -> None:
    """What the pager and the chat say are two sources."""
    pager = read(f"{HEAD}timeline:\n- {{time: 14:17, event: Alert fired, source: pager}}\n")
    chat = read(f"{HEAD}timeline:\n- {{time: 14:17, event: Alert triggered, source: chat}}\n")
    assert rows(merged_timeline(pager, runbook, chat.timeline))[1:] == [
        ("14:17", "Alert fired", "pager"),
        ("14:17", "Alert triggered", "chat"),
    ]


def test_the_same_kind_a_minute_later_is_another_event(tell: Callable[..., Any]) -> None:
    """A milestone that differs from the timeline is a finding elsewhere."""
    events = tell(f"{HEAD}detected_at: 14:16\ntimeline:\n- {{time: 14:17, event: Alert fired}}\n").events
    assert rows(events)[1:] == [("14:16", "Detected", "milestone"), ("14:17", "Alert fired", "record")]


def test_events_are_in_order_of_time_and_ties_as_written(tell: Callable[..., Any]) -> None:
    """A range counts from its earliest instant."""
    text = "timeline:\n" + "".join(
        f"- {{time: {time}, event: {word}}}\n"
        for time, word in [("14:30", "c"), ("14:20..14:50", "a"), ("14:30", "d"), ("14:20", "b")]
    )
    assert rows(tell(HEAD + text).events)[1:] == [
        ("14:20", "a", "record"),
        ("14:20", "b", "record"),
        ("14:30", "c", "record"),
        ("14:30", "d", "record"),
    ]


def test_events_are_found_by_kind(tell: Callable[..., Any]) -> None:
    """In their order; an unknown kind has none."""
    events = tell(
        f"{HEAD}timeline:\n- {{time: 14:17, event: Alert fired}}\n- {{time: 14:18, event: IC assigned}}\n"
    ).events
    assert rows(events_of_kind(events, ["commander_assigned", "detected"])) == [
        ("14:17", "Alert fired", "record"),
        ("14:18", "IC assigned", "record"),
    ]
    assert events_of_kind(events, ["unheard_of"]) == ()
    assert events_of_kind([], ["detected"]) == ()


def test_an_incident_without_times_has_no_events(tell: Callable[..., Any]) -> None:
    """Nothing is dated."""
    assert tell("id: X\nroles:\n- {role: IC, person: Jane}\n").events == ()


def test_an_entry_keeps_its_reference_and_the_services_of_its_own_column(tell: Callable[..., Any]) -> None:
    """As a list or in one text; an entry without them has none."""
    events = tell(
        f"{HEAD}timeline:\n- {{time: 14:16, event: Out, kind: deployed, ref: d-7, service: 'edge, checkout; edge'}}\n"
        "- {time: 14:17, event: Flag on, services: [search]}\n- {time: 14:18, event: Alert fired}\n"
    ).events
    assert [(event.ref, event.services) for event in events[1:]] == [
        ("d-7", ("edge", "checkout")),
        ("", ("search",)),
        ("", ()),
    ]


def test_every_part_of_the_record_has_one_clock(tell: Callable[..., Any]) -> None:
    """A role and an update are told by the record; an entry of the pager is not."""
    events = tell(
        f"{HEAD}roles:\n- {{role: IC, person: Jane, assigned_at: 14:18}}\n"
        "timeline:\n- {time: 14:19, event: Page sent, source: pager}\n"
    ).events
    assert [event.told_by for event in events] == ["record", "record", "pager"]
