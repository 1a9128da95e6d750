"""What the simulation knows to be true: the exact numbers `data/README.md` tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkouts import FAILURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checkouts import Attempt


@dataclass(frozen=True, slots=True)
class Truth:
    """The planted numbers of the incident.

    Args:
        first_failure: When the first charge failed (epoch seconds).
        last_failure: When the last charge failed.
        users: Distinct customers with a failing charge.
        failures: Failing charges by how they failed.
        gross_cents: Orders that would have been paid in the impact window and were not paid in it.
        returned_cents: The part of them paid after the window.
    """

    first_failure: float
    last_failure: float
    users: int
    failures: dict[str, int]
    gross_cents: int
    returned_cents: int

    @property
    def net_cents(self) -> int:
        """Lost for good: what was not paid in the window less what came back."""
        return self.gross_cents - self.returned_cents


def planted(attempts: Sequence[Attempt]) -> Truth:
    """The truth of these attempts, counted wish by wish.

    Args:
        attempts: Every attempt, sorted by when it was answered.

    Returns:
        The numbers.
    """
    failed = [one for one in attempts if one.outcome in FAILURES]
    hurt = {one.intention: one.cents for one in failed if one.card_works}
    paid_in, paid_after = _paid(attempts, hurt, failed[-1].ended)
    return Truth(
        first_failure=failed[0].ended,
        last_failure=failed[-1].ended,
        users=len({one.user for one in failed}),
        failures=dict(sorted(Counter(one.outcome for one in failed).items())),
        gross_cents=sum(hurt.values()) - paid_in,
        returned_cents=paid_after,
    )


def _paid(attempts: Iterable[Attempt], hurt: dict[int, int], end: float) -> tuple[int, int]:
    """Cents of hurt wishes paid inside the impact window and after it."""
    inside = after = 0
    for one in attempts:
        if one.outcome == "ok" and one.intention in hurt:
            if one.ended <= end:
                inside += one.cents
            else:
                after += one.cents
    return inside, after
