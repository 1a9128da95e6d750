"""Where an impact is looked for when nobody recorded its start: near what there is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.snapshots.impact_metrics import HISTORY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incident_analytics.analysis.events import Event
    from incident_analytics.model.measurement import Anchor

AROUND: Final = dt.timedelta(minutes=30)
LONGEST_BEFORE: Final = dt.timedelta(hours=2)
# the quiet time before is to be so much longer than what is searched: thirty quiet stretches of a sample a minute
_LONGER: Final = dt.timedelta(minutes=35)
_NAMED: Final = (("detected_at", "the recorded detection"), ("acknowledged_at", "the recorded acknowledgment"))


@dataclass(frozen=True, slots=True)
class LookedNear:
    """Where an impact without a recorded start was looked for.

    Args:
        searched: From when to when.
        what: Near what, as a sentence names it.
        at: When that was; None for the evidence itself.
    """

    searched: tuple[dt.datetime, dt.datetime]
    what: str
    at: dt.datetime | None


def looked_near(
    anchors: Mapping[str, Anchor], events: Sequence[Event], logs: pl.DataFrame, samples: pl.DataFrame
) -> tuple[LookedNear, ...]:
    """Near the detection, else acknowledgment, first entry of the timeline, resolution; then in the evidence alone.

    Where to look first, then where else if nothing is found there. From at least half an hour and at most two hours
    before it to half an hour after the resolution, or to the end of the evidence; so long that the quiet time before
    is longer still. Of the evidence alone the later part is searched, as the earlier one is what it is compared with.
    Nowhere without any with a time.

    Args:
        anchors: The milestones.
        events: The recorded events.
        logs: The frame of logs.
        samples: The frame of samples.
    """
    near = samples.filter(~pl.col("metric").str.ends_with(HISTORY)) if samples.height else samples
    known = [span for span in (_span(logs), _span(near)) if span]
    if not known:
        return ()
    first, last = min(span[0] for span in known), max(span[1] for span in known)
    later = LookedNear((first + (last - first + _LONGER) / 2, last + AROUND), "the later part of the evidence", None)
    at, what = _told(anchors, events, (first, last))
    if at is None:
        return (later,)
    resolved = anchors["resolved_at"].at
    over = min(resolved.latest + AROUND, last) if resolved and resolved.latest > at else last
    before = max(AROUND, min((at - first - (over - at) - _LONGER) / 2, LONGEST_BEFORE))
    since = max(at - before, first)
    longest = since - first - _LONGER
    return LookedNear((since, min(over, since + longest) if longest > AROUND else over), what, at), later


def _span(frame: pl.DataFrame) -> tuple[dt.datetime, dt.datetime] | None:
    if frame.is_empty():
        return None
    first, last = frame["timestamp"].min(), frame["timestamp"].max()
    return (first, last) if isinstance(first, dt.datetime) and isinstance(last, dt.datetime) else None


def _told(
    anchors: Mapping[str, Anchor], events: Sequence[Event], evidence: tuple[dt.datetime, dt.datetime]
) -> tuple[dt.datetime | None, str]:
    """The first of what is known that lies within the evidence, and its name."""
    found = [(anchor.at.earliest, what) for name, what in _NAMED if (anchor := anchors[name]).at]
    found += [(event.moment, "the first entry of the timeline") for event in events if not event.is_measured][:1]
    resolved = anchors["resolved_at"].at
    found += [(resolved.earliest, "the recorded resolution")] if resolved else []
    within = [(at, what) for at, what in found if evidence[0] < at < evidence[1]]
    return within[0] if within else (None, "")
