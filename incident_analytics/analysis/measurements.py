"""The metrics of one incident, each with its status, its anchors and what the evidence says beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.response_times import clock_pairs, durations
from incident_analytics.model.measurement import Anchor, Finding, Measurement
from incident_analytics.sources.histories.schema import INCIDENT_SCHEMA, incident_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.measurement import Place, Status
    from incident_analytics.model.runbook import Runbook

SIX = (
    "time_to_detection",
    "time_to_acknowledgment",
    "time_to_resolution",
    "users_affected",
    "revenue_impact",
    "people_involved",
)

_NO_FINDINGS: Mapping[str, Sequence[Finding]] = {}


def duration_measurements(
    incident: Incident,
    anchors: Mapping[str, Anchor],
    runbook: Runbook,
    *,
    clock: str = "default",
    findings: Sequence[Finding] = (),
) -> dict[str, Measurement]:
    """The duration metrics of one incident under a clock, from a frame of one row.

    Args:
        incident: The record.
        anchors: Its milestones.
        runbook: Names the clocks.
        clock: Which convention.
        findings: Those about milestones; each hangs on the metrics whose anchors it names.

    Raises:
        ParameterError: There is no such clock.
    """
    return clock_measurements(incident, anchors, runbook, clocks=(clock,), findings={clock: findings})[clock]


def clock_measurements(
    incident: Incident,
    anchors: Mapping[str, Anchor],
    runbook: Runbook,
    *,
    clocks: Iterable[str],
    findings: Mapping[str, Sequence[Finding]] = _NO_FINDINGS,
) -> dict[str, dict[str, Measurement]]:
    """What `duration_measurements` gives under each of several clocks, each pair of anchors computed once.

    Args:
        incident: The record.
        anchors: Its milestones.
        runbook: Names the clocks.
        clocks: Which conventions.
        findings: By clock, those about milestones.

    Raises:
        ParameterError: There is no such clock.
    """
    named = {clock: clock_pairs(runbook, clock) for clock in clocks}
    pairs = {_column(pair): pair for metrics in named.values() for pair in metrics.values()}
    frame = pl.DataFrame([incident_row(incident, anchors)], schema=INCIDENT_SCHEMA)
    row = durations(frame, pairs).row(0, named=True)
    return {
        clock: {
            metric: _duration(metric, pair, row, anchors, clock, findings.get(clock, ()))
            for metric, pair in metrics.items()
        }
        for clock, metrics in named.items()
    }


def _column(pair: tuple[str, str]) -> str:
    return " to ".join(pair)


def _duration(
    metric: str,
    pair: tuple[str, str],
    row: Mapping[str, object],
    anchors: Mapping[str, Anchor],
    clock: str,
    findings: Sequence[Finding],
) -> Measurement:
    column, ends = _column(pair), (anchors[pair[0]], anchors[pair[1]])
    status: Status = row[f"{column}_status"]  # type: ignore[assignment]
    seconds, high = _number(row[f"{column}_seconds"]), _number(row[f"{column}_seconds_high"])
    reason = str(row[f"{column}_reason"] or "") or _said_so(ends)
    return Measurement(
        name=metric,
        unit="seconds",
        status=status,
        value=seconds if high is None else None,
        low=None if high is None else seconds,
        high=high,
        clock=clock,
        start=ends[0],
        end=ends[1],
        reason=reason,
        findings=tuple(finding for finding in findings if _concerns(finding, ends)),
    )


def _said_so(ends: tuple[Anchor, Anchor]) -> str:
    """Which anchors were read from words rather than from a field of their own."""
    told = [f"{anchor.anchor} from the {anchor.origin}" for anchor in ends if anchor.origin not in {"", "recorded"}]
    return "; ".join(told)


def _concerns(finding: Finding, ends: tuple[Anchor, Anchor]) -> bool:
    if finding.rule in {"start-equals-detection", "errors-before-start"}:
        return {anchor.anchor for anchor in ends} == {"started_at", "detected_at"}
    return any(anchor.place is not None and anchor.place == finding.where for anchor in ends)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def users_affected(
    incident: Incident,
    *,
    measured: int | None,
    window: tuple[datetime, datetime] | None = None,
    not_measured: str = "the logs carry no user ids",
) -> Measurement:
    """Users affected as recorded; as counted in the logs where the record has no number.

    Args:
        incident: The record.
        measured: Distinct users with an error in the logs; None where they cannot tell.
        window: From when to when they were counted.
        not_measured: Why there is no measured number.
    """
    recorded = incident.impact.users_affected
    value, status = _headline(recorded, measured)
    reason = f"the record has no number and {not_measured}" if value is None else ""
    place = incident.fields_read_from.get("impact.users_affected")
    return Measurement(
        "users_affected",
        "users",
        status,
        value,
        reason=reason,
        measured=measured,
        measured_window=None if measured is None else window,
        start=_field("impact.users_affected", place) if recorded is not None else None,
    )


def revenue_impact(incident: Incident) -> Measurement:
    """Lost revenue as recorded, exact and in its own currency."""
    money = incident.impact.revenue_lost
    if money is None:
        return Measurement("revenue_impact", "", "unknown", reason="the record has no lost revenue")
    place = incident.fields_read_from.get("impact.revenue_lost")
    return Measurement(
        "revenue_impact",
        money.currency or "unknown currency",
        "recorded",
        float(money.amount),
        reason="" if money.currency else "the record names no currency",
        money=money,
        start=_field("impact.revenue_lost", place),
    )


def people_involved(incident: Incident, events: Iterable[Event], runbook: Runbook) -> Measurement:
    """Distinct people in roles, timeline actors and updates; unknown when nobody is named."""
    people = people_named(incident, events, runbook)
    if not people:
        reason = "nobody is named in roles, timeline or updates"
        return Measurement("people_involved", "people", "unknown", reason=reason)
    return Measurement("people_involved", "people", "derived", len(people), reason=", ".join(people))


def people_named(incident: Incident, events: Iterable[Event], runbook: Runbook) -> tuple[str, ...]:
    """The distinct people of an incident in order of name; machines are left out."""
    written = [role.person for role in incident.roles] + [event.actor for event in events]
    names: dict[str, str] = {}
    for name in written:
        if name and not any(re.search(words, name, re.IGNORECASE) for words in runbook.machine_actors):
            names.setdefault(" ".join(name.split()).casefold(), " ".join(name.split()))
    return tuple(names[key] for key in sorted(names))


def _headline(recorded: int | None, measured: int | None) -> tuple[int | None, Status]:
    if recorded is not None:
        return recorded, "recorded"
    return (measured, "measured") if measured is not None else (None, "unknown")


def _field(name: str, place: Place | None) -> Anchor:
    return Anchor(name, None, "recorded", place)
