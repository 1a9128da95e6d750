"""Columns of wall-clock times to UTC; the hour that occurs twice, or never, keeps both its readings."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from incident_analytics.model.zones import localized

if TYPE_CHECKING:
    from datetime import tzinfo

_INSTANT = pl.Datetime("us", "UTC")
_NAIVE = pl.Datetime("us")


def in_utc(local: pl.Series, zone: tzinfo) -> tuple[pl.Series, pl.Series]:
    """The earliest and the latest instant of each wall-clock time in a zone; they are equal but where clocks change."""
    if not isinstance(zone, ZoneInfo):
        offset = zone.utcoffset(None) or timedelta(0)
        at = (local - offset).dt.replace_time_zone("UTC")
        return at, at
    name = str(zone)
    early = local.dt.replace_time_zone(name, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")
    late = local.dt.replace_time_zone(name, ambiguous="latest", non_existent="null").dt.convert_time_zone("UTC")
    skipped = local.filter(early.is_null() & local.is_not_null()).unique()
    if len(skipped):
        early, late = _with_skipped(local, early, late, skipped, zone)
    return early, late


def _with_skipped(
    local: pl.Series, early: pl.Series, late: pl.Series, skipped: pl.Series, zone: tzinfo
) -> tuple[pl.Series, pl.Series]:
    rows = [(at, *(each.astimezone(UTC) for each in localized(at, zone))) for at in skipped]
    schema = {"local": _NAIVE, "early": _INSTANT, "late": _INSTANT}
    known = pl.DataFrame(rows, schema=schema, orient="row")
    found = local.alias("local").to_frame().join(known, on="local", how="left", maintain_order="left")
    is_skipped = found["early"].is_not_null()
    return found["early"].zip_with(is_skipped, early), found["late"].zip_with(is_skipped, late)
