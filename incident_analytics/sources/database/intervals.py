"""PostgreSQL's intervals as seconds, in each of its four spellings (intervalstyle)."""

from __future__ import annotations

import re
from typing import Final

# PostgreSQL counts a month as 30 days and a year as 365.25 of them when it turns an interval into
# seconds (EXTRACT(EPOCH FROM ...), documentation section 9.9.1); so does this.
_SECONDS: Final = {
    "year": 31_557_600.0,
    "mon": 2_592_000.0,
    "week": 604_800.0,
    "day": 86_400.0,
    "hour": 3_600.0,
    "min": 60.0,
    "sec": 1.0,
}
_CLOCK = r"(?P<sign>[+-])?(?P<hours>\d+):(?P<minutes>\d{2})(?::(?P<seconds>\d{2}(?:\.\d+)?))?"
_UNIT = r"(?P<count>[+-]?\d+(?:\.\d+)?)\s*(?P<unit>year|mon(?:th)?|week|day|hour|min(?:ute)?|sec(?:ond)?)s?\b"
_POSTGRES = re.compile(rf"(?P<units>(?:{_UNIT.replace('?P<count>', '').replace('?P<unit>', '')}\s*)*)(?:{_CLOCK})?")
_VERBOSE = re.compile(rf"@\s*(?P<units>(?:{_UNIT.replace('?P<count>', '').replace('?P<unit>', '')}\s*)*)(?P<ago>ago)?")
_ONE_UNIT = re.compile(_UNIT)
_NUM = r"[+-]?\d+(?:\.\d+)?"
_ISO = re.compile(
    rf"P(?:(?P<year>{_NUM})Y)?(?:(?P<mon>{_NUM})M)?(?:(?P<week>{_NUM})W)?(?:(?P<day>{_NUM})D)?"
    rf"(?:T(?:(?P<hour>{_NUM})H)?(?:(?P<min>{_NUM})M)?(?:(?P<sec>{_NUM})S)?)?"
)
_SQL = re.compile(
    rf"(?:(?P<months_sign>[+-])?(?P<years>\d+)-(?P<months>\d+)(?:\s+|$))?(?:(?:(?P<days>[+-]?\d+)\s+)?{_CLOCK})?"
)
_BARE_SECONDS = re.compile(_NUM)


def interval_seconds(text: str) -> float | None:
    """The seconds of an interval, or None where the text is none.

    Read are ``1 day 02:03:04.5`` (postgres), ``@ 12.058622 secs`` and ``@ 1 day 2 hours ago``
    (postgres_verbose), ``PT11.9S`` (iso_8601), ``1 2:03:04.5`` and ``0-1 +1 +2:03:04`` (sql_standard),
    and a bare number, which is what ``extract(epoch from ...)`` gives. Months are 30 days.

    >>> interval_seconds("1 day 02:03:04.5"), interval_seconds("PT11.9S")
    (93784.5, 11.9)
    """
    text = text.strip()
    if _BARE_SECONDS.fullmatch(text):
        return float(text)
    for read in (_iso, _verbose, _postgres, _sql_standard):
        seconds = read(text)
        if seconds is not None:
            return round(seconds, 6)
    return None


def _iso(text: str) -> float | None:
    match = _ISO.fullmatch(text)
    if match is None or text in {"P", "PT"} or text.endswith("T"):
        return None
    return sum(float(count) * _SECONDS[unit] for unit, count in match.groupdict().items() if count)


def _verbose(text: str) -> float | None:
    match = _VERBOSE.fullmatch(text)
    if match is None:
        # An interval of nothing is written "@ 0".
        return 0.0 if re.fullmatch(r"@\s*0", text) else None
    return _units(match["units"]) * (-1 if match["ago"] else 1) if match["units"] else None


def _postgres(text: str) -> float | None:
    match = _POSTGRES.fullmatch(text)
    return _units(match["units"]) + _clock(match) if match and text else None


def _sql_standard(text: str) -> float | None:
    match = _SQL.fullmatch(text)
    if match is None or not text:
        return None
    months = int(match["years"] or 0) * _SECONDS["year"] + int(match["months"] or 0) * _SECONDS["mon"]
    days = float(match["days"] or 0) * _SECONDS["day"]
    # "-1 2:03:04": one sign before the days stands for the clock too.
    clock = _clock(match) * (-1 if days < 0 and not match["sign"] else 1)
    return (-months if match["months_sign"] == "-" else months) + days + clock


def _units(text: str) -> float:
    return sum(float(each["count"]) * _SECONDS[_short(each["unit"])] for each in _ONE_UNIT.finditer(text))


def _short(unit: str) -> str:
    return {"month": "mon", "minute": "min", "second": "sec"}.get(unit, unit)


def _clock(match: re.Match[str]) -> float:
    if match["hours"] is None:
        return 0.0
    seconds = int(match["hours"]) * 3_600 + int(match["minutes"]) * 60 + float(match["seconds"] or 0)
    return -seconds if match["sign"] == "-" else seconds
