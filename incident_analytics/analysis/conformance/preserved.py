"""Evidence kept: whether logs, metrics, database state and the export were there in time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.conformance.check import Verdict
from incident_analytics.analysis.conformance.situation import evidence_of, quoted
from incident_analytics.analysis.conformance.told import deadline_of, in_time, told_for, untold
from incident_analytics.model.measurement import Anchor, Place

if TYPE_CHECKING:
    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.model.runbook import Rule
    from incident_analytics.sources import Bundle

_KINDS: Final = ("logs", "metrics", "database")
_EPOCH: Final = datetime.fromtimestamp(0, UTC)


def preserved_evidence(bundle: Bundle) -> dict[str, Anchor]:
    """When the last file of each kind of evidence was received, by the bundle's manifest."""
    preserved = {}
    for kind in _KINDS:
        folder = f"evidence/{kind}/"
        received = [entry for entry in bundle.manifest if entry.path.startswith(folder) and entry.received_at]
        if received:
            last = max(received, key=lambda entry: entry.received_at.latest if entry.received_at else _EPOCH)
            preserved[kind] = Anchor("received_at", last.received_at, "manifest", Place("MANIFEST.json", last.line))
    return preserved


def evidence(rule: Rule, situation: Situation) -> Verdict:
    """Met by evidence that the bundle received before the deadline, or by an event that tells so.

    Evidence without the instant of its receipt is in time only if the deadline has not passed yet.
    """
    kept = situation.preserved.get(rule.evidence or "")
    dated = [(event.at, evidence_of(event), quoted(event, situation)) for event in told_for(rule, situation)]
    if kept is not None and kept.at is not None:
        dated.append((kept.at, kept, f"received at {situation.clock(kept.at.earliest)}"))
    if dated:
        at, anchor, words = min(dated, key=lambda one: one[0].earliest)
        return in_time(rule, situation, at, anchor, words)
    if kept is None:
        return untold(rule, situation, detail="the bundle holds none and no entry tells of it")
    deadline = deadline_of(rule, situation)
    if situation.is_open or (deadline is not None and deadline >= situation.as_of):
        return Verdict("met", "the bundle holds it", (kept,), deadline)
    return Verdict("not_evidenced", "the bundle holds it, but when it was received is not recorded", (kept,), deadline)
