"""The two cuts of a stretch, compared with another program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import ruptures

from incident_analytics.analysis.snapshots.two_cuts import two_cuts

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.series import Floats


def stretches(kind: str, samples: int) -> Floats:
    """Twelve seeded stretches: noise, a walk, a step that is clipped, or counts with many equals."""
    generator = np.random.default_rng(samples)
    values = generator.normal(size=(12, samples))
    if kind == "walk":
        values = np.cumsum(values, axis=1)
    if kind == "step":
        values[:, samples // 3 : samples // 2] += 4
        values = np.clip(values, -4, 4)
    return np.round(values) if kind == "counts" else values


def squared_deviations(values: Floats, onset: int, end: int) -> float:
    """What is left of a stretch by its three means."""
    return sum(float(((part - part.mean()) ** 2).sum()) for part in np.split(values, [onset, end]))


@pytest.mark.parametrize("samples", [9, 12, 31, 100, 288])
@pytest.mark.parametrize("kind", ["noise", "walk", "step", "counts"])
def test_the_cuts_are_those_of_ruptures(kind: str, samples: int) -> None:
    """KernelCPD with a linear kernel and two change points; of several best pairs either may be named."""
    values = stretches(kind, samples)
    for one, onset, end in zip(values, *two_cuts(values, 3), strict=True):
        search = ruptures.KernelCPD(kernel="linear", min_size=3).fit(one.reshape(-1, 1))
        theirs = squared_deviations(one, *search.predict(n_bkps=2)[:2])
        assert squared_deviations(one, int(onset), int(end)) == pytest.approx(theirs, rel=1e-9)


def test_of_equal_pairs_the_earliest_is_named() -> None:
    """Four levels of three samples: 0, 5, 0, 5 can be cut after the first or before the last."""
    onset, end = two_cuts(np.array([[0.0] * 3 + [5.0] * 3 + [0.0] * 3 + [5.0] * 3]), 3)
    assert (onset.tolist(), end.tolist()) == ([3], [6])


def test_each_stretch_is_cut_on_its_own() -> None:
    """One row beside another changes nothing."""
    values = stretches("walk", 60)
    together = [cuts.tolist() for cuts in two_cuts(values, 3)]
    alone = [[int(two_cuts(row[None, :], 3)[place][0]) for row in values] for place in (0, 1)]
    assert together == alone
