"""What an action item lacks before it can be tracked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incident_analytics.model.incident import ActionItem, Incident
    from incident_analytics.model.lint_rules import ActionItemWords
    from incident_analytics.model.measurement import Place
    from incident_analytics.model.runbook import Runbook

_WORD = re.compile(r"[\w'-]+")
_EMPTY_WORDS = frozenset({"the", "a", "an", "our", "some", "more", "better", "to", "of", "for", "and"})


@dataclass(frozen=True, slots=True)
class ActionLint:
    """One action item and what it lacks.

    Args:
        text: The item.
        hints: What to add, in a fixed order; none where it can be tracked, or is closed.
        place: Where it stands.
    """

    text: str
    hints: tuple[str, ...] = ()
    place: Place | None = None


def action_item_lint(incident: Incident, runbook: Runbook) -> tuple[ActionLint, ...]:
    """Each action item in the record's order, with hints: owner, due date, ticket, vague, unbounded.

    A verb such as "update" is vague with an object of fewer words than the runbook says; an item is unbounded
    where its words ("all", "implement auto-scaling") name no end by which it is done.
    """
    words = runbook.lints.action_items
    return tuple(ActionLint(item.text, _hints(item, words), item.read_from) for item in incident.action_items)


def _hints(item: ActionItem, words: ActionItemWords) -> tuple[str, ...]:
    closed = {word.casefold() for word in words.closed}
    if item.closed_at is not None or (item.status or "").strip().casefold() in closed:
        return ()
    lacking = {
        "no owner": not (item.owner or "").strip(),
        "no due date": item.due is None,
        "no ticket": not (item.ticket or "").strip(),
        "vague: which part?": _is_vague(item.text, words),
        "unbounded: when is it done?": any(re.search(pattern, item.text, re.IGNORECASE) for pattern in words.unbounded),
    }
    return tuple(hint for hint, is_so in lacking.items() if is_so)


def _is_vague(text: str, words: ActionItemWords) -> bool:
    for verb in words.vague_verbs:
        match = re.match(rf"\W*{verb}\b", text, re.IGNORECASE)
        if match:
            said = [word for word in _WORD.findall(text[match.end() :]) if word.lower() not in _EMPTY_WORDS]
            return len(said) < words.vague_under_words
    return False
