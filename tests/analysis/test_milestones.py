"""Milestones come from the record's fields, else from the words of its timeline, and say from where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.milestones import milestone_findings, milestones
from incident_analytics.sources import open_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.model.runbook import Runbook

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "INC-2024-001"
START = "id: X\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\n"
END = "resolved_at: 2024-01-15T15:45:00Z\n"


def timeline(*entries: tuple[str, str]) -> str:
    """The lines of a timeline."""
    return "timeline:\n" + "".join(f"- {{time: {time}, event: {words}}}\n" for time, words in entries)


def known(told: Any) -> dict[str, tuple[str, str, str]]:  # noqa: ANN401 -- the fixture's Told
    """Time, origin and place of each milestone that has an instant."""
    return {
        name: (anchor.at.earliest.strftime("%H:%M"), anchor.origin, str(anchor.place))
        for name, anchor in told.anchors.items()
        if anchor.at is not None
    }


@pytest.fixture
def doubts(tell: Callable[..., Any], runbook: Runbook) -> Callable[[str], list[tuple[str, str, str]]]:
    """The findings about a record's milestones: rule, level and message."""

    def found(text: str) -> list[tuple[str, str, str]]:
        told = tell(text)
        return [
            (each.rule, each.level, each.message) for each in milestone_findings(told.anchors, told.events, runbook)
        ]

    return found


def test_the_template_tells_five_milestones(tell: Callable[..., Any], runbook_template: Any) -> None:  # noqa: ANN401
    """Two are fields; three are read from the timeline's words, and say so with their line."""
    assert known(tell(runbook_template.read_bytes())) == {
        "started_at": ("14:15", "recorded", "record.yaml:5"),
        "detected_at": ("14:15", 'timeline entry "Alert triggered"', "record.yaml:15"),
        "acknowledged_at": ("14:18", 'timeline entry "IC assigned"', "record.yaml:17"),
        "diagnosed_at": ("14:25", 'timeline entry "Root cause identified"', "record.yaml:19"),
        "resolved_at": ("15:45", "recorded", "record.yaml:7"),
    }


def test_a_milestone_that_nobody_recorded_has_no_instant(tell: Callable[..., Any]) -> None:
    """Never another one's: detection is not start, resolution not the last update."""
    told = tell(START + "updates:\n- {time: 15:00, status: looking}\n")
    assert list(known(told)) == ["started_at"]
    assert told.anchors["detected_at"].origin == ""


def test_a_field_wins_over_the_timelines_words(tell: Callable[..., Any]) -> None:
    """Its line is the field's."""
    told = tell(START + "acknowledged_at: 14:20\n" + timeline(("14:18", "IC assigned")))
    assert known(told)["acknowledged_at"] == ("14:20", "recorded", "record.yaml:4")


def test_an_acknowledgment_is_preferred_to_an_assignment(tell: Callable[..., Any]) -> None:
    """Kinds are in order of preference, then the first in time."""
    told = tell(START + timeline(("14:18", "IC assigned"), ("14:20", "Acknowledged by Ann"), ("14:25", "Acked again")))
    assert known(told)["acknowledged_at"][:2] == ("14:20", 'timeline entry "Acknowledged by Ann"')


def test_the_mitigation_is_the_last_one_told(tell: Callable[..., Any]) -> None:
    """The first attempt did not help."""
    told = tell(START + timeline(("14:40", "Mitigated"), ("15:02", "Impact ended")))
    assert known(told)["mitigated_at"][:2] == ("15:02", 'timeline entry "Impact ended"')


@pytest.mark.parametrize(
    ("chat", "mitigated"),
    [("15:06:30Z", "15:02"), ("15:08:00Z", "15:08")],
    ids=["people write of what monitoring measured", "later it is another recovery"],
)
def test_monitoring_tells_the_recovery_before_people_write_of_it(tmp_path: Path, chat: str, mitigated: str) -> None:
    """Up to five minutes before; of several recoveries the last counts otherwise."""
    (tmp_path / "incident.yaml").write_text(START + END, encoding="utf-8")
    (tmp_path / "timeline.csv").write_text(
        "at,kind,text,source\n2024-01-15T15:02:30Z,recovered,Success rate above 98 %,prometheus\n"
        f"2024-01-15T{chat},recovered,We are back,chat\n",
        encoding="utf-8",
    )
    bundle = open_bundle(tmp_path)
    events = merged_timeline(bundle.record, bundle.runbook, bundle.timeline)
    at = milestones(bundle.record, events, bundle.runbook)["mitigated_at"].at
    assert at is not None
    assert f"{at.earliest:%H:%M}" == mitigated


