"""The action items of the history: some closed in time, some late, some never."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import story
from fleet import AS_OF, CAUSES, CERTIFICATE, CERTIFICATE_ACTION, DAY, HOUR, at
from seeds import stream

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from fleet_incidents import Draft

COUNTS = {"SEV1": (1, 2, 2), "SEV2": (1, 1, 2), "SEV3": (0, 0, 1), "SEV4": (0, 0, 0, 1)}
OWNERS = ("{team} team lead", "{team} on-call", "service owner of {service}", "engineering manager")
KINDS = ("prevent", "detect", "mitigate")
DUE_IN_DAYS = (14, 30, 60, 90)
MEDIAN_DAYS_TO_CLOSE, SCATTER = 30.0, 0.9
NEVER_DONE, NEVER_FIXED = 0.08, 0.4
LASTING_FIX = "Size the memory of {service} by its load"


def action_items(seed: int, drafts: Sequence[Draft]) -> dict[str, list[dict[str, object]]]:
    """The action items of each incident, by its id; a drill and what is still open have none."""
    chance = stream(f"history actions {seed}")
    return {draft.identity: [] if draft.is_drill or draft.resolved is None else _of(chance, draft) for draft in drafts}


def _of(chance: Random, draft: Draft) -> list[dict[str, object]]:
    created = (draft.resolved or 0) + 20 * HOUR
    if draft.cause == CERTIFICATE:
        return [] if draft.repeat_of else [_certificate(draft, created)]
    count = chance.choice(COUNTS[draft.severity or "SEV3"])
    texts = chance.sample(CAUSES[draft.cause].actions, count)
    items = [_one(chance, text, draft, created) for text in texts]
    if draft.quick_fixed is not None:
        items.append(_one(chance, LASTING_FIX, draft, created, never_done=NEVER_FIXED) | {"kind": "long_term_fix"})
    return items


def _one(chance: Random, text: str, draft: Draft, created: int, *, never_done: float = NEVER_DONE) -> dict[str, object]:
    closed = created + round(chance.lognormvariate(math.log(MEDIAN_DAYS_TO_CLOSE * DAY), SCATTER))
    is_done = chance.random() > never_done and closed < at(AS_OF)
    item: dict[str, object] = {
        "text": text.format(service=draft.service),
        "owner": chance.choice(OWNERS).format(team=draft.team, service=draft.service),
        "kind": chance.choice(KINDS),
        "due": story.stamp(created + chance.choice(DUE_IN_DAYS) * DAY)[:10],
        "status": "done" if is_done else "open",
    }
    return item | ({"closed_at": story.stamp(closed)} if is_done else {})


def _certificate(draft: Draft, created: int) -> dict[str, object]:
    """Closed seven weeks later, and yet the certificate runs out again."""
    return {
        "text": CERTIFICATE_ACTION.format(service=draft.service),
        "owner": f"service owner of {draft.service}",
        "kind": "prevent",
        "due": story.stamp(created + 60 * DAY)[:10],
        "status": "done",
        "closed_at": story.stamp(created + 49 * DAY),
    }
