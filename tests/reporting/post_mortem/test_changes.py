"""Changes and clocks in the numbers of a report and its JSON twin."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from incident_analytics.reporting.post_mortem.changes import change_numbers
from incident_analytics.reporting.post_mortem.twin import twin
from incident_analytics.reporting.sections.changes import changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem

HEAD = "id: INC-7\nseverity: SEV1\nstarted_at: 2024-01-15T14:00:00Z\nresolved_at: 2024-01-15T15:00:00Z\n"
CHAT = (
    "at,kind,actor,text,source,ref\n"
    "2024-01-15T14:05:00Z,paged,,Page sent,pager,p-1\n2024-01-15T15:05:02Z,paged,,Page for p-1,chat,p-1\n"
    "2024-01-15T14:10:00Z,acknowledged,,Acked,pager,p-2\n2024-01-15T15:10:01Z,acknowledged,,I take it,chat,p-2\n"
)


def test_the_twin_has_the_candidate_with_its_evidence(sample: PostMortem) -> None:
    """Each reason with its points and place."""
    told = twin(sample)["changes"]
    assert isinstance(told, dict)
    assert told["answer"] == "candidates"
    assert told["start"] == {
        "earliest": "2024-01-15T14:12:40.762000Z",
        "latest": "2024-01-15T14:12:40.762000Z",
        "is": "the first error of the incident",
        "measured": True,
        "place": "evidence/logs/payment-processor/20240115T131500Z.ndjson.gz:1906",
    }
    (deploy, *_) = told["changes"]
    assert isinstance(deploy, dict)
    assert (deploy["ref"], deploy["grade"], deploy["points"]) == ("deploy-4127", "strong candidate", 5)
    assert [(each["rule"], each["points"]) for each in deploy["evidence"]] == [
        ("near", 3),
        ("often", 0),
        ("service", 2),
        ("undone", -1),
        ("warnings", 1),
    ]


def test_the_clocks_of_the_sample_agree(sample: PostMortem) -> None:
    """A mail that leaves 1.4 s later is no skew; no two sources tell enough in common."""
    told = twin(sample)["clocks_compared"]
    assert isinstance(told, dict)
    assert [each["differs"] for each in told["services"]] == [False] * 6
    assert [each["differs"] for each in told["sources"]] == [False]
    assert (told["conflicts"], told["set_back"]) == ([], [])


def test_a_chat_in_local_time_is_a_finding_and_a_question(reported: Callable[..., PostMortem]) -> None:
    """Two events an hour apart; no time of the timeline is moved."""
    report = reported(HEAD, {"timeline.csv": CHAT})
    (finding,) = [each for each in report.findings if each.rule == "clock-zone"]
    assert finding.message == (
        "pager looks 1 h early against chat: were the times of one of them written in another zone? "
        "(2 events told by both; nothing was shifted)"
    )
    assert [f"{event.moment:%H:%M}" for event in report.events if event.source == "chat"] == ["15:05", "15:10"]
    assert [each.text for each in report.questions if each.id.startswith("clock-zone")] == [
        "In which zone were the times of this source written?"
    ]
    json.dumps(twin(report), allow_nan=False)


def test_measured_events_do_not_break_silences_or_count_as_recorded(sample: PostMortem) -> None:
    """No silence of half an hour is broken or made; the twin marks what was measured."""
    assert sample.silences == ()
    events = twin(sample)["timeline"]
    assert isinstance(events, list)
    assert sum(bool(event["measured"]) for event in events) == 5


def test_where_the_evidence_shows_no_impact_no_change_can_be_told(sample: PostMortem) -> None:
    """The sources that were searched show none: the recorded start begins nothing that anyone saw."""
    impact = sample.evidence.impact
    quiet = tuple(
        replace(one, start_at=None, window=replace(one.window, onset_at=None, threshold=99.0)) for one in impact.seen_by
    )
    evidence = replace(sample.evidence, early=None, impact=replace(impact, told_by=None, seen_by=quiet))
    found = change_numbers(sample.incident, sample.anchors, evidence, UTC)
    assert (found.answer, found.reached, found.bounds.is_impact_seen) == ("no impact seen", (), False)
    text = "\n".join(block.markdown() for block in changes(replace(sample, changes=found)))
    assert text.startswith("**None of these can be told: the evidence shows no impact.** 3 changes are recorded;")
    assert "The impact ended" not in text
