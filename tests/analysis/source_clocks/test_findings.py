"""Findings name the zone, the skew, the conflict, with both places; nothing is shifted."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from incident_analytics.analysis.source_clocks import clock_findings, clocks_compared
from incident_analytics.analysis.source_clocks.requests import RequestClocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.events import Event


def test_a_chat_in_local_time_is_named_once_against_all_others(told: Callable[..., Event]) -> None:
    """It is the one that both others disagree with."""
    events = []
    for n in range(3):
        events += [told("pager", 600 * n, f"Page {n} sent", ref=f"p-{n}")]
        events += [told("alertmanager", 600 * n + 2, f"Alert {n} fired", ref=f"p-{n}")]
        events += [told("chat", 600 * n + 3601, f"Bot says {n}", ref=f"p-{n}")]
    (finding,) = clock_findings(clocks_compared(events), ZoneInfo("Europe/Berlin"))
    assert (finding.rule, finding.level, str(finding.where)) == ("clock-zone", "warning", "chat.csv:3602")
    assert finding.message == (
        "chat looks 1 h late against alertmanager and pager, which is the offset of Europe/Berlin: were its times "
        "written in another zone? (6 events told by both; nothing was shifted)"
    )
    assert finding.seen == "13:00:01 (chat: Bot says 0)"


def test_a_half_hour_early_is_a_zone_too(told: Callable[..., Event]) -> None:
    """Two events are enough for a half hour, and the record is believed before a tool."""
    events = [told("record", 600 * n, f"Step {n} done") for n in range(2)]
    events += [told("chat", 600 * n - 5400, f"Step {n} done") for n in range(2)]
    (finding,) = clock_findings(clocks_compared(events), UTC)
    assert finding.message.startswith("chat looks 1 h 30 min early against record: were its times")


def test_a_skew_tells_its_interval_and_both_explanations(told: Callable[..., Event]) -> None:
    """From half a minute on it is a warning."""
    events = []
    for n, late in enumerate((37, 35, 38, 37, 36, 39, 37)):
        events += [told("chat", 600 * n, f"m{n}", ref=f"p-{n}"), told("pager", 600 * n + late, f"p{n}", ref=f"p-{n}")]
    (finding,) = clock_findings(clocks_compared(events), UTC)
    assert (finding.rule, finding.level) == ("clock-skew", "warning")
    assert finding.message == (
        "pager tells the same events 37 s later than chat (34 to 40 s, from 7): its clock is off, "
        "or it always writes that much later"
    )


def test_a_conflict_keeps_both_times_and_places(told: Callable[..., Event]) -> None:
    """The record says 12:15, the pager 12:16:30."""
    events = [told("record", 900, "Alert fired", minute=True), told("pager", 990, "Alert fired")]
    (finding,) = clock_findings(clocks_compared(events), UTC)
    assert (finding.rule, finding.level) == ("sources-conflict", "warning")
    assert finding.message == (
        '"Alert fired" is at 12:16:30 in pager at pager.csv:991 and at 12:15 in record at record.csv:901, '
        "1 min apart; both are kept"
    )
    assert (finding.seen, finding.expected) == ("12:15 (record)", "12:16:30 (pager)")


def test_one_event_an_hour_apart_hints_at_a_zone(told: Callable[..., Event]) -> None:
    """One event is too few to say so."""
    events = [told("chat", 4500, "Alert fired"), told("pager", 900, "Alert fired")]
    (finding,) = clock_findings(clocks_compared(events), UTC)
    assert finding.message.endswith("1 h apart; both are kept; 1 h apart may be a zone")


def test_conflicts_that_a_skew_explains_are_not_told_again(told: Callable[..., Event]) -> None:
    """They are its evidence."""
    events = []
    for n in range(4):
        events += [told("chat", 600 * n, f"m{n}", ref=f"p-{n}"), told("pager", 600 * n + 90, f"p{n}", ref=f"p-{n}")]
    assert [each.rule for each in clock_findings(clocks_compared(events), UTC)] == ["clock-skew"]


def test_events_within_half_a_minute_are_no_conflict(told: Callable[..., Event]) -> None:
    """Two people write the same down within that."""
    events = [told("chat", 0, "Alert fired"), told("pager", 29, "Alert fired")]
    assert clock_findings(clocks_compared(events), UTC) == ()


def test_requests_tell_a_service_whose_clock_is_off() -> None:
    """Only those that are told."""
    off = RequestClocks("mail", "web", 900, 37.0, 36.9, 37.1, 0.4, is_told=True)
    late = RequestClocks("mail", "pay", 900, 1.4, 1.3, 1.5, 0.1, is_told=False)
    (finding,) = clock_findings(clocks_compared((), (off, late)), UTC)
    assert finding.message == (
        "mail logs the same requests 37 s later than web (900 requests in the hour before, nearly all within 0.4 s): "
        "its clock is off, or it always logs that much later"
    )


def test_of_two_tools_an_hour_apart_either_may_be_wrong(told: Callable[..., Event]) -> None:
    """Nobody else says which."""
    events = [told("pager", 600 * n, f"Step {n} done") for n in range(2)]
    events += [told("chat", 600 * n + 3600, f"Step {n} done") for n in range(2)]
    (finding,) = clock_findings(clocks_compared(events), UTC)
    assert finding.message == (
        "pager looks 1 h early against chat: were the times of one of them written in another zone? "
        "(2 events told by both; nothing was shifted)"
    )
