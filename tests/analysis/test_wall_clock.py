"""Tests of instants as a clock on the wall shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from incident_analytics.analysis.wall_clock import wall_clock


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        (UTC, [12, 12]),
        (ZoneInfo("Europe/Berlin"), [13, 14]),
        (timezone(timedelta(hours=-5)), [7, 7]),
    ],
)
def test_summer_time_counts_where_the_zone_has_it(zone: timezone | ZoneInfo, hours: list[int]) -> None:
    """Noon in UTC, in January and in July."""
    at = [datetime(2024, 1, 15, 12, tzinfo=UTC), datetime(2024, 7, 15, 12, tzinfo=UTC)]
    frame = pl.DataFrame({"at": at}, schema={"at": pl.Datetime("us", "UTC")})
    local = frame.select(wall_clock(pl.col("at"), zone)).to_series()
    assert local.dt.hour().to_list() == hours
    assert local.dtype == pl.Datetime("us")
