"""What a panel of metrics is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Series:
    """One line.

    Args:
        label: What tells it from the others of its panel.
        at: When each value was taken (UTC), in order.
        values: The values; None where there is a gap.
    """

    label: str
    at: tuple[datetime, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One metric.

    Args:
        title: What it is called.
        unit: The unit of its values, such as ``percent``, ``ratio``, ``seconds``, ``bytes``; empty for counts.
        series: Its lines; the first carries the panel, the others are context.
        baseline: What was usual before the incident; None where that is not known.
        note: What to know about it, in a few words.
    """

    title: str
    unit: str
    series: tuple[Series, ...]
    baseline: float | None = None
    note: str = ""
