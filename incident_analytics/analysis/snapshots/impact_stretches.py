"""Whether an impact came in bursts, and whether it was over when the samples end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.snapshots.three_levels import LEAST_SEGMENT

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.series import Floats, Marks

# so many samples at the level before are a return to it; fewer are a gap within the impact
SETTLED: Final = 5
# of the way from the level before to that of the impact
_BACK, _HALF = 0.25, 0.5

Stretch = tuple[int, "int | None"]


def impact_stretches(
    values: Floats, onset: int, end: int, *, limit: float, quiet: Floats | None = None
) -> tuple[Stretch, ...]:
    """The stretches of an impact, first and last sample but one of each; None as the end of one that was not over.

    The level before is the median of the samples before the onset. A stretch is over where the median of the next
    SETTLED samples is back: within a quarter of the way to the level of the impact, or within `limit`, at most half
    of it. Fewer than LEAST_SEGMENT samples after it cannot tell. Samples beyond half of the way and `limit` elsewhere
    are another stretch where they are more in a row than in any quiet stretch; nearer than SETTLED they are the same.

    >>> quiet = np.zeros((30, 20))
    >>> impact_stretches(np.array([0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 9, 9, 9, 0, 0, 0.0]), 10, 13, limit=1, quiet=quiet)
    ((3, 4), (10, 13))
    >>> impact_stretches(np.array([0, 0, 0, 0, 9, 9, 9, 5, 5, 5.0]), 4, 7, limit=1)
    ((4, None),)

    Args:
        values: The finite samples of the snapshot.
        onset: The first of what stands out in it.
        end: The first after that; as many as there are samples where it holds to the end.
        limit: How far quiet stretches move.
        quiet: Quiet stretches, one a row; without any no other stretch is told.
    """
    before = float(np.median(values[:onset]))
    way = float(np.median(values[onset:end])) - before
    if not onset or not way:
        return ((onset, end if end < values.size else None),)
    far = (values - before) / way
    beyond = limit / abs(way)
    found = [_trimmed(far, onset, _over(far, end, min(max(_BACK, beyond), _HALF)))]
    if quiet is not None and quiet.size:
        usual = np.median(quiet, axis=1, keepdims=True)
        found += _others(far > max(_HALF, beyond), found[0], longest_run((quiet - usual) / way > max(_HALF, beyond)))
    return tuple((first, last if last <= values.size - LEAST_SEGMENT else None) for first, last in _joined(found))


def _over(far: Floats, end: int, back: float) -> int:
    """The first sample from the end on after which the samples are back; how many there are where none is."""
    while end < far.size and far[end] > _HALF:  # the cut leaves a level LEAST_SEGMENT samples, its own or not
        end += 1
    for at in range(end, far.size - LEAST_SEGMENT + 1):
        if float(np.median(far[at : at + SETTLED])) <= back:
            return at
    return far.size


def _trimmed(far: Floats, onset: int, end: int) -> tuple[int, int]:
    """A short stretch without samples at its edges that are not of it: a level has LEAST_SEGMENT samples at least."""
    hit = np.flatnonzero(far[onset:end] > _HALF)
    if end - onset > 2 * LEAST_SEGMENT or not hit.size:
        return onset, end
    return onset + int(hit[0]), onset + int(hit[-1]) + 1


def _others(hit: Marks, main: tuple[int, int], usual: int) -> list[tuple[int, int]]:
    steps = np.flatnonzero(np.diff(hit.astype(np.int8), prepend=0, append=0))
    runs = [(int(begin), int(end)) for begin, end in zip(steps[::2], steps[1::2], strict=True)]
    # what ends where the impact begins is its slope
    return [run for run in runs if run[1] - run[0] > usual and (run[1] < main[0] or run[0] >= main[1])]


def longest_run(marked: Marks) -> int:
    """The most marks in a row, of some rows.

    >>> longest_run(np.array([[True, True, False], [False, True, False]]))
    2
    """
    edged = np.pad(marked.astype(np.int8), ((0, 0), (1, 1)))
    steps = np.diff(edged, axis=1)
    begins, ends = np.nonzero(steps == 1)[1], np.nonzero(steps == -1)[1]
    return int((ends - begins).max()) if begins.size else 0


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    whole: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if whole and begin - whole[-1][1] < SETTLED:
            whole[-1] = whole[-1][0], max(whole[-1][1], end)
        else:
            whole.append((begin, end))
    return whole
