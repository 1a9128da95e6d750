"""Times of log records: numbers by their magnitude, text by its shape, naive ones by the bundle's zone."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
LAST_SECOND: Final = 253_402_300_800  # the year 10000
LEAP_DAY: Final = (2, 29)
UNSET_YEARS: Final = frozenset({1, 9999})  # 0001-01-01T00:00:00Z is how Go writes "not set"

# The meanings PostgreSQL gives these by default. IST is left out: India, Israel and Ireland share it.
HOURS_OF_ABBREVIATION: Final[dict[str, int]] = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "JST": 9, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
UNDISPUTED: Final = frozenset({"Z", "UTC", "GMT"})
ABBREVIATIONS: Final = "|".join(HOURS_OF_ABBREVIATION)
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_LAST_WORD: Final = re.compile(r"[A-Z]+$")
_EPOCH_TEXT: Final = re.compile(r"(\d{9,19})(\.\d+)?")
_YEAR_FIRST: Final = re.compile(
    rf"(\d{{4}})[-/](\d\d)[-/](\d\d)[T _](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*(Z|[+-]\d\d(?::?\d\d)?|{ABBREVIATIONS})?"
)
_DAY_FIRST: Final = re.compile(
    r"(?:[A-Z][a-z]{2},? )?(\d{1,2})[/ -]([A-Z][a-z]{2})[/ -](\d{4})[: T](\d\d:\d\d:\d\d(?:[.,]\d+)?)"
    rf"\s*(Z|[+-]\d\d(?::?\d\d)?|{ABBREVIATIONS})?"
)
# The time of day first, then the year: C's asctime, as Apache's error log writes it.
_YEAR_LAST: Final = re.compile(r"(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d+)?) (\d{4})")
_KIBANA: Final = re.compile(r"([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ (\d\d:\d\d:\d\d(?:\.\d+)?)")
_COMPACT: Final = re.compile(r"(\d\d)(\d\d)(\d\d) (\d\d)(\d\d)(\d\d)")  # Hadoop's 081109 203615
_WITHOUT_YEAR: Final = re.compile(r"(?:([A-Z][a-z]{2}) {1,2}(\d{1,2})|(\d\d)(\d\d)) (\d\d:\d\d:\d\d(?:\.\d+)?)")


def microseconds_of_number(number: float) -> int | None:
    """The instant a number means: seconds below 1e11, then milli-, micro- and nanoseconds since 1970.

    >>> microseconds_of_number(1795402425409)
    1795402425409000
    """
    if 0 < number < 1e11:  # noqa: PLR2004 -- the magnitudes are the definition
        return round(number * 1_000_000)
    if 1e11 <= number < 1e14:  # noqa: PLR2004
        return round(number * 1_000)
    if 1e14 <= number < 1e17:  # noqa: PLR2004
        return round(number)
    if 1e17 <= number < LAST_SECOND * 1e9:  # noqa: PLR2004
        return int(number) // 1_000
    return None


def _zone_of(written: str) -> tzinfo:
    if written == "Z":
        return UTC
    if written in HOURS_OF_ABBREVIATION:
        return timezone(timedelta(hours=HOURS_OF_ABBREVIATION[written]))
    hours, minutes = int(written[1:3]), int(written[3:].lstrip(":") or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if written[0] == "-" else offset)


def _parsed(text: str) -> datetime | None:
    """The time by one of the shapes that ``datetime.fromisoformat`` does not know."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day, clock, zone = found.groups()
    elif (found := _DAY_FIRST.fullmatch(text)) and found[2] in MONTHS:
        day, month_name, year, clock, zone = found.groups()
        month = f"{MONTHS.index(month_name) + 1:02}"
    elif (found := _YEAR_LAST.fullmatch(text)) and found[1] in MONTHS:
        month_name, day, clock, year = found.groups()
        month, zone = f"{MONTHS.index(month_name) + 1:02}", None
    elif (found := _KIBANA.fullmatch(text)) and found[1] in MONTHS:
        month_name, day, year, clock = found.groups()
        month, zone = f"{MONTHS.index(month_name) + 1:02}", None
    elif found := _COMPACT.fullmatch(text):
        year, month, day = f"20{found[1]}", found[2], found[3]
        clock, zone = f"{found[4]}:{found[5]}:{found[6]}", None
    else:
        return None
    moment = datetime.fromisoformat(f"{year}-{month}-{int(day):02}T{clock.replace(',', '.')}")
    return moment.replace(tzinfo=_zone_of(zone)) if zone else moment


