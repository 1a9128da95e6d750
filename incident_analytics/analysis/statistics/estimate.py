"""A number with the interval that goes with it, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number from several incidents.

    Args:
        estimate: The number; None where there is none, and then `reason` says why.
        low: The lower end of its interval; None where there is none.
        high: The upper end. None beside a `low` means no upper end: "at least low".
        n: How many incidents (or events) it is from, open ones included.
        n_open: How many of them are still open: at least as long as they are old.
        level: The confidence of the interval.
        method: How it was computed, for the receipt.
        reason: Why the estimate or an end of the interval is missing; empty where nothing is.
    """

    estimate: float | None
    low: float | None
    high: float | None
    n: int
    n_open: int = 0
    level: float = 0.95
    method: str = ""
    reason: str = ""

    @property
    def has_interval(self) -> bool:
        """Whether both ends are known."""
        return self.low is not None and self.high is not None
