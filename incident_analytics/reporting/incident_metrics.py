"""The metrics of one incident without the rest of its report: what `incident metrics` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.measurements import (
    duration_measurements,
    people_involved,
    revenue_impact,
    users_affected,
)
from incident_analytics.analysis.milestones import milestone_findings, milestones
from incident_analytics.errors import ParameterError
from incident_analytics.model.instants import read_instant
from incident_analytics.model.measurement import Measurement
from incident_analytics.model.runbook import DEFAULT_CLOCK
from incident_analytics.reporting.measurement_json import METRICS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    import polars as pl

    from incident_analytics.model.measurement import Anchor, Finding
    from incident_analytics.sources import Bundle

Window: TypeAlias = "tuple[datetime, datetime]"


def incident_metrics(bundle: Bundle, *, clock: str = DEFAULT_CLOCK, as_of: str | None = None) -> dict[str, Measurement]:
    """Each metric by its name, in the order of the runbook; the same numbers as the report's.

    Args:
        bundle: The incident's files; logs are read where there are any, to count users.
        clock: The convention for durations.
        as_of: Until when errors of an incident that is still open count; the latest instant in the files by default.

    Raises:
        BundleError: The bundle has no record.
        RecordError: The record cannot be read.
        ParameterError: There is no such clock, or ``as_of`` is not an instant.
    """
    incident, runbook = bundle.record, bundle.runbook
    events = merged_timeline(incident, runbook, bundle.timeline)
    anchors = milestones(incident, events, runbook)
    window = recorded_window(anchors, lambda: _looked_from(bundle, as_of))
    logs = bundle.logs.collect() if window and bundle.contents.logs else None
    findings = [*incident.reading_findings, *milestone_findings(anchors, events, runbook)]
    if window and logs is not None:
        findings = [*_early(logs, window, bundle), *findings]
    measurements = duration_measurements(incident, anchors, runbook, clock=clock, findings=findings)
    measurements["users_affected"] = users_affected(
        incident,
        measured=_users(logs, window),
        window=window,
        not_measured=no_users_because(has_logs=bool(bundle.contents.logs), window=window),
    )
    measurements["revenue_impact"] = revenue_impact(incident)
    measurements["people_involved"] = people_involved(incident, events, runbook)
    return measurements if clock != DEFAULT_CLOCK else _in_order(measurements)


def _in_order(measurements: dict[str, Measurement]) -> dict[str, Measurement]:
    """The metrics that everybody asks for first, also those that a runbook of one's own leaves out."""
    reason = f"the runbook's clock {DEFAULT_CLOCK} does not define it"
    named = {
        name: measurements.get(name)
        or Measurement(name, "seconds", "not_applicable", clock=DEFAULT_CLOCK, reason=reason)
        for name in METRICS
    }
    return named | measurements


def recorded_window(anchors: Mapping[str, Anchor], looked_from: Callable[[], datetime | None]) -> Window | None:
    """From the recorded start to the recorded resolution, or to where one looks back from; None without a start."""
    start, end = anchors["started_at"].at, anchors["resolved_at"].at
    if start is None:
        return None
    last = end.earliest if end else looked_from()
    return start.earliest, max(last or start.earliest, start.earliest)


def no_users_because(*, has_logs: bool, window: Window | None) -> str:
    """Why users cannot be counted in the logs, where they cannot."""
    if not has_logs:
        return "there are no logs"
    return "the logs carry no user ids" if window else "no start is recorded, from which to count in the logs"


def _early(logs: pl.DataFrame, window: Window, bundle: Bundle) -> list[Finding]:
    from incident_analytics.analysis.errors_before_start import (  # noqa: PLC0415 -- only where there are logs
        early_errors_finding,
        errors_before_start,
    )

    early = errors_before_start(logs, window[0])
    zone, zone_name, _ = bundle.runbook.zone_rules(bundle.zone).default()
    return [early_errors_finding(early, window[0], zone, zone_name)] if early else []


def _users(logs: pl.DataFrame | None, window: Window | None) -> int | None:
    """Distinct users with an error between the recorded start and end; None without logs or user ids."""
    if logs is None or window is None:
        return None
    from incident_analytics.analysis.logs import affected_users  # noqa: PLC0415 -- only where there are logs

    users = affected_users(logs, since=window[0], until=window[1])["users_affected"]
    return None if users.is_empty() or users[0] is None else int(users[0])


def _looked_from(bundle: Bundle, as_of: str | None) -> datetime | None:
    if as_of is None:
        return bundle.latest_instant
    instant = read_instant(as_of, bundle.runbook.zone_rules(bundle.zone))
    if instant is None:
        raise ParameterError("as_of", expected="a time such as 2024-01-16T09:00:00Z", found=as_of)
    return instant.latest
