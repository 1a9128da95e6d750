"""Two sources tell the same event: by its reference, its words, a name, or its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.source_clocks import told_twice

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.events import Event


def links(events: list[Event]) -> list[tuple[str, str, str]]:
    """Source, other source, and why they are the same."""
    return [(pair.first.source, pair.second.source, pair.by) for pair in told_twice(events)]


def test_the_strongest_link_is_told(told: Callable[..., Event]) -> None:
    """Reference before words, words before a name, a name before the kind."""
    same = {"kind": "detected", "ref": "8c1f"}
    assert links([told("chat", 0, "Alert fired", **same), told("pager", 5, "Alert fired", **same)]) == [
        ("chat", "pager", "reference")
    ]
    assert links([told("chat", 0, "Alert fired"), told("pager", 5, "alert  fired!")]) == [("chat", "pager", "words")]
    deploys = [told("chat", 0, "2.31.0 is out", kind="deployed"), told("ci", 5, "pay 2.31.0", kind="deployed")]
    assert links(deploys) == [("chat", "ci", "name")]
    acks = [told("chat", 0, "I take it", kind="acknowledged"), told("pager", 5, "Acked", kind="acknowledged")]
    assert links(acks) == [("chat", "pager", "kind")]


def test_different_events_are_not_linked(told: Callable[..., Event]) -> None:
    """Other words, other versions, kinds that an incident has many of, one word alone, or days apart."""
    assert links([told("chat", 0, "Alert fired"), told("pager", 5, "Page sent")]) == []
    assert links([told("a", 0, "pay 2.31.0", kind="deployed"), told("b", 5, "pay 2.32.0", kind="deployed")]) == []
    assert links([told("a", 0, "x y", kind="update_sent"), told("b", 5, "z w", kind="update_sent")]) == []
    assert links([told("a", 0, "Resolved"), told("b", 5, "Resolved")]) == []
    assert links([told("a", 0, "Alert fired"), told("b", 15 * 3600, "Alert fired")]) == []


def test_a_reference_links_entries_of_any_kind_where_each_source_has_one(told: Callable[..., Event]) -> None:
    """The pager pages, the chat says so; a deploy and its rollback share a reference and stay apart."""
    page = told("pager", 0, "Page sent", kind="paged", ref="p-1")
    assert links([page, told("chat", 40, "Somebody is paged", ref="p-1")]) == [("chat", "pager", "reference")]
    begun = [told("ci", 0, "Out", kind="deployed", ref="d-1"), told("ci", 900, "Back", kind="rolled_back", ref="d-1")]
    assert links([*begun, told("chat", 905, "Rolled it back", kind="rolled_back", ref="d-1")]) == [
        ("chat", "ci", "reference")
    ]


def test_one_source_never_tells_the_same_twice(told: Callable[..., Event]) -> None:
    """Two deploys under one reference are two entries of one clock."""
    assert links([told("ci", 0, "Deploy began", ref="7"), told("ci", 60, "Deploy ended", ref="7")]) == []


def test_what_is_told_several_times_is_paired_in_order_or_not_at_all(told: Callable[..., Event]) -> None:
    """Two pages and two messages pair; two pages and one message do not."""
    pages = [told("pager", 0, "Page sent"), told("pager", 600, "Page sent")]
    chats = [told("chat", 40, "Page sent"), told("chat", 640, "Page sent")]
    assert [pair.seconds for pair in told_twice([*pages, *chats])] == [-40.0, -40.0]
    assert told_twice([*pages, chats[0]]) == ()


def test_minutes_and_seconds_leave_their_slack(told: Callable[..., Event]) -> None:
    """12:15 against 12:16:30: the minute ends 30 s before."""
    (pair,) = told_twice([told("a", 900, "Alert fired", minute=True), told("b", 990, "Alert fired")])
    assert (pair.seconds, pair.slack, pair.seconds_apart) == (60.5, 30.5, 30.0)


def test_the_milestones_of_the_record_are_compared_elsewhere(told: Callable[..., Event]) -> None:
    """A field that differs from the timeline is a finding of its own."""
    assert links([told("milestone", 0, "Alert fired"), told("pager", 90, "Alert fired")]) == []
