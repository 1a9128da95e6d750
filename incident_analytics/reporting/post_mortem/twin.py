"""The JSON twin of a post-mortem: each number of the document with its receipt, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.model.measurement import Anchor
from incident_analytics.reporting import words
from incident_analytics.reporting.measurement_json import Json, anchor_json, instant_json, metrics_json, receipts_json
from incident_analytics.reporting.post_mortem.changes_json import changes_json
from incident_analytics.reporting.post_mortem.clocks_json import clocks_compared_json
from incident_analytics.reporting.post_mortem.evidence_json import evidence_json
from incident_analytics.reporting.post_mortem.patterns_json import temporary_fixes_json
from incident_analytics.version import __version__

if TYPE_CHECKING:
    from incident_analytics.analysis.conformance import Check
    from incident_analytics.analysis.response_flow import Step
    from incident_analytics.model.measurement import Finding, Place
    from incident_analytics.reporting.post_mortem.report import PostMortem
    from incident_analytics.sources import FileReading

TWIN_VERSION = "1"
MEDIA_TYPE = "application/vnd.incident-analytics.post-mortem+json"


def twin(report: PostMortem) -> dict[str, Json]:
    """The whole report as JSON; times are ISO 8601 in UTC, durations seconds, unknown is null."""
    return {
        "schema_version": TWIN_VERSION,
        "made_by": f"incident_analytics {__version__}",
        "as_of": instant_json(report.as_of),
        "as_of_given": report.is_as_of_given,
        "runbook": report.runbook.name,
        "incident": _incident(report),
        "metrics": receipts_json(report.measurements.values()),
        "clocks": {clock: metrics_json(metrics.values()) for clock, metrics in report.clocks.items()},
        "displayed": displayed_numbers(report),
        "milestones": {name: anchor_json(anchor) for name, anchor in report.anchors.items()},
        "phases": [
            {
                "name": phase.name,
                "from": instant_json(phase.start),
                "to": None if phase.is_open else instant_json(phase.end),
                "duration_seconds": phase.duration_seconds,
            }
            for phase in report.phases
        ],
        "silences": [
            {
                "from": instant_json(gap.start),
                "to": instant_json(gap.end),
                "after": gap.after,
                "until": gap.until,
                "duration_seconds": gap.duration_seconds,
            }
            for gap in report.silences
        ],
        "impact_time": _impact_time(report),
        "timeline": [_event(report, index) for index in range(len(report.events))],
        "evidence": evidence_json(report),
        "changes": changes_json(report),
        "clocks_compared": clocks_compared_json(report),
        "flow": [[_step(step) for step in row] for row in report.flow],
        "conformance": [_check(check) for check in report.checks],
        "findings": [_finding(finding) for finding in report.findings],
        "questions": [{"id": one.id, "text": one.text, "why": one.why} for one in report.questions],
        "action_items": [
            {
                "text": item.text,
                "owner": item.owner,
                "due": item.due.isoformat() if item.due else None,
                "ticket": item.ticket,
                "status": item.status,
                "hints": list(lint.hints),
                "place": _place(item.read_from),
            }
            for item, lint in zip(report.incident.action_items, report.action_lints, strict=True)
        ],
        "temporary_fixes": temporary_fixes_json(report.temporary_fixes),
        "completeness": {
            "score": report.completeness.score,
            "missing": [{"fact": fact, "why": why} for fact, why in report.completeness.missing],
        },
        "ledger": [_reading(line) for line in report.ledger],
        "integrity": {
            "listed": report.integrity.listed,
            "changed": list(report.integrity.changed),
            "missing": list(report.integrity.missing),
            "fingerprint": report.integrity.fingerprint or None,
        },
    }


def displayed_numbers(report: PostMortem) -> dict[str, Json]:
    """The headline numbers as the page shows them, by metric."""
    return {name: words.value(metric) for name, metric in report.measurements.items() if metric.is_known}


def _incident(report: PostMortem) -> dict[str, Json]:
    incident = report.incident
    return {
        "id": incident.id,
        "title": incident.title,
        "severity": incident.severity,
        "status": report.state,
        "services": list(incident.services),
        "detected_by": incident.detected_by,
        "zone": report.zone_name,
    }


def _impact_time(report: PostMortem) -> dict[str, Json]:
    time = report.impact_time
    return {
        "seconds": time.seconds,
        "reopened": time.reopened,
        "is_open": time.is_open,
        "stretches": [{"from": instant_json(start), "to": instant_json(end)} for start, end in time.stretches],
    }


def _event(report: PostMortem, index: int) -> dict[str, Json]:
    event = report.events[index]
    return {
        "at": instant_json(event.at.earliest),
        "latest": instant_json(event.at.latest) if event.at.is_range else None,
        "text": event.text,
        "kinds": list(event.kinds),
        "source": event.source,
        "actor": event.actor,
        "ref": event.ref or None,
        "measured": event.is_measured,
        "place": _place(event.place),
    }


def _step(step: Step) -> dict[str, Json]:
    return {
        "step": step.title,
        "way": step.way,
        "at": instant_json(step.at) if step.at else None,
        "answer": step.answer or None,
    }


def _check(check: Check) -> dict[str, Json]:
    evidence: list[Json] = [anchor_json(one) if isinstance(one, Anchor) else _place(one) for one in check.evidence]
    return {
        "rule": check.rule,
        "requirement": check.req,
        "title": check.title,
        "quote": check.quote,
        "state": check.state,
        "detail": check.detail,
        "deadline": instant_json(check.deadline) if check.deadline else None,
        "evidence": evidence,
    }


def _finding(finding: Finding) -> dict[str, Json]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
        "place": _place(finding.where),
        "seen": finding.seen or None,
        "expected": finding.expected or None,
    }


def _place(place: Place | None) -> Json:
    return str(place) if place else None


def _reading(line: FileReading) -> dict[str, Json]:
    return {
        "file": line.file,
        "kind": line.kind,
        "reader": line.reader or None,
        "rows": line.rows if line.reader else None,
        "unreadable": line.unreadable if line.reader else None,
        "first_at": instant_json(line.first_at) if line.first_at else None,
        "last_at": instant_json(line.last_at) if line.last_at else None,
        "notes": list(line.notes),
        "redacted": line.redacted,
    }