class TimeReader:
    """Reads the times of one file, and counts what had to be assumed.

    A local time that the zone's clock shows twice counts as the earlier. An abbreviation such as EST means
    what PostgreSQL takes it for, and counts as assumed, since people mean different offsets by it.

    A time without a year, as syslog writes it, is of the year that brings it nearest to ``around``.

    Args:
        zone: The zone of times written without one.
        around: When the records were written, roughly; without it a time without a year cannot be read.
    """

    def __init__(self, zone: tzinfo, around: datetime | None = None) -> None:
        self.zone = zone
        self.around = around
        self.years_assumed = 0
        self.ambiguous = 0
        self.abbreviations: set[str] = set()

    def read(self, value: object) -> tuple[int, bool] | None:
        """Microseconds since 1970 and whether the zone was assumed; None where it is no time.

        >>> TimeReader(UTC).read("2026-11-23 02:57:23,605")
        (1795402643605000, True)
        """
        if isinstance(value, str):
            return self._of_text(value.strip())
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        number = microseconds_of_number(value)
        return None if number is None else (number, False)

    def read_repeated(self, value: object, count: int) -> tuple[int, bool] | None:
        """The same as `read` for a value that so many records have."""
        ambiguous, years_assumed = self.ambiguous, self.years_assumed
        read = self.read(value)
        self.ambiguous += (self.ambiguous - ambiguous) * (count - 1)
        self.years_assumed += (self.years_assumed - years_assumed) * (count - 1)
        return read

    def twin(self) -> TimeReader:
        """A reader that reads the same and counts for itself."""
        return TimeReader(self.zone, self.around)

    def _of_text(self, text: str) -> tuple[int, bool] | None:
        if epoch := _EPOCH_TEXT.fullmatch(text):
            number = microseconds_of_number(float(text) if epoch[2] else int(text))
            return None if number is None else (number, False)
        # A lone date has ten characters: a day is not a time of a record.
        if len(text) <= 10 or not text[:1].isalnum():  # noqa: PLR2004
            return None
        try:
            moment = _iso(text) or _parsed(text) or self._without_year(text)
            if moment is None or moment.year in UNSET_YEARS:
                return None
            return self._of_moment(moment, text)
        except (ValueError, OverflowError):
            return None

    def _without_year(self, text: str) -> datetime | None:
        found = _WITHOUT_YEAR.fullmatch(text) if self.around is not None else None
        if self.around is None or found is None or (found[1] and found[1] not in MONTHS):
            return None
        month, day = (MONTHS.index(found[1]) + 1, found[2]) if found[1] else (int(found[3]), found[4])
        around = self.around.astimezone(self.zone).replace(tzinfo=None)
        moments = [
            datetime.fromisoformat(f"{year}-{month:02}-{int(day):02}T{found[5]}")
            for year in (around.year - 1, around.year, around.year + 1)
            if (month, int(day)) != LEAP_DAY or calendar.isleap(year)
        ]
        self.years_assumed += 1
        return min(moments, key=lambda moment: abs(moment - around), default=None)

    def _of_moment(self, moment: datetime, text: str) -> tuple[int, bool]:
        if moment.tzinfo is not None:
            word = _LAST_WORD.search(text)
            if word and word[0] not in UNDISPUTED:
                self.abbreviations.add(word[0])
            return (moment - EPOCH) // MICROSECOND, bool(word and word[0] not in UNDISPUTED)
        local = moment.replace(tzinfo=self.zone)
        if self.zone is not UTC and local.utcoffset() != local.replace(fold=1).utcoffset():
            self.ambiguous += 1
        return (local - EPOCH) // MICROSECOND, True


def _iso(text: str) -> datetime | None:
    if text[4] != "-" and text[8] != "T":
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
