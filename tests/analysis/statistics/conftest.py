"""Published data that several statistics are tried on."""

from __future__ import annotations

from typing import TypeAlias

import pytest

Remissions: TypeAlias = tuple[list[float], list[bool]]


@pytest.fixture
def freireich() -> Remissions:
    """Weeks of remission of 21 patients under 6-MP, 12 of them still in it (Freireich and others, 1963)."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    still = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    return [float(weeks) for weeks in ended + still], [False] * len(ended) + [True] * len(still)


@pytest.fixture
def placebo() -> list[float]:
    """Weeks of remission of the 21 patients under placebo, all ended."""
    weeks = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    return [float(each) for each in weeks]
