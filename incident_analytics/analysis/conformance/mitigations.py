"""How the harm was ended: by rolling back or by fixing forward, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.conformance.situation import evidence_of
from incident_analytics.model.measurement import Anchor

if TYPE_CHECKING:
    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.model.incident import MitigationKind

_KIND_OF_EVENT: dict[str, MitigationKind] = {"rolled_back": "rollback", "fix_deployed": "fix_forward"}
_STOPGAP = "quick_fix_applied"
NAMES: dict[MitigationKind, str] = {"rollback": "a rollback", "fix_forward": "a fix forward"}


@dataclass(frozen=True, slots=True)
class Ending:
    """What ended the harm.

    Args:
        kind: Rollback or fix forward.
        anchor: When, by which words, and where it stands.
    """

    kind: MitigationKind
    anchor: Anchor


def ending_of(situation: Situation) -> Ending | None:
    """The mitigation as the record names it, else the last rollback or fix that the timeline tells.

    A quick fix counts as a fix forward where nothing else is told. None where nothing tells.
    """
    recorded = situation.incident.mitigation
    if recorded is not None and recorded.kind is not None:
        return Ending(recorded.kind, Anchor("mitigation", recorded.at, "recorded", recorded.read_from))
    told = situation.told(_KIND_OF_EVENT)
    if told:
        last = told[-1]
        kind = next(_KIND_OF_EVENT[kind] for kind in last.kinds if kind in _KIND_OF_EVENT)
        return Ending(kind, evidence_of(last))
    quick = situation.told([_STOPGAP])
    return Ending("fix_forward", evidence_of(quick[-1])) if quick else None
