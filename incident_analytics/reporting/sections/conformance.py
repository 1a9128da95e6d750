"""Runbook conformance: what it asks for, what was done, and the evidence of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from incident_analytics.model.measurement import Anchor
from incident_analytics.reporting.blocks import Check, Checks, Folded, Paragraph

if TYPE_CHECKING:
    from incident_analytics.analysis.conformance import check as judged
    from incident_analytics.model.measurement import Place
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.post_mortem import PostMortem

_ORDER: tuple[judged.State, ...] = ("missed", "not_evidenced", "pending", "met", "manual", "not_applicable")
_FOLDED = frozenset({"not_applicable"})


def conformance(report: PostMortem) -> tuple[Block, ...]:
    """A sentence of counts, the rules from missed to met, and folded those that do not apply."""
    counted = Counter(check.state for check in report.checks)
    summary = ", ".join(f"{counted[state]} {state.replace('_', ' ')}" for state in _ORDER if counted[state])
    first = Paragraph(f"{report.runbook.name}: {summary}." if summary else "The runbook asks for nothing here.")
    shown = tuple(_check(check) for check in _sorted(report) if check.state not in _FOLDED)
    folded = tuple(_check(check) for check in _sorted(report) if check.state in _FOLDED)
    blocks: list[Block] = [first, Checks(shown)]
    if folded:
        blocks.append(Folded(f"{len(folded)} rules that do not apply", (Checks(folded),)))
    return tuple(blocks)


def _place(evidence: judged.Evidence) -> Place | None:
    return evidence.place if isinstance(evidence, Anchor) else evidence


def _sorted(report: PostMortem) -> list[judged.Check]:
    return sorted(report.checks, key=lambda check: _ORDER.index(check.state))


def _check(check: judged.Check) -> Check:
    places = tuple(dict.fromkeys(str(place) for place in map(_place, check.evidence) if place))
    return Check(check.state.replace("_", " "), check.title, check.detail, places)
