"""What became of each incident: rolled back or fixed forward, fixed for now, and talked about afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fleet import HOUR, MINUTE
from seeds import stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fleet_incidents import Draft

ROLLED_BACK_SHARE, QUICK_FIX_SHARE, REVIEWED_SHARE = 0.6, 0.35, 0.85
REVIEWED = frozenset({"SEV1", "SEV2"})
HELD_FOR_NOW = frozenset({"capacity", "database"})


def tell_aftermath(seed: int, drafts: Sequence[Draft]) -> None:
    """Writes into each resolved incident what became of it.

    Args:
        seed: The history's.
        drafts: Every incident; a drill is left as it is.
    """
    chance = stream(f"history aftermath {seed}")
    for draft in drafts:
        rolled_back, quick_fix, reviewed = chance.random(), chance.random(), chance.random()
        hours = chance.uniform(18, 70)
        if draft.is_drill or draft.resolved is None or draft.mitigated is None:
            continue
        draft.is_rolled_back = draft.cause == "deploy" and rolled_back < ROLLED_BACK_SHARE
        if draft.cause in HELD_FOR_NOW and quick_fix < QUICK_FIX_SHARE and draft.acknowledged is not None:
            draft.quick_fixed = draft.mitigated - MINUTE
        if draft.severity in REVIEWED and reviewed < REVIEWED_SHARE:
            draft.reviewed = draft.resolved + round(hours * HOUR)
