"""Timeline entries and status updates are read in the order written, and none is dropped in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incident_analytics.errors import RecordError
from incident_analytics.model.incident import Incident

Read = Callable[..., Incident]
HEAD = "id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T15:45:00Z\n"


def refusal(read: Read, text: str, suffix: str = ".yaml") -> str:
    """What is said of a record that cannot be read."""
    with pytest.raises(RecordError) as refused:
        read(text, suffix)
    return str(refused.value)


def test_updates_keep_what_they_promised(read: Read) -> None:
    """The next update is placed after the update that promises it."""
    incident = read(
        f"{HEAD}updates:\n- {{time: 14:30, status: Looking, impact: All, actions: Asking, next_update: 14:45, "
        "actor: Ann}\n"
        "- {at: 15:40, status: Done}\n"
    )
    first, second = incident.updates
    assert first.next_update_at is not None
    assert (first.status, first.impact, first.actions, first.actor) == ("Looking", "All", "Asking", "Ann")
    assert (first.at.earliest.minute, first.next_update_at.earliest.minute) == (30, 45)
    assert (second.at.earliest.strftime("%H:%M"), second.status, second.next_update_at) == ("15:40", "Done", None)


def test_an_entry_that_names_its_kind_is_of_that_kind(read: Read) -> None:
    """Its words do not matter then; several kinds may be named."""
    text = "timeline:\n- {time: 14:20, event: Alert triggered, kind: Status-Page Updated}\n"
    text += "- {at: 14:30, text: Alert triggered, kinds: [paged, escalated]}\n"
    first, second = read(HEAD + text).timeline
    assert (first.kinds, second.kinds) == (("status_page_updated",), ("paged", "escalated"))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{time: 14:20}", "record.yaml:6: timeline.0.event: expected what happened, found 'a mapping of time'"),
        (
            "{event: IC assigned}",
            "record.yaml:6: timeline.0.time: expected when it happened, such as 14:15, found 'a mapping of event'",
        ),
        ("IC assigned at 14:18", "record.yaml:6: timeline.0: expected keys and values, found 'IC assigned at 14:18'"),
        ("{time: 14:20, event: [a]}", "record.yaml:6: timeline.0.event: expected a text, found 'a list of 1'"),
    ],
)
def test_an_entry_without_time_or_words_is_refused(read: Read, entry: str, message: str) -> None:
    """Nothing is dropped in silence."""
    assert refusal(read, f"{HEAD}timeline:\n- {entry}\n").startswith(message)


def test_a_second_word_for_a_key_is_kept_too(read: Read) -> None:
    """`time` is read before `at`, `event` before `text`; the other one is unknown then."""
    (entry,) = read(f"{HEAD}timeline:\n- {{time: 14:20, at: 14:30, event: a, text: b}}\n").timeline
    assert (entry.at.text, entry.event, entry.model_extra) == ("14:20", "a", {"at": "14:30", "text": "b"})


def test_a_promise_in_words_is_doubtful_and_refuses_nothing(read: Read) -> None:
    """People write 'when resolved' where the next update's time should stand."""
    incident = read(f"{HEAD}updates:\n- {{time: 14:30, status: Looking, next_update: when resolved}}\n")
    (update,) = incident.updates
    assert update.next_update_at is None
    assert [finding.rule for finding in incident.reading_findings if finding.rule.startswith("promise")] == [
        "promise-unreadable"
    ]
