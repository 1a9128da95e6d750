"""A record checked before the meeting: findings, gaps, action items and blaming words, all as findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.model.measurement import Finding
from incident_analytics.reporting.measurement_json import place_json
from incident_analytics.reporting.post_mortem import post_mortem
from incident_analytics.reporting.post_mortem.assembly import worst_first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incident_analytics.analysis.lint import Completeness
    from incident_analytics.reporting.measurement_json import Json
    from incident_analytics.reporting.post_mortem import PostMortem
    from incident_analytics.sources import Bundle


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """What a check of one record found.

    Args:
        incident_id: The incident.
        completeness: How much of the record is filled in.
        findings: What is doubtful, blames, cannot be tracked (``action-item``) or is not there
            (``incomplete``), worst first.
    """

    incident_id: str
    completeness: Completeness
    findings: tuple[Finding, ...]


def record_check(bundle: Bundle, *, as_of: str | None = None) -> RecordCheck:
    """The check of a bundle: the findings of its report, and everything that is missing as one more each.

    Args:
        bundle: The incident's files.
        as_of: The instant to look back from; the latest instant in the files by default.

    Raises:
        BundleError: The bundle has no record.
        RecordError: The record cannot be read.
        ParameterError: ``as_of`` is not an instant.
    """
    report = post_mortem(bundle, as_of=as_of)
    findings = worst_first([*report.findings, *_action_items(report), *_incomplete(report)])
    return RecordCheck(report.incident.id, report.completeness, findings)


def check_json(check: RecordCheck) -> dict[str, Json]:
    """A check as `incident check --format json` prints it."""
    return {
        "incident_id": check.incident_id,
        "completeness": {
            "score": check.completeness.score,
            "missing": [{"fact": fact, "why": why} for fact, why in check.completeness.missing],
        },
        "findings": [_finding_json(finding) for finding in check.findings],
    }


def _finding_json(finding: Finding) -> dict[str, Json]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
        **place_json(finding.where),
        "seen": finding.seen or None,
        "expected": finding.expected or None,
    }


def _action_items(report: PostMortem) -> Iterator[Finding]:
    for lint in report.action_lints:
        if lint.hints:
            hints = ", ".join(lint.hints)
            yield Finding("action-item", "warning", f'"{lint.text}": {hints}', lint.place, lint.text, hints)


def _incomplete(report: PostMortem) -> Iterator[Finding]:
    for fact, why in report.completeness.missing:
        yield Finding("incomplete", "info", f"not recorded: {fact} ({why})", None, "", fact)
