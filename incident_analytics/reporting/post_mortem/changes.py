"""Which recorded change may have begun the incident, held against what was measured of it and else what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.changes import (
    Bound,
    ChangeCandidates,
    ImpactBounds,
    affected_services,
    change_candidates,
    new_warnings,
    recorded_changes,
)
from incident_analytics.analysis.changes.affected import services_of_labels
from incident_analytics.analysis.measured_events import first_error_in, measured_start
from incident_analytics.analysis.snapshots.three_levels import FEWEST_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo

    import polars as pl

    from incident_analytics.analysis.changes import Change, NewWarning
    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.snapshots.impact_window import ImpactWindow
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.reporting.post_mortem.evidence import EvidenceNumbers

_ENDS = (("mitigated_at", "the recorded mitigation"), ("resolved_at", "the recorded resolution"))


def changes_and_warnings(
    events: Sequence[Event], services: Sequence[str], logs: pl.DataFrame, samples: pl.DataFrame, start: datetime
) -> dict[Change, NewWarning | None]:
    """Every recorded change, with what its services began to say between it and the start.

    Args:
        events: The recorded events.
        services: The services of the record.
        logs: The frame of logs.
        samples: The frame of samples; its labels name services too.
        start: When the impact began, as far as it is known.
    """
    logged = logs["service"].drop_nulls().unique(maintain_order=True).to_list() if logs.height else []
    labelled = services_of_labels(samples["labels"].unique().to_list()) if samples.height else ()
    changes = recorded_changes(events, [*services, *logged, *labelled])
    return {
        change: new_warnings(logs, change.services, change.moment, start)
        if change.services and change.moment < start and logs.height
        else None
        for change in changes
    }


def change_numbers(
    incident: Incident, anchors: Mapping[str, Anchor], evidence: EvidenceNumbers, zone: tzinfo
) -> ChangeCandidates:
    """The candidates among the recorded changes.

    The start and end are those that were measured; where the first error lies within the measured start, it is the
    start. Without them the recorded ones are taken, and the reasons say so.
    """
    bounds = ImpactBounds(_start(anchors, evidence), _end(anchors, evidence), _is_impact_seen(evidence))
    start = bounds.start.earliest if bounds.start else None
    return change_candidates(
        tuple(evidence.changes),
        bounds=bounds,
        affected=affected_services(incident.services, evidence.errors_of_minutes, start),
        warned={change: warned for change, warned in evidence.changes.items() if warned is not None},
        zone=zone,
    )


def _is_impact_seen(evidence: EvidenceNumbers) -> bool:
    """False where sources that could tell an impact were searched, none shows one, and no errors rose."""
    impact = evidence.impact
    if evidence.early is not None or impact.told_by is not None or impact.told:
        return True
    return not any(_could_tell(one.window) for one in impact.seen_by)


def _could_tell(window: ImpactWindow) -> bool:
    return window.n >= FEWEST_SAMPLES and (window.difference is None or window.threshold is not None)


def _start(anchors: Mapping[str, Anchor], evidence: EvidenceNumbers) -> Bound | None:
    error, measured = first_error_in(evidence.impact, evidence.first_errors), measured_start(evidence.impact)
    if error is not None:
        return Bound(error[0], error[0], "the first error of the incident", is_measured=True, place=error[3])
    if measured is not None:
        return Bound(*measured, "the measured start of the impact", is_measured=True)
    return _recorded(anchors, "started_at", "the recorded start")


def _end(anchors: Mapping[str, Anchor], evidence: EvidenceNumbers) -> Bound | None:
    told = evidence.impact.told_by
    if told is not None:
        if told.end_at is None or told.end_after is None:
            return None
        return Bound(told.end_after, told.end_at, "the measured end of the impact", is_measured=True)
    found = (_recorded(anchors, name, words) for name, words in _ENDS)
    return next((bound for bound in found if bound is not None), None)


def _recorded(anchors: Mapping[str, Anchor], name: str, words: str) -> Bound | None:
    anchor = anchors[name]
    if anchor.at is None:
        return None
    return Bound(anchor.at.earliest, anchor.at.latest, words, is_measured=False, place=anchor.place)
