"""The clock of one figure: instants as positions and words, in one zone that is named once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from incident_analytics.model.zones import zone_named
from incident_analytics.reporting.figures.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STEPS: Final = (
    *(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800),
    *(3600, 2 * 3600, 3 * 3600, 6 * 3600, 12 * 3600),
    *(86_400 * days for days in (1, 2, 7, 14, 28, 91, 182, 364, 3640)),
)
_MINUTE: Final = 60
_DAY: Final = 86_400
_EPOCH: Final = datetime(1970, 1, 5, tzinfo=UTC)  # a Monday, so that steps of weeks begin on one


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the time axis.

    Args:
        at: When.
        text: The time; the day too, on a line of its own, where it is a new one.
    """

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class FigureClock:
    """The stretch of time that a figure shows, and the clock on its wall.

    Args:
        start: Its left end.
        end: Its right end, after the left.
        offset: What the wall clock is ahead of UTC, the same over the whole figure.
        zone: The name of the zone.
    """

    start: datetime
    end: datetime
    offset: timedelta
    zone: str

    @classmethod
    def of(cls, zone: str, start: datetime, end: datetime) -> FigureClock:
        """The clock of a zone; one that changes within the stretch keeps the offset it began with, by its name."""
        named = zone_named(zone)
        here = named or UTC
        first, last = (at.astimezone(here).utcoffset() or timedelta() for at in (start, end))
        if named is None:
            name = "UTC"
        elif first == last:
            name = zone
        else:
            name = str(timezone(first))
        return cls(start, end, first, name)

    @property
    def seconds(self) -> float:
        """How long a stretch the figure shows."""
        return (self.end - self.start).total_seconds()

    @property
    def has_many_days(self) -> bool:
        """Whether the stretch touches more than one day."""
        return self.wall(self.start).date() != self.wall(self.end).date()

    def wall(self, at: datetime) -> datetime:
        """What the clock shows at an instant, without a zone."""
        return at.astimezone(UTC).replace(tzinfo=None) + self.offset

    def position(self, at: datetime) -> str:
        """The instant as a place on plotly's date axis, which knows no zones."""
        wall = self.wall(at)
        if wall.microsecond:
            return wall.isoformat(" ", "milliseconds")
        return f"{wall:%Y-%m-%d %H:%M:%S}" if wall.second else f"{wall:%Y-%m-%d %H:%M}"

    def time(self, at: datetime) -> str:
        """The instant in words: ``14:15``, ``14:12:40``, with the day where the figure shows several."""
        wall = self.wall(at)
        clock = f"{wall:%H:%M:%S}" if wall.second else f"{wall:%H:%M}"
        return f"{wall.day} {wall:%b} {clock}" if self.has_many_days else clock

    def day(self, at: datetime) -> str:
        """The day in words: ``15 Jan 2024``."""
        wall = self.wall(at)
        return f"{wall.day} {wall:%b %Y}"

    def name(self) -> str:
        """What stands once below the axis: the day where there is only one, and the zone."""
        return f"times in {self.zone}" if self.has_many_days else f"{self.day(self.start)}, times in {self.zone}"

    def span(self) -> str:
        """The stretch in a sentence: ``14:15 to 15:45 UTC on 15 Jan 2024``."""
        times = f"{self.time(self.start)} to {self.time(self.end)} {self.zone}"
        return times if self.has_many_days else f"{times} on {self.day(self.start)}"

    def ticks(self, width: float, size: int, *, room: float) -> tuple[Tick, ...]:
        """Marks at round times that stand clear of each other and of the figure's edges.

        Args:
            width: Pixels from the start to the end.
            size: The size of their font.
            room: Pixels that a mark may stand out beyond the start and the end.
        """
        for step in _STEPS:
            apart = width * step / self.seconds
            if apart < text_width("00:00", size):
                continue
            marks = [(at, self._mark(at, step)) for at in self._every(step)]
            if apart >= max((text_width(text, size) for _, text in marks), default=0) + size * 1.5:
                clear = [mark for mark in marks if self._has_room(*mark, width, size, room)]
                return tuple(self._with_days(clear, step))
        return ()

    def _every(self, step: int) -> Iterator[datetime]:
        ahead = (self.start + self.offset - _EPOCH).total_seconds()
        at = self.start + timedelta(seconds=-ahead % step)
        while at <= self.end:
            yield at
            at += timedelta(seconds=step)

    def _mark(self, at: datetime, step: int) -> str:
        wall = self.wall(at)
        if step >= _DAY:
            return f"{wall.day} {wall:%b}"
        return f"{wall:%H:%M}" if step >= _MINUTE else f"{wall:%H:%M:%S}"

    def _with_days(self, marks: Iterable[tuple[datetime, str]], step: int) -> Iterator[Tick]:
        day = None
        for at, text in marks:
            wall = self.wall(at)
            is_new = self.has_many_days and step < _DAY and wall.date() != day
            day = wall.date()
            yield Tick(at, f"{text}<br>{wall.day} {wall:%b}" if is_new else text)

    def _has_room(self, at: datetime, text: str, width: float, size: int, room: float) -> bool:
        half = text_width(text, size) / 2
        x = width * (at - self.start).total_seconds() / self.seconds
        return -room <= x - half and x + half <= width + room
