"""Columns of instants as the clock on a wall in some zone shows them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import tzinfo

    import polars as pl


def wall_clock(at: pl.Expr, zone: tzinfo) -> pl.Expr:
    """The local times, without a zone, of instants in UTC.

    Args:
        at: Instants as Datetime("us", "UTC").
        zone: The zone whose clock is read; summer time counts.
    """
    if isinstance(zone, ZoneInfo):
        return at.dt.convert_time_zone(str(zone)).dt.replace_time_zone(None)
    return at.dt.replace_time_zone(None) + (zone.utcoffset(None) or timedelta(0))
