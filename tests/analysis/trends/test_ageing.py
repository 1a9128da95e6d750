"""How long action items stay open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from incident_analytics.analysis.action_items_frame import ACTION_ITEM_SCHEMA
from incident_analytics.analysis.trends.ageing import ageing

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)
DAY = 86_400


def items(*days: float, still: int = 0) -> pl.DataFrame:
    """Items that were closed so many days after they were opened, and some that are open since 40 days."""
    opened = AS_OF - timedelta(days=400)
    rows = [{"opened_at": opened, "closed_at": opened + timedelta(days=each), "is_closed": True} for each in days]
    rows += [{"opened_at": AS_OF - timedelta(days=40), "closed_at": None, "is_closed": False}] * still
    return pl.DataFrame([{"incident_id": "A", **row} for row in rows], schema=ACTION_ITEM_SCHEMA)


def test_the_share_still_open_is_that_of_kaplan_and_meier() -> None:
    """Of 10, 20, 60 days and one open since 40: after 40 days the one at 60 is the only one watched."""
    found = ageing(items(10, 20, 60, still=1), AS_OF)
    assert found.curve is not None
    assert found.curve.seconds == (10 * DAY, 20 * DAY, 40 * DAY, 60 * DAY)
    assert found.curve.share_open == pytest.approx((0.75, 0.5, 0.5, 0.0))
    assert [(each.days, each.share.estimate) for each in found.after] == [
        (7, 1.0), (30, 0.5), (90, 0.0), (180, 0.0), (365, 0.0),
    ]  # fmt: skip
    assert (found.median.estimate, found.median.n, found.median.n_open) == (40 * DAY, 4, 1)


def test_the_interval_of_what_is_open_is_that_of_what_is_closed_turned_round() -> None:
    """Low stays below high."""
    after = ageing(items(*range(1, 21)), AS_OF).after[0].share
    assert after.estimate == pytest.approx(0.65)
    assert (after.low, after.high) == (pytest.approx(0.4078, abs=1e-4), pytest.approx(0.8461, abs=1e-4))


def test_all_open_have_no_median() -> None:
    """And the curve stays at one."""
    found = ageing(items(still=3), AS_OF)
    assert found.median.estimate is None
    assert found.curve is not None
    assert found.curve.share_open == (1.0,)


def test_no_items_are_no_curve() -> None:
    """The reason is said."""
    found = ageing(items(), AS_OF)
    assert (found.curve, found.after, found.left_out) == (None, (), ())
    assert found.median.reason == "no action items with times"


def test_a_long_curve_is_thinned() -> None:
    """To 400 steps; its last one stays."""
    found = ageing(items(*(day / 10 for day in range(1, 2001))), AS_OF)
    assert found.curve is not None
    assert (len(found.curve.seconds), found.curve.seconds[-1], found.curve.n) == (400, 200 * DAY, 2000)
