"""Assembles a post-mortem from a bundle: each number is computed here, once, and only read afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.analysis.against_record import as_of_findings, duration_findings
from incident_analytics.analysis.alert_findings import alert_findings
from incident_analytics.analysis.change_questions import change_questions
from incident_analytics.analysis.conformance import (
    conformance,
    preserved_evidence,
    role_findings,
    severity_findings,
)
from incident_analytics.analysis.errors_before_start import early_errors_finding
from incident_analytics.analysis.events import merged_timeline, with_measured
from incident_analytics.analysis.impact_time import impact_time
from incident_analytics.analysis.lint import action_item_lint, blameless_lint, completeness
from incident_analytics.analysis.measured_events import measured_events
from incident_analytics.analysis.measured_findings import impact_findings
from incident_analytics.analysis.measured_users import beside_measured
from incident_analytics.analysis.measurements import (
    clock_measurements,
    people_involved,
    people_named,
    revenue_impact,
    users_affected,
)
from incident_analytics.analysis.milestones import milestone_findings, milestones
from incident_analytics.analysis.phases import phases
from incident_analytics.analysis.questions import questions_for_review
from incident_analytics.analysis.quiet_impact import no_impact_findings
from incident_analytics.analysis.response_flow import response_flow
from incident_analytics.analysis.silences import Silence, silences
from incident_analytics.analysis.source_clocks import clock_findings, clocks_compared
from incident_analytics.analysis.told_records import ToldRecord
from incident_analytics.analysis.trends.fix_ledger import ledger_entries
from incident_analytics.errors import ParameterError
from incident_analytics.model.instants import Instant, read_instant
from incident_analytics.model.measurement import LEVELS, Finding, Place
from incident_analytics.model.runbook import DEFAULT_CLOCK
from incident_analytics.reporting.incident_metrics import no_users_because, recorded_window
from incident_analytics.reporting.narrative.document import Narrative
from incident_analytics.reporting.post_mortem.changes import change_numbers
from incident_analytics.reporting.post_mortem.evidence import evidence_numbers
from incident_analytics.reporting.post_mortem.report import PostMortem
from incident_analytics.sources.histories import WholeRecord

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from incident_analytics.sources import Bundle

_EPOCH = datetime.fromtimestamp(0, UTC)


def post_mortem(bundle: Bundle, *, as_of: str | datetime | None = None) -> PostMortem:
    """The post-mortem of a bundle.

    Args:
        bundle: The incident's files.
        as_of: The instant to look back from, as a text with a zone or an aware datetime. By default the
            latest instant in the input, so that the same files give the same report.

    Raises:
        BundleError: The bundle has no record.
        RecordError: The record cannot be read.
        ParameterError: ``as_of`` is not an instant.
    """
    incident, runbook = bundle.record, bundle.runbook
    given = _instant(as_of, bundle)
    looked_from = given or bundle.latest_instant or _EPOCH
    events = merged_timeline(incident, runbook, bundle.timeline)
    anchors = milestones(incident, events, runbook)
    quiet = silences(events, anchors, longer_than_minutes=runbook.silence_minutes, as_of=looked_from)
    narrative = Narrative.parse(bundle.prose)
    zone, zone_name = _zone(bundle)
    doubts = [
        *bundle.findings,
        *milestone_findings(anchors, events, runbook),
        *_silence_findings(quiet, zone, zone_name),
    ]
    doubts += [*duration_findings(incident, anchors), *(as_of_findings(anchors, given) if given else ())]
    doubts += [*severity_findings(incident, runbook), *role_findings(incident)]
    window = recorded_window(anchors, lambda: looked_from)
    evidence = evidence_numbers(bundle, window, events, anchors)
    if window and evidence.early:
        doubts.insert(0, early_errors_finding(evidence.early, window[0], zone, zone_name))
    doubts += impact_findings(
        evidence.impact, incident, anchors, is_early_told=evidence.early is not None, zone=zone, zone_name=zone_name
    )
    doubts += no_impact_findings(evidence.impact, anchors["started_at"])
    doubts += alert_findings(evidence.alerts, anchors, evidence.shown)
    users = users_affected(
        incident,
        measured=evidence.users_measured,
        window=window,
        not_measured=no_users_because(has_logs=bool(bundle.contents.logs), window=window),
    )
    clocks = clock_measurements(
        incident, anchors, runbook, clocks=runbook.clocks, findings={DEFAULT_CLOCK: tuple(doubts)}
    )
    measured = {
        **clocks.pop(DEFAULT_CLOCK),
        "users_affected": users,
        "revenue_impact": revenue_impact(incident),
        "people_involved": people_involved(incident, events, runbook),
    }
    checks = conformance(
        incident, events, anchors, runbook, as_of=looked_from, silences=quiet, preserved=preserved_evidence(bundle)
    )
    people = people_named(incident, events, runbook)
    doubts += blameless_lint([(bundle.prose, Place("postmortem.md", 1))], people, runbook)
    found = measured_events(
        events,
        impact=evidence.impact,
        first_errors=evidence.first_errors,
        samples=evidence.samples,
        database=evidence.database_numbers.states,
        alerts=evidence.alerts,
        started_at=window[0] if window else None,
    )
    compared = clocks_compared(
        [*events, *found], evidence.request_clocks, evidence.set_back, evidence.server_dates, evidence.same_bursts
    )
    doubts += clock_findings(compared, zone)
    changes = change_numbers(incident, anchors, evidence, zone)
    beside = {**measured, "users_affected": beside_measured(users, evidence.impact)}
    asked = questions_for_review(doubts, checks, quiet, beside, incident=incident, runbook=runbook, people=people)
    return PostMortem(
        incident=incident,
        runbook=runbook,
        as_of=looked_from,
        is_as_of_given=given is not None,
        zone=zone,
        zone_name=zone_name,
        anchors=anchors,
        events=with_measured(events, found),
        phases=phases(anchors, as_of=looked_from),
        silences=quiet,
        impact_time=impact_time(incident, events, anchors, as_of=looked_from),
        measurements=measured,
        clocks=clocks,
        evidence=evidence,
        changes=changes,
        clocks_compared=compared,
        temporary_fixes=ledger_entries(
            ToldRecord(WholeRecord(incident, tuple(bundle.timeline)), runbook), looked_from, zone
        ),
        checks=checks,
        flow=response_flow(incident, anchors, checks, runbook),
        findings=worst_first(doubts),
        questions=(*asked, *change_questions(changes, people)),
        action_lints=action_item_lint(incident, runbook),
        completeness=completeness(incident, anchors, runbook, lessons=narrative.section("lessons")),
        ledger=bundle.ledger,
        integrity=bundle.integrity,
        narrative=narrative,
    )


def _instant(as_of: str | datetime | None, bundle: Bundle) -> datetime | None:
    if as_of is None or as_of == "":
        return None
    instant: Instant | None = read_instant(as_of, bundle.runbook.zone_rules(bundle.zone))
    if instant is None:
        raise ParameterError("as_of", expected="a time such as 2024-01-16T09:00:00Z", found=str(as_of))
    return instant.latest


def _silence_findings(quiet: Iterable[Silence], zone: tzinfo, zone_name: str) -> list[Finding]:
    return [
        Finding(
            "silence",
            "warning",
            f"the record is silent for {gap.duration_seconds / 60:.0f} minutes, "
            f"from {gap.start.astimezone(zone):%H:%M} to {gap.end.astimezone(zone):%H:%M} {zone_name}",
            seen=f"{gap.duration_seconds / 60:.0f} minutes",
        )
        for gap in quiet
    ]


def _zone(bundle: Bundle) -> tuple[tzinfo, str]:
    zone, name, _ = bundle.runbook.zone_rules(bundle.zone).default()
    return zone, name


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in order of level, worst first; at a tie as they came, each once."""
    distinct = dict.fromkeys(findings)
    return tuple(sorted(distinct, key=lambda finding: -LEVELS.index(finding.level)))
