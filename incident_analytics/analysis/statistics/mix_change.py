"""Did the mix of groups change: whether severities, or services, are shared out otherwise after than before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

# The smallest p-value is one in so many and one: it must survive a family of a hundred questions.
DRAWS: Final = 9_999
_RATE: Final = 0.05
_CELLS_AT_ONCE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class MixChange:
    """Whether two mixes differ by more than chance.

    Args:
        p_value: The chance of mixes at least as different where nothing changed; None where it cannot be told.
        n_before: How many incidents with a known group before.
        n_after: How many after.
        method: How it was computed, for the receipt.
        reason: Why there is no p-value.
    """

    p_value: float | None
    n_before: int
    n_after: int
    method: str
    reason: str = ""


def mix_change(
    before_labels: Iterable[Hashable | None] | Mapping[Hashable | None, int],
    after_labels: Iterable[Hashable | None] | Mapping[Hashable | None, int],
    *,
    seed: int,
    order: Sequence[Hashable] = (),
    draws: int = DRAWS,
) -> MixChange:
    """Whether groups are shared out otherwise after than before.

    Pearson's chi-squared of the table of groups by before and after, against as many tables drawn with the same sums
    (all incidents shuffled between before and after), as cells are often too empty for its distribution:
    p = (1 + tables as uneven) / (1 + draws).

    Groups in an order, such as severities, moved up or down it or did not: the difference of their mean ranks takes
    chi-squared's place (Wilcoxon with ties, doi:10.2307/3001968), as that one does not see the direction.

    >>> mix_change(["SEV1"] * 9 + ["SEV2"], ["SEV2"] * 9 + ["SEV1"], seed=1).p_value
    0.0012

    Args:
        before_labels: Each incident's group before, such as its severity; None where it is not known, which is not
            counted: that more is known is no change of the mix. Or how many each group has.
        after_labels: Each one's group after.
        seed: Of the draws; the same gives the same.
        order: The groups' order, where they have one; a group that is not in it comes last.
        draws: How many tables are drawn.

    Returns:
        No p-value where there is but one group, or where no table with these sums could be rare enough to be told
        from chance.
    """
    before, after = _known(before_labels), _known(after_labels)
    n_before, n_after = before.total(), after.total()
    statistic = "difference of mean ranks" if order else "chi-squared"
    method = f"{statistic} in shuffled tables, {draws} draws, seed {seed}"
    if not n_before or not n_after:
        return MixChange(None, n_before, n_after, method, "no incidents of a known group in one of the periods")
    ranks = {group: place for place, group in enumerate(order)}
    groups = sorted({*before, *after}, key=lambda group: (ranks.get(group, len(ranks)), str(group)))
    if len(groups) == 1:
        return MixChange(None, n_before, n_after, method, f"all are {groups[0]}")
    own = np.asarray([[before[group] for group in groups]], dtype=np.int64)
    totals = own[0] + np.asarray([after[group] for group in groups], dtype=np.int64)
    uneven_of = _ranks_apart if order else _unevenness
    tables = (own, *_tables(totals, n_before, seed, draws))
    uneven = np.concatenate([uneven_of(table, totals, n_before) for table in tables])
    if _share_reaching(uneven.max(), uneven) > _RATE:
        return MixChange(None, n_before, n_after, method, "too few, or too few of each group, to show any difference")
    return MixChange(_share_reaching(uneven[0], uneven), n_before, n_after, method)


def _known(labels: Iterable[Hashable | None] | Mapping[Hashable | None, int]) -> Counter[Hashable]:
    counts = Counter(labels)
    counts.pop(None, None)
    return +counts


def _tables(totals: npt.NDArray[np.int64], n_before: int, seed: int, draws: int) -> Iterator[npt.NDArray[np.int64]]:
    generator = np.random.default_rng(seed)
    most = max(_CELLS_AT_ONCE // totals.size, 1)
    for done in range(0, draws, most):
        size = min(most, draws - done)
        yield generator.multivariate_hypergeometric(totals, n_before, size=size, method="marginals")


def _unevenness(tables: npt.NDArray[np.int64], totals: npt.NDArray[np.int64], n_before: int) -> npt.NDArray[np.float64]:
    """Pearson's chi-squared of each table, but for what is the same for all that have its sums."""
    # equally uneven tables may differ in the last digit
    return np.asarray(np.round((tables / n_before - totals / totals.sum()) ** 2 @ (n_before / totals), 9), np.float64)


def _ranks_apart(
    tables: npt.NDArray[np.int64], totals: npt.NDArray[np.int64], n_before: int
) -> npt.NDArray[np.float64]:
    """How far the mean rank of those before lies from that of all, each group sharing one rank."""
    middle = np.cumsum(totals) - (totals - 1) / 2
    apart = np.abs(tables @ middle / n_before - (totals.sum() + 1) / 2)
    return np.asarray(np.round(apart, 9), np.float64)


def _share_reaching(least: float, uneven: npt.NDArray[np.float64]) -> float:
    return int(np.count_nonzero(uneven >= least)) / uneven.size
