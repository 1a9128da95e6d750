"""Columns of written times to instants, all rows at once; only spellings that are rare are read one by one.

A time means here what `read_instant` says it means for one record; a test compares the two.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.model.instants import ZoneRules, read_instant
from incident_analytics.sources.histories.local_times import in_utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# A day that exists in every year; the 29th of February is left to those who look closer.
_DAY_OF_YEAR = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_LOCAL = rf"^[12][0-9]{{3}}-{_DAY_OF_YEAR}T(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_SECONDS = r":[0-5][0-9](?:\.[0-9]{1,6})?"
_OFFSET = r"(?:Z|\+(?:0[0-9]|1[0-3]):(?:00|15|30|45)|-(?:0[0-9]|1[01]):(?:00|15|30|45))"
# A full timestamp with its zone, as systems write it. Whoever reads one without Python tells by this that it may.
FULL_STAMP = f"{_LOCAL}{_SECONDS}{_OFFSET}$"
STAMP_FORMAT = "%Y-%m-%dT%H:%M:%S%.f%#z"
_LOCAL_FORMATS = {f"{_LOCAL}{_SECONDS}$": "%Y-%m-%dT%H:%M:%S%.f", f"{_LOCAL}$": "%Y-%m-%dT%H:%M"}
_ISO = "iso"
_INSTANT = pl.Datetime("us", "UTC")
_NAIVE = pl.Datetime("us")
_HAS_ZONE, _HAS_CLOCK = re.compile(r"%[:#]*z|%Z|%\+"), re.compile(r"%[HIkls+cTRrX]")
_FIRST_YEAR = 1900
_MICROSECOND, _DAY = timedelta(microseconds=1), timedelta(days=1)


@dataclass(frozen=True)
class TimeRules:
    """How one column writes its times.

    Args:
        zones: The zone of times that carry none, and what abbreviations mean.
        formats: strptime formats, the first that fits is taken; ``iso`` stands for what records may write.
    """

    zones: ZoneRules = field(default_factory=ZoneRules)
    formats: tuple[str, ...] = (_ISO,)


@dataclass(frozen=True)
class Times:
    """A column of instants.

    Args:
        at: The earliest each can have been, in UTC; null where nothing is written or it cannot be read.
        latest: The latest, where that differs; else null.
        unread: Which rows have something written that is no time.
        zones: How many times were read in each zone.
        zones_assumed: How many of them named none, by the zone they were read in as a guess.
    """

    at: pl.Series
    latest: pl.Series
    unread: pl.Series
    zones: Counter[str]
    zones_assumed: Counter[str]


def read_times(written: pl.Series, rules: TimeRules) -> Times:
    """The instants of a column of texts, dates or datetimes."""
    reading = _Reading(rules.zones, len(written))
    if isinstance(written.dtype, pl.Datetime):
        reading.take_datetimes(written)
        return reading.times(written.is_not_null())
    texts = written.cast(pl.String).str.strip_chars()
    texts = texts.set(texts == "", None)
    for form in rules.formats:
        if form == _ISO:
            reading.take_iso(texts)
        elif _HAS_ZONE.search(form):
            reading.take_zoned(texts, lambda rest, form=form: _plausible(rest.str.to_datetime(form, strict=False)))  # type: ignore[misc]
        else:
            parsed = _plausible(texts.str.to_datetime(form, strict=False, time_unit="us"))
            reading.take_local(parsed, is_day=not _HAS_CLOCK.search(form))
    return reading.times(texts.is_not_null())


class _Reading:
    """The instants of a column so far; a row that has one keeps it."""

    def __init__(self, rules: ZoneRules, rows: int) -> None:
        self.rules = rules
        self.at = pl.Series("at", [None], dtype=_INSTANT).new_from_index(0, rows)
        self.latest = self.at
        self.zones: Counter[str] = Counter()
        self.assumed: Counter[str] = Counter()

    def times(self, is_written: pl.Series) -> Times:
        latest = self.latest.set(self.latest == self.at, None)
        return Times(self.at, latest, is_written & self.at.is_null(), self.zones, self.assumed)

    def take_datetimes(self, written: pl.Series) -> None:
        if isinstance(written.dtype, pl.Datetime) and written.dtype.time_zone:
            self._keep(written.dt.convert_time_zone("UTC").cast(_INSTANT), None)
            self.zones[written.dtype.time_zone] += written.count()
        else:
            self.take_local(written.cast(_NAIVE), is_day=False)

    def take_zoned(self, texts: pl.Series, parse: Callable[[pl.Series], pl.Series]) -> None:
        rest = self._rest(texts)
        if rest.count():
            parsed = parse(rest)
            self._keep(parsed.cast(_INSTANT), None)
            suffixes = rest.filter(parsed.is_not_null()).str.extract(r"(Z|UTC|[+-][0-9]{2}:?[0-9]{2})$")
            for zone, count in suffixes.value_counts().iter_rows():
                self.zones["UTC" if zone in {"Z", None} else zone] += count

    def take_local(self, local: pl.Series, *, is_day: bool) -> None:
        local = local.set(self.at.is_not_null(), None)
        if not local.count():
            return
        zone, name, is_assumed = self.rules.default()
        at, latest = in_utc(local, zone)
        if is_day:
            latest = in_utc(local + _DAY, zone)[1] - _MICROSECOND
        self._keep(at, latest)
        self.zones[name] += at.count()
        if is_assumed:
            self.assumed[name] += at.count()

    def take_iso(self, texts: pl.Series) -> None:
        """What a record may write: full timestamps at once, whatever else by its distinct texts."""
        joined = texts.str.replace(r"^([0-9-]{10}) +([0-9])", "${1}T$2")
        full = joined.set(~joined.str.contains(FULL_STAMP), None)
        self.take_zoned(full, lambda rest: rest.str.to_datetime(STAMP_FORMAT, strict=False))
        for pattern, form in _LOCAL_FORMATS.items():
            stamps = self._rest(joined)
            stamps = stamps.set(~stamps.str.contains(pattern), None)
            if stamps.count():
                self.take_local(stamps.str.to_datetime(form, strict=False, time_unit="us"), is_day=False)
        self._take_distinct(self._rest(texts))

    def _take_distinct(self, texts: pl.Series) -> None:
        if not texts.count():
            return
        at: list[tuple[str, datetime, datetime]] = []
        for text, count in texts.drop_nulls().value_counts(sort=True).iter_rows():
            instant = read_instant(text, self.rules)
            if instant is None:
                continue
            at.append((text, instant.earliest, instant.latest))
            self.zones[instant.zone] += count
            if instant.zone_assumed:
                self.assumed[instant.zone] += count
        known = pl.DataFrame(at, schema={"text": pl.String, "at": _INSTANT, "latest": _INSTANT}, orient="row")
        found = texts.alias("text").to_frame().join(known, on="text", how="left", maintain_order="left")
        self._keep(found["at"], found["latest"])

    def _rest(self, texts: pl.Series) -> pl.Series:
        return texts.set(self.at.is_not_null(), None)

    def _keep(self, at: pl.Series, latest: pl.Series | None) -> None:
        is_new = self.at.is_null() & at.is_not_null()
        self.at = at.alias("at").zip_with(is_new, self.at)
        if latest is not None:
            self.latest = latest.alias("at").zip_with(is_new, self.latest)


def _plausible(parsed: pl.Series) -> pl.Series:
    """Without the years that %Y makes of two digits: 5/3/16 is not the year 16."""
    return parsed.set(parsed.dt.year() < _FIRST_YEAR, None)


def with_zone(rules: TimeRules, zone: str | None, formats: Sequence[str] = ()) -> TimeRules:
    """The rules with another zone or other formats, where a column has its own."""
    zones = replace(rules.zones, zone=zone) if zone else rules.zones
    return TimeRules(zones, tuple(formats) or rules.formats)
