"""Where the measured impact and the record differ by more than the measurement leaves open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.impact_seen import LOGS
from incident_analytics.analysis.plain_words import duration_words
from incident_analytics.model.measurement import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from incident_analytics.analysis.impact_seen import SeenBy
    from incident_analytics.analysis.measured_impact import MeasuredImpact
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.measurement import Anchor

_LEAST: Final = dt.timedelta(minutes=1)
_SEVERAL: Final = 2
_QUARTER: Final = dt.timedelta(minutes=15)


def impact_findings(
    impact: MeasuredImpact,
    incident: Incident,
    anchors: Mapping[str, Anchor],
    *,
    is_early_told: bool,
    zone: dt.tzinfo = dt.UTC,
    zone_name: str = "UTC",
) -> list[Finding]:
    """A start or end beside the record's, a loss outside the interval, a source with the same impact in another zone.

    An end before the resolution is usual: people watch before they call an incident resolved.

    Args:
        impact: The measured one.
        incident: The record.
        anchors: Its milestones.
        is_early_told: Whether a finding already says that errors rose before the recorded start.
        zone: The zone that times are told in.
        zone_name: How it is named.
    """

    def told(at: dt.datetime) -> str:
        return f"{at.astimezone(zone):%H:%M:%S} {zone_name}"

    return [
        *_no_start(impact, anchors, told),
        *_start(impact, anchors, told, is_early_told=is_early_told),
        *_end(impact, anchors, told),
        *_revenue(impact, incident),
        *_zones(impact, told),
    ]


def _start(
    impact: MeasuredImpact, anchors: Mapping[str, Anchor], told: Callable[[dt.datetime], str], *, is_early_told: bool
) -> Iterator[Finding]:
    best, anchor = impact.told_by, anchors["started_at"]
    if best is None or best.start_at is None or best.start_after is None or anchor.at is None:
        return
    early, late = anchor.at.earliest - (best.start_after + best.step), best.start_after - anchor.at.latest
    if early >= _LEAST and not is_early_told:
        apart, way = early, "before"
    elif late >= _LEAST:
        apart, way = late, "after"
    else:
        return
    message = (
        f"{_shows(best.source)} the impact from {told(best.start_at)} on, at least "
        f"{duration_words(apart.total_seconds())} {way} the recorded start"
    )
    yield Finding("measured-start-differs", "warning", message, anchor.place, anchor.at.text)


def _no_start(
    impact: MeasuredImpact, anchors: Mapping[str, Anchor], told: Callable[[dt.datetime], str]
) -> Iterator[Finding]:
    """The measured start as a proposal for the one that nobody recorded."""
    best, near = impact.told_by, impact.near
    if best is None or best.start_at is None or near is None or anchors["started_at"].at is not None:
        return
    where = f"{near.what} at {told(near.at)}" if near.at else near.what
    message = (
        f"no start is recorded: {_shows(best.source)} the impact from {told(best.start_at)} on, looked for near {where}"
    )
    yield Finding("start-not-recorded", "warning", message, seen=f"{told(best.start_at)} ({best.source})")


def _end(
    impact: MeasuredImpact, anchors: Mapping[str, Anchor], told: Callable[[dt.datetime], str]
) -> Iterator[Finding]:
    best, anchor = impact.told_by, anchors["resolved_at"]
    if best is None or best.end_at is None or best.end_after is None or anchor.at is None:
        return
    apart = best.end_after - anchor.at.latest
    if apart >= _LEAST:
        message = (
            f"{_shows(best.source)} the impact until {told(best.end_at)}, at least "
            f"{duration_words(apart.total_seconds())} after the recorded resolution"
        )
        yield Finding("measured-end-differs", "warning", message, anchor.place, anchor.at.text)


def _shows(source: str) -> str:
    return f"{source} {'show' if source == LOGS else 'shows'}"


def _revenue(impact: MeasuredImpact, incident: Incident) -> Iterator[Finding]:
    recorded = incident.impact.revenue_lost
    told = [loss for loss in impact.losses if loss.currency and loss.amount and not loss.reason]
    same = [loss for loss in told if recorded is not None and loss.currency == recorded.currency]
    if recorded is None or len(same) != 1 or same[0].amount is None:
        return
    lost = same[0].amount.lost
    if lost.low is None or lost.high is None or lost.low <= recorded.amount <= lost.high:
        return
    message = (
        f"the record says {recorded.amount:,.0f} {recorded.currency} were lost, {same[0].metric} shows "
        f"{lost.low:,.0f} to {lost.high:,.0f}"
    )
    place = incident.fields_read_from.get("impact.revenue_lost")
    yield Finding("measured-revenue-differs", "warning", message, place, recorded.text)


def _zones(impact: MeasuredImpact, told: Callable[[dt.datetime], str]) -> Iterator[Finding]:
    """Metrics that tell the impact of several others, whole, half or quarter hours beside them."""
    best = impact.told_by
    others = [one.source for one in impact.told if one.agrees]
    if best is None or best.start_at is None or len(others) < _SEVERAL:
        return
    for one in impact.told:
        late = None if one.agrees or one.source == LOGS else _hours_apart(one, best)
        if late is None or one.start_at is None:
            continue
        way = "late" if late > dt.timedelta(0) else "early"
        yield Finding(
            "clock-zone",
            "warning",
            f"{one.source} looks {duration_words(abs(late).total_seconds())} {way}: the impact begins at "
            f"{told(one.start_at)} in it, at {told(best.start_at)} in {_and(others)}: were its times written in "
            "another zone? (nothing was shifted)",
            Place(one.file, None) if one.file else None,
            seen=f"{told(one.start_at)} ({one.source})",
            expected=f"{told(best.start_at)} ({best.source})",
        )


def _hours_apart(one: SeenBy, best: SeenBy) -> dt.timedelta | None:
    """By how many quarter hours both ends of one window come later; None where it is not the same beside.

    Where an end is not told, the starts must lie a whole or half hour apart.
    """
    slack = max(one.step, best.step) + _LEAST
    if one.start_at is None or best.start_at is None:
        return None
    apart = one.start_at - best.start_at
    late = round(apart / _QUARTER) * _QUARTER
    if not late or abs(apart - late) > slack:
        return None
    if one.end_at is None or best.end_at is None:
        return late if not late % (2 * _QUARTER) else None
    return late if abs(one.end_at - best.end_at - late) <= slack else None


def _and(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
