"""Dunning's signed G2: how far a count moved between two stretches, whatever their lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt


def signed_g2(
    before: npt.NDArray[np.float64], during: npt.NDArray[np.float64], length_before: float, length_during: float
) -> npt.NDArray[np.float64]:
    """Dunning's G2 of each count, with the sign of the move.

    The table is [[before, during], [rest before, rest during]], its expectation that of equal shares.

    >>> float(signed_g2(np.array([2442.0]), np.array([110.0]), 29114 + 2442, 111 + 110)[0].round(4))
    270.7219

    Args:
        before: How often each came before.
        during: How often it came during.
        length_before: How often it could have come before: all words of a text, all microseconds of a stretch.
        length_during: The same during.
    """
    total = length_before + length_during
    observed = np.stack([before, during, length_before - before, length_during - during])
    of_template = before + during
    expected = np.stack(
        [
            of_template * length_before / total,
            of_template * length_during / total,
            (total - of_template) * length_before / total,
            (total - of_template) * length_during / total,
        ]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    g2 = np.maximum(2 * parts.sum(axis=0), 0.0)
    signed: npt.NDArray[np.float64] = np.where(during * length_before >= before * length_during, g2, -g2)
    return signed
