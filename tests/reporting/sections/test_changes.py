"""The section of changes: candidates in the sample, none of these, none recorded, many deploys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.sections.changes import changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem

HEAD = (
    "id: INC-7\nseverity: SEV1\nstarted_at: 2024-01-15T14:00:00Z\nresolved_at: 2024-01-15T15:00:00Z\n"
    "services: [checkout]\ntimeline:\n"
)


def told(report: PostMortem) -> str:
    """The section as Markdown."""
    return "\n\n".join(block.markdown() for block in changes(report))


def test_the_sample_names_the_deploy_as_candidate(sample: PostMortem) -> None:
    """Planted: 2.31.0 at 13:58 holds its connection and a row lock while it calls the card provider."""
    found = sample.changes
    assert [(each.change.text, each.grade, each.points) for each in found.candidates] == [
        ("payment-processor 2.31.0 deployed", "strong candidate", 5),
        ("Fix applied: connection pool resized from 20 to 50", "came after", 0),
        ("Idle database session terminated", "came after", 0),
    ]
    text = told(sample)
    assert text.startswith(
        "**payment-processor 2.31.0 deployed is a strong candidate.** It came at 13:58, 14 min 41 s before the first "
        "error of the incident. A candidate is where to look first."
    )
    assert 'After it payment-processor began to log "connection held long" at 13:59:01, 36 lines before the' in text
    assert "**2 changes after the start, which cannot have begun it**" in text


def test_no_change_recorded_cannot_be_told(reported: Callable[..., PostMortem]) -> None:
    """It is not the same as none of these."""
    report = reported(f'{HEAD}- {{time: "14:10", event: Alert fired}}\n')
    assert told(report) == (
        "Whether a change began this cannot be told: no deploy, configuration or other change is recorded."
    )


def test_none_of_these_says_against_what_they_were_held(reported: Callable[..., PostMortem]) -> None:
    """One change of another service before, one fix after."""
    report = reported(
        f'{HEAD}- {{time: "2024-01-15T13:50:00Z", event: search-api 9.1 deployed}}\n'
        '- {time: "2024-01-15T14:20:00Z", event: checkout rolled back}\n'
    )
    assert told(report).startswith(
        "**None of these.** 2 changes are recorded, 1 of them after the start, and what is known of them does not fit. "
        "They are held against the recorded start, 14:00 UTC."
    )
    assert "It changed search-api, which is not among the affected services (checkout)." in told(report)


def test_a_rollback_that_ended_it_is_told(reported: Callable[..., PostMortem]) -> None:
    """Without evidence the recorded mitigation ends the impact."""
    report = reported(
        f'{HEAD}- {{time: "2024-01-15T13:50:00Z", event: checkout 4.2.0 deployed, ref: d-7, source: deploys}}\n'
        '- {time: "2024-01-15T14:20:00Z", event: Rolled back 4.2.0, source: deploys, ref: d-7}\n'
    )
    assert "It was undone at 14:20, and the recorded mitigation came at once." in told(report)
    assert report.changes.reached[0].points == 8
    assert report.questions[-1].id == "change-d-7"


def test_what_people_wrote_is_escaped(reported: Callable[..., PostMortem]) -> None:
    """A change is untrusted text."""
    report = reported(f'{HEAD}- {{time: "2024-01-15T13:50:00Z", event: "<b>checkout</b> 4.2.0 deployed"}}\n')
    html = "".join(block.html() for block in changes(report))
    assert "<b>checkout</b>" not in html
    assert "&lt;b&gt;checkout&lt;/b&gt; 4.2.0 deployed" in html


def test_a_record_without_a_start_says_so(reported: Callable[..., PostMortem]) -> None:
    """Nothing can be held against anything."""
    report = reported('id: INC-7\ntimeline:\n- {time: "2024-01-15T13:50:00Z", event: checkout 4.2.0 deployed}\n')
    assert told(report) == "Whether a change began this cannot be told: no start of the impact is known."


def test_many_deploys_say_that_being_near_one_means_little(reported: Callable[..., PostMortem]) -> None:
    """One every five minutes, 36 before the start, one at it and 11 after it; tables stop at 25 rows."""
    rows = [
        f"2024-01-15T{hour}:{minute:02}:00Z,deployed,,checkout {hour}.{minute} deployed,ci,d-{hour}-{minute}\n"
        for hour in (11, 12, 13, 14)
        for minute in range(0, 60, 5)
    ]
    report = reported(
        HEAD.replace("timeline:\n", ""), {"timeline.csv": "at,kind,actor,text,source,ref\n" + "".join(rows)}
    )
    text = told(report)
    assert text.startswith("**None of these.** 48 changes are recorded, 11 of them after the start")
    assert "Such changes come every 5 min on average (37 recorded), so nearly all stretches of 30 min have one" in text
    assert "The first 25 of 37; the JSON twin has them all." in text
