"""The earlier and the later half of a report's periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.span_label import span_label

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.scope import Period


@dataclass(frozen=True, slots=True)
class Half:
    """Some periods that follow each other.

    Args:
        label: Such as ``2022``, or ``2022-Q2 to 2022-Q4``.
        periods: The label of each.
    """

    label: str
    periods: tuple[str, ...]


def halves(periods: tuple[Period, ...]) -> tuple[Half, ...]:
    """The earlier and the later half; none of fewer than two periods.

    Of an odd number the one in the middle belongs to the later half, as in `questions_asked`.
    """
    labels = tuple(period.label for period in periods)
    middle = len(labels) // 2
    return (_half(labels[:middle]), _half(labels[middle:])) if middle else ()


def _half(labels: tuple[str, ...]) -> Half:
    return Half(span_label(labels), labels)
