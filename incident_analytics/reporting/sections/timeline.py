"""Timeline: phases and milestones drawn, and every event in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Callout, Code, Column, Folded, Pill, Table
from incident_analytics.reporting.figures import timeline_figure

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_LONGEST_OPEN_TABLE = 12
_BEGAN: Final = "Measured start"
_ENDED: Final = "Measured end"


def timeline(report: PostMortem) -> tuple[Block, ...]:
    """The figure, the longest silence in words, and the merged table of events."""
    figure = timeline_figure(
        phases=report.phases,
        anchors=report.anchors,
        events=report.recorded_events,
        silences=report.silences,
        zone=report.zone_name,
        measured=_measured(report),
    )
    found = len(report.events) - len(report.recorded_events)
    measured = f", {found} of them found in the evidence" if found else ""
    table = Table(
        f"{words.counted(len(report.events), 'event')} from every source{measured}, times in {report.zone_name}",
        (Column("Time"), Column("What happened"), Column("Source"), Column("Stands in")),
        tuple(_row(event, report) for event in report.events),
        empty="No event is recorded.",
    )
    shown: Block = table
    if len(report.events) > _LONGEST_OPEN_TABLE:
        shown = Folded(f"All {len(report.events)} events", (table,))
    return tuple(block for block in (figure, *_silence(report), shown) if block is not None)


def _row(event: Event, report: PostMortem) -> tuple[Inline | None, ...]:
    first = report.events[0].moment.astimezone(report.zone).date()
    is_first_day = event.moment.astimezone(report.zone).date() == first
    shown = words.clock_time if is_first_day else words.moment
    when = shown(event.moment, report.zone)
    if event.at.is_range:
        when = f"{when} to {words.clock_time(event.at.latest, report.zone)}"
    source: Inline = (event.source, " ", Pill("measured")) if event.is_measured else event.source
    return (when, event.text, source, Code(str(event.place)) if event.place else None)


def _measured(report: PostMortem) -> dict[str, datetime]:
    """What the figure shows of the evidence: when the impact began and ended. The table has the rest."""
    start, end = report.changes.bounds.start, report.changes.bounds.end
    shown = {}
    if start is not None and start.is_measured:
        shown[_BEGAN] = start.latest
    if end is not None and end.is_measured:
        shown[_ENDED] = end.latest
    return shown


def _silence(report: PostMortem) -> tuple[Block, ...]:
    if not report.silences:
        return ()
    longest = report.silences[0]
    others = len(report.silences) - 1
    more = f" There {'is' if others == 1 else 'are'} {words.counted(others, 'other silence')}." if others else ""
    is_one_day = longest.start.astimezone(report.zone).date() == longest.end.astimezone(report.zone).date()
    shown = words.clock_time if is_one_day else words.moment
    between = f"{shown(longest.start, report.zone)} and {shown(longest.end, report.zone)}"
    title = f"{words.duration(longest.duration_seconds)} without an entry in the record."
    after, until = words.shortened(longest.after), words.shortened(longest.until)
    text = f'Nothing was written between {between}, after "{after}" and before "{until}".{more}'
    return (Callout(title, text),)
