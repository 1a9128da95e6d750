"""PostgreSQL's timestamps as instants; a zone abbreviation nobody explained is told, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from incident_analytics.model.instants import ZoneRules, in_zone, precision_of, read_instant

if TYPE_CHECKING:
    from datetime import tzinfo

# -05 and +05:30 are ISO; a historical local mean time even carries seconds: -04:56:02.
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?")
_CLOCK = r"\s+(?P<clock>\d{2}:\d{2}:\d{2}(?:\.\d+)?)(?:\s+(?P<zone>[A-Za-z]{1,5}|[+-]\d{2}(?::?\d{2})?))?"
_GERMAN = re.compile(rf"(?P<day>\d{{2}})\.(?P<month>\d{{2}})\.(?P<year>\d{{4}}){_CLOCK}")
_SQL = re.compile(rf"(?P<first>\d{{2}})/(?P<second>\d{{2}})/(?P<year>\d{{4}}){_CLOCK}")
_OFFSET = re.compile(r"(?:Z|:\d{2}(?:\.\d+)?[+-]\d{2}(?::?\d{2})?)$")
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Refused:
    """A timestamp that was not read.

    Args:
        line: Where it stands.
        text: What stands there.
        zone: The abbreviation that nobody explained. None where the text itself cannot be read.
    """

    line: int
    text: str
    zone: str | None = None


@dataclass(slots=True)
class TimestampReader:
    """Reads the timestamps of one file and remembers what it could not, or had to assume.

    Args:
        rules: The zone of times that carry none, and what abbreviations mean.
        assumed: The lines of times that carried no zone, with their text.
        refused: What was not read: no timestamp, a zone nobody explained, or a day like a month.
    """

    rules: ZoneRules
    assumed: list[Refused] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def read(self, text: str, line: int) -> datetime | None:
        """The instant of a cell in UTC, or None where it is empty, infinite or cannot be told."""
        text = text.strip()
        if not text or text in {"infinity", "-infinity"}:
            return None
        try:
            return self._iso(text, line) if _ISO.fullmatch(text) else self._other_style(text, line)
        except OverflowError:
            # The last hours of 9999 in America are the year 10000 in UTC.
            self.refused.append(Refused(line, text))
            return None

    def _iso(self, text: str, line: int) -> datetime | None:
        instant = read_instant(text, self.rules)
        if instant is None:
            self.refused.append(Refused(line, text))
            return None
        if not _OFFSET.search(text):
            self.assumed.append(Refused(line, text))
        return instant.earliest

    def _other_style(self, text: str, line: int) -> datetime | None:
        match = _GERMAN.fullmatch(text) or _SQL.fullmatch(text)
        local = _local_time(match) if match else None
        if match is None or local is None:
            self.refused.append(Refused(line, text))
            return None
        zone, name, is_assumed = self._zone(match["zone"])
        if zone is None:
            self.refused.append(Refused(line, text, match["zone"]))
            return None
        if is_assumed:
            self.assumed.append(Refused(line, text))
        return in_zone(local, zone, name=name, text=text, precision=precision_of(match["clock"])).earliest

    def _zone(self, word: str | None) -> tuple[tzinfo | None, str, bool]:
        if word is None:
            zone, name, _ = self.rules.default()
            return zone, name, True
        return self.rules.named(word), word, False


def _local_time(match: re.Match[str]) -> datetime | None:
    """The local time, or None where day and month look alike (SQL style has them in either order)."""
    parts = match.groupdict()
    if "day" in parts:
        day, month = int(parts["day"]), int(parts["month"])
    else:
        month, day = int(parts["first"]), int(parts["second"])
        if month > _MONTHS_A_YEAR:
            month, day = day, month
        elif day <= _MONTHS_A_YEAR and day != month:
            return None
    try:
        return datetime.fromisoformat(f"{parts['year']}-{month:02}-{day:02}T{parts['clock']}")
    except ValueError:
        return None
