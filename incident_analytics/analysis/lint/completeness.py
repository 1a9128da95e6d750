"""How complete a record is: the share of facts that are there, and why each missing one matters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.recorded_field import recorded_field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.lint_rules import RecordFact
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.model.runbook import Runbook

_COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete a record is.

    Args:
        score: 0 to 100: the weight of the facts that are there, as a share of those asked for, rounded down,
            so that only a complete record has 100.
        missing: Each fact that is not there, and why it matters; the weightiest first.
    """

    score: int
    missing: tuple[tuple[str, str], ...] = ()


def completeness(
    incident: Incident, anchors: Mapping[str, Anchor], runbook: Runbook, *, lessons: str = ""
) -> Completeness:
    """The score of a record against the facts that the runbook's ``lints.record`` lists.

    Facts of a resolution are not asked for while the incident is open, nor those of other severities. A value
    of 0 is there; a text that is only a comment is not.

    Args:
        incident: The record.
        anchors: Its milestones; one read from the timeline's words is there.
        runbook: Lists the facts.
        lessons: The prose under Lessons; required for SEV1 and SEV2.
    """
    resolved = anchors.get("resolved_at")
    is_open = incident.is_open and (resolved is None or resolved.at is None)
    held = {incident.severity, *(change.severity for change in incident.severity_changes)}
    asked = [
        fact
        for fact in runbook.lints.record
        if not (fact.once_resolved and is_open) and (not fact.severities or held.intersection(fact.severities))
    ]
    missing = [fact for fact in asked if not _is_there(fact, incident, anchors, lessons)]
    whole = sum(fact.weight for fact in asked)
    lacking = sum(fact.weight for fact in missing)
    score = int(100 * (whole - lacking) / whole) if whole else 100
    weightiest = sorted(missing, key=lambda fact: -fact.weight)
    return Completeness(score, tuple((fact.fact, fact.why) for fact in weightiest))


def _is_there(fact: RecordFact, incident: Incident, anchors: Mapping[str, Anchor], lessons: str) -> bool:
    if fact.prose is not None:
        return bool(_COMMENT.sub("", lessons).strip())
    if fact.anchor is not None:
        anchor = anchors.get(fact.anchor)
        return anchor is not None and anchor.at is not None
    return recorded_field(incident, fact.field or "") is not None