def test_a_mitigation_that_worked_later_says_so(doubts: Callable[[str], list[tuple[str, str, str]]]) -> None:
    """The field of the record tells when the fix was applied."""
    given = START + END + "mitigation: {kind: rollback, at: 14:40}\n" + timeline(("15:02", "Impact ended"))
    (told,) = (message for rule, _, message in doubts(given) if rule == "milestone-from-words")
    assert told == (
        'the record has no mitigated_at; it was taken from the timeline entry "Impact ended"; mitigation.at, 14:40, is '
        "when the fix was applied, not when it worked"
    )


def test_two_times_out_of_order_both_name_their_zone(doubts: Callable[[str], list[tuple[str, str, str]]]) -> None:
    """One was written with a Z, the other without: both are read in UTC."""
    given = START + END + "mitigated_at: 2024-01-15T16:02:00\n"
    assert [message for rule, _, message in doubts(given) if rule == "out-of-order"] == [
        "resolved_at (2024-01-15T15:45:00Z) lies before mitigated_at (2024-01-15T16:02:00 UTC)"
    ]


def test_roles_and_the_mitigation_part_are_named_as_what_they_are(tell: Callable[..., Any]) -> None:
    """Not as timeline entries."""
    told = tell(START + "roles:\n- {role: IC, assigned_at: 14:18}\nmitigation: {kind: rollback, at: 14:40}\n")
    assert known(told)["acknowledged_at"][1] == 'role "Incident Commander assigned"'
    assert known(told)["mitigated_at"][1] == 'mitigation "Mitigation applied"'


def test_start_equals_detection_is_a_warning_in_the_template(
    doubts: Callable[[str], object],
    runbook_template: Any,  # noqa: ANN401
) -> None:
    """The start of impact was probably not recorded."""
    assert doubts(runbook_template.read_text()) == [
        (
            "start-equals-detection",
            "warning",
            "start equals detection: the start of impact was probably not recorded",
        ),
        *(
            ("milestone-from-words", "info", f"the record has no {name}; it was taken from the timeline entry {words}")
            for name, words in [
                ("detected_at", '"Alert triggered"'),
                ("acknowledged_at", '"IC assigned"'),
                ("diagnosed_at", '"Root cause identified"'),
            ]
        ),
    ]


def test_a_start_before_detection_is_no_finding(doubts: Callable[[str], object]) -> None:
    """Nor is a start that is only known to a range."""
    assert doubts(START + END + "detected_at: 14:16\n") == []
    assert doubts("id: X\nstarted_at: 2024-01-15T14:15Z..2024-01-15T14:30Z\ndetected_at: 2024-01-15T14:15Z\n") == []


def test_milestones_out_of_order_are_errors(doubts: Callable[[str], object]) -> None:
    """S6; ranges that overlap are in order."""
    assert doubts(START + END + "acknowledged_at: 14:40\ndiagnosed_at: 14:30\n") == [
        ("out-of-order", "error", "diagnosed_at (14:30) lies before acknowledged_at (14:40)")
    ]
    assert doubts(START + END + "acknowledged_at: 14:40\ndiagnosed_at: 14:30..14:50\n") == []


def test_a_resolution_before_the_start_is_an_error(doubts: Callable[[str], object]) -> None:
    """S50."""
    assert doubts(START + "resolved_at: 2024-01-15T13:00:00Z\n") == [
        (
            "out-of-order",
            "error",
            "resolved_at (2024-01-15T13:00:00Z) lies before started_at (2024-01-15T14:15:00Z)",
        )
    ]


def test_a_field_that_the_timeline_tells_otherwise_is_a_warning(doubts: Callable[[str], object]) -> None:
    """Both are kept."""
    text = START + END + "detected_at: 14:17\n" + timeline(("14:19", "Alert triggered"))
    assert doubts(text) == [
        ("milestone-differs", "warning", 'detected_at is 14:17, but the timeline says "Alert triggered" at 14:19')
    ]


def test_a_field_is_compared_with_every_kind_that_could_stand_for_it(doubts: Callable[[str], object]) -> None:
    """An assignment stands for the acknowledgment, where no entry tells one; one that agrees is enough."""
    text = START + END + "detected_at: 14:16\nacknowledged_at: 14:30\n"
    assert doubts(text + timeline(("14:18", "IC assigned"))) == [
        ("milestone-differs", "warning", 'acknowledged_at is 14:30, but the timeline says "IC assigned" at 14:18')
    ]
    assert doubts(text + timeline(("14:18", "IC assigned"), ("14:30", "Acknowledged"))) == []


