"""The group that each duration belongs to: a severity, a service, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy.typing as npt

    from incident_analytics.analysis.statistics.durations import Durations


def labelled(labels: Sequence[Hashable], given: Durations) -> Sequence[Hashable]:
    """The labels, one a duration.

    Raises:
        ParameterError: There are not as many labels as durations.
    """
    if len(labels) != given.n:
        raise ParameterError("groups", expected=f"{given.n} labels, one a duration", found=str(len(labels)))
    return labels


def coded(labels: Sequence[Hashable]) -> tuple[list[Hashable], npt.NDArray[np.intp]]:
    """The different labels in order of appearance, and each label's place among them.

    >>> names, codes = coded(["b", "a", "b"])
    >>> names, codes.tolist()
    (['b', 'a'], [0, 1, 0])
    """
    places: dict[Hashable, int] = {}
    codes = np.asarray([places.setdefault(label, len(places)) for label in labels], dtype=np.intp)
    return list(places), codes
