"""Seeded streams of chance: one for each purpose, so that changing one leaves the others as they are."""

from __future__ import annotations

import math
from random import Random

SEED = 20240115


def stream(purpose: str) -> Random:
    """A stream of chance that depends on the seed and the purpose alone.

    Args:
        purpose: What the numbers are for, such as ``checkouts``.

    Returns:
        A generator of its own.
    """
    return Random(f"{SEED}:{purpose}")  # noqa: S311 - a sample needs the same bytes again, not secrecy


def poisson(chance: Random, mean: float) -> int:
    """A Poisson count by Knuth's product of uniforms, for means below about 100.

    Args:
        chance: Where the uniforms come from.
        mean: The expected count.

    Returns:
        The count.
    """
    limit = math.exp(-mean)
    count, product = 0, chance.random()
    while product > limit:
        count += 1
        product *= chance.random()
    return count