def test_a_resolution_read_from_words_is_a_warning(tell: Callable[..., Any], doubts: Callable[[str], object]) -> None:
    """The record has no field for it."""
    text = START + timeline(("15:40", "Incident resolved"))
    assert known(tell(text))["resolved_at"][0] == "15:40"
    assert doubts(text) == [
        (
            "resolution-from-timeline",
            "warning",
            'the record has no resolved_at; the resolution was taken from the timeline entry "Incident resolved"',
        )
    ]


def test_words_that_deny_a_resolution_are_none(tell: Callable[..., Any]) -> None:
    """The words "not resolved" resolve nothing."""
    assert "resolved_at" not in known(tell(START + timeline(("15:40", "Incident not resolved yet"))))


REOPENED = (("15:45", "Incident resolved"), ("16:00", "Incident reopened"), ("16:30", "Incident resolved"))


def test_a_reopened_incident_is_resolved_the_last_time(
    tell: Callable[..., Any], doubts: Callable[[str], object]
) -> None:
    """S49; whether the first resolution is a field or an entry."""
    words = known(tell(START + timeline(*REOPENED)))["resolved_at"]
    assert words[:2] == ("16:30", 'timeline entry "Incident resolved"')
    text = START + END + "detected_at: 14:16\n" + timeline(*REOPENED[1:])
    assert known(tell(text))["resolved_at"] == (
        "16:30",
        'timeline entry "Incident resolved" after a reopening',
        "record.yaml:8",
    )
    assert doubts(text) == [
        (
            "reopened",
            "warning",
            "the incident was reopened after its recorded resolution; it counts as resolved at 16:30",
        )
    ]


def test_a_field_that_is_the_last_resolution_stays(tell: Callable[..., Any], doubts: Callable[[str], object]) -> None:
    """Reopenings before it are what it ends."""
    text = START + "detected_at: 14:16\nresolved_at: 2024-01-15T16:30:00Z\n" + timeline(*REOPENED[:2])
    assert known(tell(text))["resolved_at"][:2] == ("16:30", "recorded")
    assert [rule for rule, *_ in doubts(text)] == ["milestone-differs"]  # type: ignore[attr-defined]


def test_a_reopening_without_another_resolution_is_told(
    tell: Callable[..., Any], doubts: Callable[[str], object]
) -> None:
    """The record's field stands; a person decides."""
    text = START + END + "detected_at: 14:16\n" + timeline(*REOPENED[1:2])
    assert known(tell(text))["resolved_at"][:2] == ("15:45", "recorded")
    assert doubts(text) == [
        ("reopened", "warning", '"Incident reopened" came after the recorded resolution, and no later one is told')
    ]


def test_nothing_recorded_is_nothing_found(doubts: Callable[[str], object]) -> None:
    """No milestone, no doubt."""
    assert doubts("id: X\n") == []


def test_the_sample_incidents_milestones_are_its_records_and_its_timelines(runbook: Runbook) -> None:
    """By hand from incident.yaml and timeline.csv; success rate back above 98 % at 15:02:30 ends the harm."""
    bundle = open_bundle(SAMPLE)
    events = merged_timeline(bundle.record, runbook, bundle.timeline)
    anchors = milestones(bundle.record, events, runbook)
    assert {
        name: (f"{anchor.at.earliest:%H:%M:%S}", anchor.origin, str(anchor.place))
        for name, anchor in anchors.items()
        if anchor.at is not None
    } == {
        "started_at": ("14:15:00", "recorded", "incident.yaml:5"),
        "detected_at": ("14:15:00", 'timeline entry "Alert triggered"', "incident.yaml:15"),
        "acknowledged_at": ("14:18:00", 'timeline entry "IC assigned"', "incident.yaml:17"),
        "engaged_at": ("14:19:10", 'timeline entry "On-call engineer joined the channel"', "timeline.csv:7"),
        "diagnosed_at": ("14:25:00", 'timeline entry "Root cause identified"', "incident.yaml:19"),
        "mitigated_at": ("15:02:30", 'timeline entry "Payment success rate back above 98 %"', "timeline.csv:15"),
        "resolved_at": ("15:45:00", "recorded", "incident.yaml:7"),
    }
    assert [(event.moment.strftime("%H:%M"), event.source) for event in events if "detected" in event.kinds] == [
        ("14:15", "record"),
        ("14:15", "alertmanager"),
    ]
