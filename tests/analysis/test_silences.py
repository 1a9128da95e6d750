"""A silence is a stretch about which nobody wrote anything."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from incident_analytics.analysis.silences import silences

if TYPE_CHECKING:
    from collections.abc import Callable

START = "id: X\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\n"
END = "resolved_at: 2024-01-15T15:45:00Z\n"


def heard(told: Any, as_of: str = "2024-01-15T15:45", longer_than: float = 30) -> list[tuple[float, str, str]]:  # noqa: ANN401
    """Minutes of each silence, and the words around it."""
    moment = datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    found = silences(told.events, told.anchors, longer_than_minutes=longer_than, as_of=moment)
    return [(gap.duration_seconds / 60, gap.after, gap.until) for gap in found]


def timeline(*times: str) -> str:
    """Entries at these times, each telling its own."""
    return "timeline:\n" + "".join(f'- {{time: "{time}", event: at {time}}}\n' for time in times)


def test_the_template_is_silent_for_eighty_minutes(tell: Callable[..., Any], runbook_template: Any) -> None:  # noqa: ANN401
    """From 14:25 to 15:45 (S46)."""
    assert heard(tell(runbook_template.read_bytes())) == [(80, "Root cause identified", "Resolved")]


def test_a_gap_of_exactly_the_limit_is_no_silence(tell: Callable[..., Any]) -> None:
    """A second more is one."""
    assert heard(tell(START + END + timeline("14:45", "15:15"))) == []
    assert heard(tell(START + END + timeline("14:45", "15:14:59"))) == [(30 + 1 / 60, "at 15:14:59", "Resolved")]


def test_the_longest_comes_first_and_of_two_alike_the_earlier(tell: Callable[..., Any]) -> None:
    """14:15 to 14:50 is 35 minutes, to 15:45 it is 55."""
    assert heard(tell(START + END + timeline("14:50"))) == [
        (55, "at 14:50", "Resolved"),
        (35, "Impact began", "at 14:50"),
    ]
    assert [after for _, after, _ in heard(tell(START + END + timeline("15:00")))] == ["Impact began", "at 15:00"]


def test_what_lies_outside_the_incident_breaks_no_silence(tell: Callable[..., Any]) -> None:
    """A deploy before it, an all-clear after it."""
    assert heard(tell(START + END + timeline("13:58", "15:50"))) == [(90, "Impact began", "Resolved")]


def test_an_open_incident_is_listened_to_until_the_evidence_ends(tell: Callable[..., Any]) -> None:
    """And not a minute longer."""
    told = tell(START + timeline("14:20"))
    assert heard(told, as_of="2024-01-15T15:00") == [(40, "at 14:20", "the end of the record")]
    assert heard(told, as_of="2024-01-15T14:40") == []
    assert heard(told, as_of="2024-01-15T13:00") == []


def test_without_a_start_nothing_is_silent(tell: Callable[..., Any]) -> None:
    """It is not known from when to listen."""
    assert heard(tell("id: X\n" + END)) == []
