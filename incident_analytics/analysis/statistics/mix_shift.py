"""Did the durations change, or only which incidents there were: a change split into its within and its mix part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from incident_analytics.analysis.statistics.durations import Durations, durations
from incident_analytics.analysis.statistics.groups import coded, labelled
from incident_analytics.analysis.statistics.weighted import Statistic, weighted

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import numpy.typing as npt

    from incident_analytics.analysis.statistics.durations import Flags, Numbers


@dataclass(frozen=True, slots=True)
class GroupPart:
    """One group's part in the mix.

    Args:
        group: Its label, such as "SEV2" or ("SEV2", "checkout-api").
        n_before: How many incidents before.
        n_after: How many after.
        before_seconds: Its own mean or median before; None where it has none.
        after_seconds: The same after.
    """

    group: Hashable
    n_before: int
    n_after: int
    before_seconds: float | None
    after_seconds: float | None


@dataclass(frozen=True, slots=True)
class MixShift:
    """A change of a mean or median, split in two: change_seconds = within_seconds + mix_seconds.

    Args:
        statistic: "median" or "mean".
        before_seconds: What it was; None where too many are open.
        after_seconds: What it became.
        within_seconds: What incidents of the same group did.
        mix_seconds: What came of having other groups more often.
        parts: The groups, most frequent first.
        n_before: How many incidents before; those that ended, for a mean.
        n_after: How many after, likewise.
        n_open: How many of both are open.
        reason: Why there is no split.
    """

    statistic: Statistic
    before_seconds: float | None
    after_seconds: float | None
    within_seconds: float | None
    mix_seconds: float | None
    parts: tuple[GroupPart, ...]
    n_before: int
    n_after: int
    n_open: int
    reason: str = ""

    @property
    def change_seconds(self) -> float | None:
        """After less before."""
        if self.after_seconds is None or self.before_seconds is None:
            return None
        return self.after_seconds - self.before_seconds


def mix_shift(
    before: Numbers,
    before_groups: Sequence[Hashable],
    after: Numbers,
    after_groups: Sequence[Hashable],
    *,
    statistic: Statistic = "median",
    before_open: Flags | None = None,
    after_open: Flags | None = None,
) -> MixShift:
    """How much of a change came from within the groups, and how much from their mix.

    The mix part is the mean of what the other period's mix does to the incidents before and to those after. Of a
    mean that is Kitagawa, 1955, doi:10.1080/01621459.1955.10501299: the sum over groups of
    (mean before + mean after) / 2 * (share after - share before); for a median incidents are weighted likewise
    (DiNardo, Fortin and Lemieux, 1996, doi:10.2307/2171954). A group that only one of
    the periods has belongs to the mix.

    >>> split = mix_shift([10, 10, 90], "aab", [10, 90, 90], "abb", statistic="mean")
    >>> round(split.change_seconds, 2), round(split.within_seconds, 2), round(split.mix_seconds, 2)
    (26.67, 0.0, 26.67)

    Args:
        before: Seconds of the incidents before.
        before_groups: Each one's group: a severity, a service, or both in a tuple.
        after: Seconds of the incidents after.
        after_groups: Each one's group.
        statistic: Whose change is split. Open incidents are in the median, and left out of the mean.
        before_open: Which of them are open.
        after_open: Which of them are open.

    Raises:
        ParameterError: A duration is negative or missing, or there are not as many groups as durations.
    """
    old, new = durations(before, before_open), durations(after, after_open)
    labels = [*labelled(before_groups, old), *labelled(after_groups, new)]
    names, codes = coded(labels)
    both = Durations(np.concatenate([old.seconds, new.seconds]), np.concatenate([old.is_open, new.is_open]))
    order = np.argsort(both.seconds, kind="stable")  # once, as each of the sums below would
    kept = order[~both.is_open[order]] if statistic == "mean" else order
    both, codes, is_after = Durations(both.seconds[kept], both.is_open[kept]), codes[kept], kept >= old.n
    n_before, n_after = int(np.count_nonzero(~is_after)), int(np.count_nonzero(is_after))
    counts = [np.bincount(codes[is_after == side], minlength=len(names)) for side in (False, True)]
    values = {
        (side, mix): weighted(both, _weights(codes, is_after == side, counts[side], counts[mix]), statistic)
        for side in (0, 1)
        for mix in (0, 1)
        if n_before and n_after
    }
    own = [
        [_own(both, (codes == code) & (is_after == side), statistic) for side in (False, True)]
        for code in range(len(names))
    ]
    parts = [GroupPart(name, int(counts[0][i]), int(counts[1][i]), *own[i]) for i, name in enumerate(names)]
    parts.sort(key=lambda part: (-part.n_before - part.n_after, str(part.group)))
    return _split(values, statistic, tuple(parts), (n_before, n_after, old.n_open + new.n_open))


def _own(both: Durations, is_own: npt.NDArray[np.bool_], statistic: Statistic) -> float | None:
    own = Durations(both.seconds[is_own], both.is_open[is_own])
    return weighted(own, np.ones(own.n), statistic)


def _weights(
    codes: npt.NDArray[np.intp], is_own: npt.NDArray[np.bool_], own: npt.NDArray[np.intp], mix: npt.NDArray[np.intp]
) -> npt.NDArray[np.float64]:
    """One side's incidents with the shares of a mix; a group that the side lacks is lent by the other."""
    total = np.bincount(codes, minlength=own.size)
    counts = np.where(own[codes] > 0, own[codes], total[codes])
    is_used = is_own | (own[codes] == 0)
    weights: npt.NDArray[np.float64] = np.where(is_used, mix[codes] / counts, 0.0) / mix.sum()
    return weights


def _split(
    values: Mapping[tuple[int, int], float | None],
    statistic: Statistic,
    parts: tuple[GroupPart, ...],
    counts: tuple[int, int, int],
) -> MixShift:
    before, after = values.get((0, 0)), values.get((1, 1))
    old_in_new_mix, new_in_old_mix = values.get((0, 1)), values.get((1, 0))
    if before is None or after is None or old_in_new_mix is None or new_in_old_mix is None:
        reason = "too many are open for a median" if values else "no incidents in one of the periods"
        return MixShift(statistic, before, after, None, None, parts, *counts, reason)
    mix = ((old_in_new_mix - before) + (after - new_in_old_mix)) / 2
    return MixShift(statistic, before, after, after - before - mix, mix, parts, *counts)
