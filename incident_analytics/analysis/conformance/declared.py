"""What the record declares beside what its milestones give: the duration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.conformance.check import Verdict
from incident_analytics.analysis.plain_words import duration_words
from incident_analytics.model.measurement import Anchor

if TYPE_CHECKING:
    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.model.runbook import Rule

_FIELD = "impact.duration_minutes"


def declared_duration(_rule: Rule, situation: Situation) -> Verdict:
    """Declared minutes beside start to resolution; they agree where they differ by less than a minute."""
    declared = situation.incident.impact.duration_minutes
    start, resolved = situation.at("started_at"), situation.at("resolved_at")
    if declared is None:
        return Verdict("not_applicable", "the record declares no duration")
    recorded = Anchor(_FIELD, None, f"recorded: {declared:g}", situation.incident.fields_read_from.get(_FIELD))
    shown = f"declared {declared:g} min"
    if resolved is None:
        return Verdict("pending", f"{shown}, but the incident is open", (recorded,))
    if start is None:
        return Verdict("not_evidenced", f"{shown}, but nobody recorded the start", (recorded,))
    evidence = (recorded, situation.anchor("started_at"), situation.anchor("resolved_at"))
    least = (resolved.earliest - start.latest).total_seconds()
    most = (resolved.latest - start.earliest).total_seconds()
    if most < 0:
        return Verdict("not_evidenced", f"{shown}, but the resolution lies before the start", evidence)
    computed = duration_words(most) if least == most else f"{duration_words(max(0, least))} to {duration_words(most)}"
    is_same = least - 60 < declared * 60 < most + 60
    return Verdict("met" if is_same else "missed", f"{shown}, computed {computed}", evidence)
