"""Whether a record's timeline, roles or updates may tell a milestone that the record has no field for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories.plain_fields import PlainRecord

_REOPENED, _UPDATED = "reopened", "update_sent"
_OF_MITIGATION = frozenset({"rolled_back", "fix_deployed"})
_TEXTS_KEPT = 100_000


class ToldElsewhere:
    """Judges the well-formed records of one runbook.

    Args:
        runbook: Which kinds of event tell which milestone, and which words tell which kind.
        is_told: Whether milestones are read from events at all; reopenings always are.
    """

    def __init__(self, runbook: Runbook, *, is_told: bool) -> None:
        self.runbook = runbook
        rules = runbook.milestones.items() if is_told else ()
        self._milestones = tuple((name, rule.kinds) for name, rule in rules if rule.kinds)
        self._tells = lru_cache(maxsize=_TEXTS_KEPT)(self._any_told)
        self._kind_of_role = lru_cache(maxsize=1024)(self._role_event)

    def may_tell(self, fields: PlainRecord) -> bool:
        """Whether an event of the record is of a kind that tells one of its missing milestones, or a reopening."""
        kinds = frozenset({_REOPENED}.union(*(told for name, told in self._milestones if fields.get(name) is None)))
        for entry in fields.get("timeline") or ():
            named = entry.get("kind")
            if named and named.strip():
                if named.strip().lower().replace(" ", "_").replace("-", "_") in kinds:
                    return True
            elif self._tells(entry["event"].strip(), kinds):
                return True
        for role in fields.get("roles") or ():
            if (role.get("assigned_at") or role.get("at")) and self._kind_of_role(role["role"]) in kinds:
                return True
        mitigation = fields.get("mitigation")
        return bool(fields.get("updates") and _UPDATED in kinds) or bool(mitigation and kinds & _OF_MITIGATION)

    def _any_told(self, text: str, kinds: frozenset[str]) -> bool:
        events = self.runbook.events
        return any(events[kind].tell(text, self.runbook.denials) for kind in kinds if kind in events)

    def _role_event(self, role: str) -> str:
        named = self.runbook.role_named(role)
        return next((rule.event for rule in self.runbook.roles if rule.name == named), "")
