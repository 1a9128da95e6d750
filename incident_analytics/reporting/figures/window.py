"""The incident as recorded, shaded on whatever the evidence shows, and the onset that was measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.reporting.figures.clock import FigureClock

if TYPE_CHECKING:
    from datetime import datetime

Stretch: TypeAlias = "tuple[datetime, datetime]"

_LEAST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a figure of evidence is seen in.

    Args:
        clock: The stretch of time it shows.
        window: The recorded incident as far as the figure shows it; None where it lies elsewhere.
        onset: When the evidence says it began; None where that is not known or not shown.
        over: When the evidence says it was over; the same.
    """

    clock: FigureClock
    window: Stretch | None
    onset: datetime | None = None
    over: datetime | None = None

    def words(self) -> str:
        """The caption's sentence about what is drawn beside the data."""
        parts = ["Shaded: the incident as recorded."] if self.window else []
        if self.onset and self.over:
            times = f"{self.clock.time(self.onset)} to {self.clock.time(self.over)}"
            parts.append(f"Between the upright lines: the impact as measured, {times}.")
        elif self.onset:
            parts.append("Upright line: where the evidence says it began.")
        return " ".join(parts)


def framed(
    zone: str,
    start: datetime,
    end: datetime,
    window: Stretch | None,
    onset: datetime | None = None,
    over: datetime | None = None,
) -> Frame:
    """The frame of data that reach from start to end.

    The window is shown whole where it lies near the data. Where it lies further away than the data are long, as
    it does when a clock was wrong by a year, the data are shown without it.
    """
    long = max(end - start, _LEAST)
    is_near = window is not None and window[0] - end <= long and start - window[1] <= long
    if window is not None and is_near:
        start, end = min(start, window[0]), max(end, window[1])
    if end - start < _LEAST:
        end = start + _LEAST
    seen, ended = (at if at is not None and start <= at <= end else None for at in (onset, over))
    return Frame(FigureClock.of(zone, start, end), window if is_near else None, seen, ended)
