"""What was read of one log file: its line of the ledger and its findings."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.model.measurement import Finding, Level, Place
from incident_analytics.sources.ledger import FileReading
from incident_analytics.sources.logs.record import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incident_analytics.sources.logs.lines import LineSource
    from incident_analytics.sources.logs.times import TimeReader

FIRST_PLAUSIBLE: Final = datetime(2000, 1, 1, tzinfo=UTC)
LAST_PLAUSIBLE: Final = datetime(2100, 1, 1, tzinfo=UTC)
SMALLEST_STEP_BACK: Final = timedelta(seconds=1)  # threads of one process write a little out of order


class Tally:
    """Counts the frames of one file as they pass.

    Args:
        file: The file's path relative to the bundle.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows = 0
        self.formats: Counter[str] = Counter()
        self.without_time = 0
        self.first_at: datetime | None = None
        self.last_at: datetime | None = None
        self._first_line: dict[str, int] = {}
        self._lines: Counter[str] = Counter()
        self._steps_back = 0
        self._last_seen: datetime | None = None

    def add(self, frame: pl.DataFrame) -> None:
        """Counts one frame of the file's records."""
        self.rows += frame.height
        self.formats.update(dict(frame["format"].value_counts().iter_rows()))
        doubtful = {
            "unreadable": pl.col("format") == UNREADABLE,
            "assumed": pl.col("zone_assumed"),
            "implausible": ~pl.col("timestamp").is_between(FIRST_PLAUSIBLE, LAST_PLAUSIBLE),
        }
        at, known = pl.col("timestamp"), pl.col("timestamp").drop_nulls()
        last_seen = pl.lit(self._last_seen, dtype=frame.schema["timestamp"])
        counted = frame.select(
            *(fits.sum().alias(what) for what, fits in doubtful.items()),
            without_time=at.null_count(),
            first=at.min(),
            last=at.max(),
            last_seen=known.last(),
            steps_back=(known - known.shift(1, fill_value=last_seen) < -SMALLEST_STEP_BACK).sum(),
        ).row(0, named=True)
        for what, fits in doubtful.items():
            if counted[what]:
                self._lines[what] += counted[what]
                if what not in self._first_line:
                    self._first_line[what] = frame.filter(fits)["line"][0]
        self.without_time += counted["without_time"]
        if counted["first"] is not None:
            self.first_at = min(filter(None, (self.first_at, counted["first"].astimezone(UTC))))
            self.last_at = max(filter(None, (self.last_at, counted["last"].astimezone(UTC))))
            self._steps_back += counted["steps_back"]
            self._last_seen = counted["last_seen"]

    def reading(self, source: LineSource, *, is_table: bool) -> FileReading:
        """The file's line of the ledger."""
        readers = [name for name, _ in sorted(self.formats.items(), key=lambda item: (-item[1], item[0]))]
        named = "+".join(name for name in readers if name != UNREADABLE)
        return FileReading(
            file=self.file,
            kind="logs",
            reader=f"csv:{named}" if is_table else named,
            rows=self.rows,
            unreadable=self.formats[UNREADABLE],
            first_at=self.first_at,
            last_at=self.last_at,
            notes=tuple(self._notes(source)),
        )

    def _notes(self, source: LineSource) -> list[str]:
        notes = [f"truncated: {source.stopped}"] if source.stopped else []
        counted = (
            (self.without_time, "without a time"),
            (self._lines["assumed"], "with an assumed zone"),
            (self._steps_back, "over a second earlier than the one before"),
        )
        notes += [f"{number} of {self.rows} records {what}" for number, what in counted if number]
        if source.replaced_lines:
            notes.append(f"lines with bytes that are not UTF-8, replaced: {source.replaced_lines}")
        if source.cut_lines:
            notes.append(f"pieces of lines over 16 MiB: {source.cut_lines}")
        return notes

    def findings(
        self, source: LineSource, times: TimeReader, *, zone: str | None, is_dated_by_file: bool = False
    ) -> list[Finding]:
        """What is doubtful about the file, at most one finding a rule."""
        return [
            *self._findings_of_lines(source),
            *self._findings_of_zones(times, zone=zone),
            *self._findings_of_years(times, is_dated_by_file=is_dated_by_file),
            *self._findings_of_times(),
        ]

    def _findings_of_years(self, times: TimeReader, *, is_dated_by_file: bool) -> Iterator[Finding]:
        if times.years_assumed and is_dated_by_file and times.around is not None:
            message = (
                f"{times.years_assumed} of {self.rows} records have a time without a year; the one nearest to "
                f"the file's own date, {times.around:%Y-%m-%d}, was used."
            )
            yield self._finding("log-year-assumed", "warning", message, "assumed")

    def _findings_of_lines(self, source: LineSource) -> Iterator[Finding]:
        if source.stopped:
            message = f"Only the part that can be read was read: {source.stopped}."
            yield self._finding("log-file-truncated", "warning", message)
        if number := self._lines["unreadable"]:
            message = f"{number} of {self.rows} records could not be understood; they are kept as they were."
            yield self._finding("log-lines-unreadable", "warning", message, "unreadable")

    def _findings_of_zones(self, times: TimeReader, *, zone: str | None) -> Iterator[Finding]:
        number = self._lines["assumed"]
        if number and zone is None:
            message = (
                f"{number} of {self.rows} records have a time without a zone, and the bundle names none; UTC was used."
            )
            yield self._finding("log-zone-assumed", "warning", message, "assumed")
        if times.abbreviations:
            seen = ", ".join(sorted(times.abbreviations))
            message = f"Times name their zone by an abbreviation ({seen}); it was read as PostgreSQL reads it."
            yield self._finding("log-zone-abbreviated", "info", message, "assumed", seen=seen)
        if times.ambiguous:
            message = (
                f"{times.ambiguous} local times fall where {zone} changes its clock; the earlier reading was taken."
            )
            yield self._finding("log-time-ambiguous", "info", message, "assumed")

    def _findings_of_times(self) -> Iterator[Finding]:
        if number := self._lines["implausible"]:
            is_early = self.first_at is not None and self.first_at < FIRST_PLAUSIBLE
            message = f"{number} of {self.rows} records have a time before 2000 or after 2100."
            seen = str(self.first_at if is_early else self.last_at)
            yield self._finding("log-time-implausible", "warning", message, "implausible", seen=seen)

    def _finding(self, rule: str, level: Level, message: str, first: str = "", *, seen: str = "") -> Finding:
        return Finding(rule, level, message, Place(self.file, self._first_line.get(first)), seen=seen)
