"""Columns of times as instants in UTC: calendar spellings and epochs of four units, read whole columns at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from incident_analytics.errors import ParameterError
from incident_analytics.model.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Sequence

UTC_MICROSECONDS: Final = pl.Datetime("us", "UTC")

# ISO 8601 with a T, spaces or slashes; Go's print adds the zone's name and its monotonic clock (m=+0.305).
_CALENDAR = (
    r"^(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?)?"
    r"\s*(?P<zone>(?:[Zz]|UTC|GMT|(?P<sign>[+-])(?P<off_hours>\d{2})(?::?(?P<off_minutes>\d{2}))?)"
    r"(?:\s+[A-Z+-][A-Z0-9]{1,5})?)?(?:\s+m=[+-][\d.]+)?$"
)
# 14 digits are a calendar time written without signs: as milliseconds they would lie after the year 2286.
_COMPACT = r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})|(\d{2})(\d{2})(\d{2})$)"
# From 9 digits on (1973), so that 0, 15, 30 seconds since the start are not taken for 1970.
_EPOCH = r"^\d{9,10}(?:\.\d*)?$|^\d{12,13}(?:\.\d*)?$|^\d{15,16}(?:\.\d*)?$|^\d{18,19}$|^\d\.\d+[eE]\+?(?:9|12|15|18)$"
_EARLIEST_YEAR, _LATEST_YEAR = 2, 9998


@dataclass(frozen=True, slots=True)
class Times:
    """A column read as times.

    Args:
        at: Datetime in microseconds, UTC; null where the cell is no time.
        kind: ``epoch`` where the cells are numbers, ``calendar`` otherwise.
        naive: True where no zone was written, so that the given one was used.
        ambiguous: True where the local hour occurs twice and the earlier instant was taken.
    """

    at: pl.Series
    kind: Literal["calendar", "epoch"]
    naive: pl.Series
    ambiguous: pl.Series


def read_times(cells: Sequence[str], *, zone: str) -> Times:
    """The instants of a column's cells.

    Fractions finer than a microsecond are cut. A local time that the zone's clocks skip is null.

    Args:
        cells: The cells as written.
        zone: The zone of times that carry none: an IANA name or an offset.

    Raises:
        ParameterError: There is no such zone.

    >>> read_times(["1661140279", "2022-08-22 03:51:19 +0000 UTC m=+0.1"], zone="UTC").at.dt.year().to_list()
    [2022, 2022]
    """
    text = pl.Series("text", cells, dtype=pl.String).str.strip_chars()
    epoch = text.str.contains(_EPOCH)
    parts = pl.DataFrame({"text": text}).select(
        pl.col("text")
        .str.replace(_COMPACT, "${1}-${2}-${3}T${4}${7}:${5}${8}:${6}${9}")
        .str.extract_groups(_CALENDAR)
        .alias("parts")
    )
    local = parts.unnest("parts").select(
        _local_time().alias("local"), _offset().alias("offset"), pl.col("zone").is_null().alias("no_zone")
    )
    frame = local.with_columns(
        pl.coalesce(pl.Series("epoch", _epochs(text, epoch)), _with_offset()).alias("written"),
        (pl.col("no_zone") & pl.col("local").is_not_null()).alias("naive"),
    ).with_columns(_in_zone(zone, "earliest").alias("early"), _in_zone(zone, "latest").alias("late"))
    at = frame.select(
        pl.when("naive").then("early").otherwise("written").cast(UTC_MICROSECONDS).alias("at"),
    ).select(
        pl.when(pl.col("at").dt.year().is_between(_EARLIEST_YEAR, _LATEST_YEAR)).then("at").alias("at"),
    )["at"]
    is_epoch = int(epoch.sum() or 0) * 2 > len(cells)
    ambiguous = (frame["naive"] & (frame["early"] != frame["late"])).fill_null(value=False).alias("ambiguous")
    return Times(at, "epoch" if is_epoch else "calendar", frame["naive"], ambiguous)


def read_epoch_numbers(numbers: Sequence[float | None]) -> pl.Series:
    """The instants of epochs that are numbers already: seconds, or by their size ms, us or ns."""
    series = pl.Series("at", numbers, dtype=pl.Float64, strict=False)
    return _scaled(series.to_frame(), pl.col("at"))


def _epochs(text: pl.Series, epoch: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"at": text, "epoch": epoch}).select(pl.when("epoch").then("at").alias("at"))
    exact = _scaled(frame, pl.col("at").cast(pl.Int64, strict=False))
    return exact.zip_with(exact.is_not_null(), _scaled(frame, pl.col("at").cast(pl.Float64, strict=False)))


def _scaled(frame: pl.DataFrame, number: pl.Expr) -> pl.Series:
    """Microseconds of epochs by size: 1e11 seconds are the year 5138, 1e11 milliseconds are 1973."""
    scaled = (
        pl.when(number < 1e11)  # noqa: PLR2004 -- see above, and the next two units likewise
        .then(number * 1_000_000)
        .when(number < 1e14)  # noqa: PLR2004
        .then(number * 1_000)
        .when(number < 1e17)  # noqa: PLR2004
        .then(number)
        .otherwise(number // 1_000)
    )
    whole = pl.when(number.is_between(0, 9.2e18)).then(scaled.round()).cast(pl.Int64, strict=False)
    return frame.select(whole.cast(UTC_MICROSECONDS).alias("at"))["at"]


def _local_time() -> pl.Expr:
    two = [pl.col(name).fill_null("00").str.zfill(2) for name in ("month", "day", "hour", "minute", "second")]
    fraction = pl.col("fraction").fill_null("0").str.slice(0, 6).str.pad_end(6, "0")
    return pl.format("{}-{}-{} {}:{}:{}.{}", "year", *two, fraction).str.to_datetime(
        "%Y-%m-%d %H:%M:%S%.6f", strict=False, time_unit="us"
    )


def _offset() -> pl.Expr:
    minutes = pl.col("off_hours").cast(pl.Int64) * 60 + pl.col("off_minutes").fill_null("0").cast(pl.Int64)
    signed = pl.when(pl.col("sign") == "-").then(-minutes).otherwise(minutes)
    return pl.duration(minutes=signed.fill_null(0))


def _with_offset() -> pl.Expr:
    return (pl.col("local") - pl.col("offset")).dt.replace_time_zone("UTC")


def _in_zone(zone: str, ambiguous: Literal["earliest", "latest"]) -> pl.Expr:
    known = zone_named(zone)
    if known is None:
        raise ParameterError("there is no such zone", expected="an IANA name such as Europe/Berlin", found=zone)
    offset = known.utcoffset(None)
    if offset is not None:
        return (pl.col("local") - pl.lit(offset)).dt.replace_time_zone("UTC")
    in_zone = pl.col("local").dt.replace_time_zone(zone, ambiguous=ambiguous, non_existent="null")
    return in_zone.dt.convert_time_zone("UTC")
