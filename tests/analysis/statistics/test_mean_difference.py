"""What the mean does by chance: Davidovic's tables from their first."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from incident_analytics.analysis.statistics.mean_difference import (
    chance_mean_looks_worse,
    chance_of_gain,
    difference_reach,
)
from incident_analytics.errors import ParameterError


class Company(NamedTuple):
    """Davidovic, 2021, table 1: minutes, and the incidents of 2019."""

    mean: float
    deviation: float
    incidents: int


A, B, C = Company(146, 316, 173), Company(151, 301, 103), Company(271, 413, 609)


@pytest.mark.parametrize(("company", "of_hundred", "of_thousand"), [(A, 104, 33), (B, 99, 31), (C, 136, 43)], ids="ABC")
def test_the_interval_of_the_difference_is_met(company: Company, of_hundred: int, of_thousand: int) -> None:
    """Table 2: +- 1 h 44 and 33 min, 1 h 39 and 31, 2 h 16 and 43, half the incidents on each side; to a minute."""
    assert difference_reach(company.deviation, 50, 50) == pytest.approx(of_hundred, abs=1)
    assert difference_reach(company.deviation, 500, 500) == pytest.approx(of_thousand, abs=1)


@pytest.mark.parametrize(("company", "worse"), [(A, 0.38), (B, 0.40), (C, 0.20)], ids="ABC")
def test_the_share_that_looks_worse_is_met(company: Company, worse: float) -> None:
    """A cut by a tenth that always works; to one point."""
    half = company.incidents / 2
    assert chance_mean_looks_worse(company.mean, company.deviation, half, half) == pytest.approx(worse, abs=0.01)


@pytest.mark.parametrize(("company", "gained"), [(A, 0.49), (B, 0.50), (C, 0.64)], ids="ABC")
def test_the_share_that_gains_a_quarter_of_an_hour_is_met(company: Company, gained: float) -> None:
    """The same cut; to one point."""
    half = company.incidents / 2
    found = chance_of_gain(15, company.mean, company.deviation, half, half, cut=0.1)
    assert found == pytest.approx(gained, abs=0.01)


@pytest.mark.parametrize(
    ("company", "halves", "wholes"), [(A, 0.266, 0.189), (B, 0.307, 0.237), (C, 0.185, 0.102)], ids="ABC"
)
def test_half_an_hour_is_gained_by_nothing_more_often_than_printed(
    company: Company, halves: float, wholes: float
) -> None:
    """The paper's 19, 23 and 10 % are those of a whole year on each side; a year in two halves has 27, 31 and 19."""
    n = company.incidents
    assert chance_of_gain(30, company.mean, company.deviation, n / 2, n / 2) == pytest.approx(halves, abs=0.001)
    assert chance_of_gain(30, company.mean, company.deviation, n, n) == pytest.approx(wholes, abs=0.001)


def test_no_incidents_have_no_difference() -> None:
    """Nor has a deviation of nought."""
    with pytest.raises(ParameterError, match="expected numbers above 0, found '316, 0, 50'"):
        difference_reach(316, 0, 50)
    with pytest.raises(ParameterError, match="expected numbers above 0"):
        difference_reach(0, 50, 50)
