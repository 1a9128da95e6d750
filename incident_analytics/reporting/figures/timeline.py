"""When was what: phases, milestones, events and silences of one incident."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.clock import FigureClock
from incident_analytics.reporting.figures.durations import duration_words
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, drawn
from incident_analytics.reporting.figures.timeline_layout import NOTCH, PAGE, PHONE, label_words, timeline_layout
from incident_analytics.reporting.figures.timeline_points import Point, timeline_points, within_reach

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.phases import Phase
    from incident_analytics.analysis.silences import Silence
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.reporting.blocks.figure import FigureBlock

_ONE_INSTANT = timedelta(minutes=5)


def timeline_figure(
    *,
    phases: Sequence[Phase],
    anchors: Mapping[str, Anchor],
    events: Sequence[Event],
    silences: Sequence[Silence],
    zone: str,
    measured: Mapping[str, datetime] | None = None,
) -> FigureBlock | None:
    """The incident from left to right, every milestone and the telling events named beside their points.

    Labels that would not fit are left to the table; the caption says how many are named. What lies more
    than a third of the incident's span outside of it is not drawn.

    Args:
        phases: From the start of impact to the resolution; none where that is one instant.
        anchors: The milestones.
        events: The merged timeline.
        silences: Stretches about which nothing was recorded.
        zone: The zone in which times are shown.
        measured: Moments that the evidence showed, such as the first failed payment, by what happened.

    Returns:
        The figure, or None where no start of the incident is known.
    """
    started = anchors["started_at"].at if "started_at" in anchors else None
    if not phases and started is None:
        return None
    start = phases[0].start if phases else started.earliest if started else events[0].moment
    end = phases[-1].end if phases else start
    everything = timeline_points(anchors, events, measured or {}, phases)
    points = within_reach(everything, start, end)
    clock = _clock(zone, start, end, points)
    layouts = [
        timeline_layout(sheet, clock, points=points, phases=phases, silences=silences) for sheet in (PAGE, PHONE)
    ]
    named = [len(layout.labels) for layout in layouts]
    return drawn(
        [_notches(points, clock)],
        page=layouts[0].layout,
        phone=layouts[1].layout,
        alt=_alt(clock, points, phases, silences),
        caption=_caption(phases, points, len(everything), named),
    )


def _clock(zone: str, start: datetime, end: datetime, points: Sequence[Point]) -> FigureClock:
    first = min([start, *(point.at for point in points)])
    last = max([end, *(point.at for point in points)])
    if first == last:
        # The labels of one instant stand to its right.
        first, last = first - _ONE_INSTANT / 5, last + _ONE_INSTANT
    return FigureClock.of(zone, first, last)


def _notches(points: Sequence[Point], clock: FigureClock) -> Part:
    """A mark on the bar for every point, named or not, with its words for who points at it."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [clock.position(point.at) for point in points],
        "y": [NOTCH] * len(points),
        "text": [plot_text(label_words(point, clock)) for point in points],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": "line-ns", "size": 6, "line": {"width": 1.5, "color": palette.LINE_STRONG}},
        "cliponaxis": False,
    }


def _alt(clock: FigureClock, points: Sequence[Point], phases: Sequence[Phase], silences: Sequence[Silence]) -> str:
    told = ", ".join(label_words(point, clock) for point in points if point.sort != "event")
    alt = f"Timeline, {clock.span()}: {told}." if told else f"Timeline, {clock.span()}."
    lasted = ", ".join(f"{phase.name} {duration_words(phase.duration_seconds)}" for phase in phases)
    quiet = [f"{duration_words(each.duration_seconds)} without an entry" for each in silences[:1]]
    second = "; ".join([*([f"Phases: {lasted}"] if lasted else []), *quiet])
    return f"{alt} {second}." if second else alt


def _caption(phases: Sequence[Phase], points: Sequence[Point], total: int, named: Sequence[int]) -> str:
    sentences = []
    if not phases:
        sentences.append("Start and end are one instant in the record, so there are no phases.")
    else:
        longest = max(phases, key=lambda phase: phase.duration_seconds)
        whole = sum(phase.duration_seconds for phase in phases)
        lasted = f"{duration_words(longest.duration_seconds)} of {duration_words(whole)}"
        if phases[-1].is_open:
            sentences.append("Still open: the last phase has no recorded end.")
        is_alone = [phase.duration_seconds for phase in phases].count(longest.duration_seconds) == 1
        if len(phases) > 1 and is_alone:
            sentences.append(f"{longest.name} took longest, {lasted}.")
    sentences.append("Bold: milestones.")
    if any(point.sort == "measured" for point in points):
        sentences[-1] = "Bold: milestones; in the warning colour, what the evidence showed."
    page, phone = named
    if page < total:
        small = f", {phone} on a small screen" if phone < page else ""
        sentences.append(f"{_events(page)} named here{small}; the table has them all.")
    elif phone < total:
        sentences.append(f"On a small screen {_events(phone)} named; the table has them all.")
    return " ".join(sentences)


def _events(number: int) -> str:
    return "1 event is" if number == 1 else f"{number} events are"
