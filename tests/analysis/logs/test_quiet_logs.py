"""A log without change gives "nothing moved": of a hundred seeded ones at most eight name a template."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from incident_analytics.analysis.logs.moved_templates import moved_templates

if TYPE_CHECKING:
    from numpy.random import Generator

    Hours = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

START = datetime(2024, 1, 15, 14, tzinfo=UTC)
TEMPLATES, TELLING, MOST = 30, 10, 8


def steady(draw: Generator, hours: float, window: float, rate: float) -> Hours:
    """Lines that know nothing of each other."""
    return draw.uniform(-hours, window, draw.poisson(rate * (hours + window)))


def bursts(draw: Generator, hours: float, window: float, rate: float, *, size: float) -> Hours:
    """Lines that come in bursts: the variance of their number is about twice the size times its mean."""
    begins = draw.uniform(-hours, window, draw.poisson(rate * (hours + window) / size))
    instants = np.repeat(begins, draw.geometric(1 / size, begins.size))
    return instants + draw.exponential(1 / 360, instants.size)


def by_day(draw: Generator, hours: float, window: float, rate: float) -> Hours:
    """Nine times as many at noon as at midnight, or any hours that far apart."""
    instants = steady(draw, hours, window, 1.8 * rate)
    rhythm = 1 + 0.8 * np.sin(2 * np.pi * (instants / 24 + draw.uniform()))
    return instants[draw.uniform(0, 1.8, instants.size) < rhythm]


def quiet_log(kind: str, draw: Generator, hours: float, window: float) -> dict[str, Hours]:
    """When thirty templates came, from some in an hour to hundreds, or one in half a day; nothing happens to any."""
    parts = {}
    rare = {"rare", "rare and telling"}
    for number in range(TEMPLATES):
        rate = 1 / 12 if kind in rare else draw.lognormal(2, 1)
        if kind.startswith("bursts"):
            lines = bursts(draw, hours, window, rate, size=float(kind.rsplit(maxsplit=1)[-1]))
        else:
            lines = (by_day if kind == "by day" else steady)(draw, hours, window, rate)
        name = f"{number} killed" if kind.endswith("telling") and number % TELLING == 0 else str(number)
        parts[name] = lines[lines < window]
    return parts


def moved_in(parts: dict[str, Hours], hours: float, window: float) -> list[str]:
    """The templates that moved, by the hours before and after the start at which each came."""
    microseconds = START.timestamp() * 1e6 + np.concatenate(list(parts.values())) * 3.6e9
    names = np.repeat(list(parts), [part.size for part in parts.values()])
    lines = pl.DataFrame({"at": microseconds.astype(np.int64), "template": names}).select(
        pl.col("at").cast(pl.Datetime("us")).dt.replace_time_zone("UTC").alias("timestamp"),
        pl.col("template").alias("template_id"),
        "template",
        pl.col("template").alias("message"),
    )
    begin, end = START - timedelta(hours=hours), START + timedelta(hours=window)
    moved = moved_templates(lines, start=START, end=end, before_start=begin)
    is_named = (pl.col("p_value") <= 0.05) | (pl.col("p_new") <= 0.05)
    return moved.frame.filter(is_named.fill_null(value=False))["template"].to_list()


@pytest.mark.parametrize("kind", ["steady", "bursts of 3", "bursts of 10", "by day", "rare", "rare and telling"])
@pytest.mark.parametrize(("hours", "window"), [(24, 1.0), (4, 0.2)])
def test_of_a_hundred_quiet_logs_eight_at_most_name_a_template(kind: str, hours: float, window: float) -> None:
    """Five are expected, as 1 of 20 quiet windows moves as much as the most of them."""
    draw = np.random.default_rng(3)
    named = [bool(moved_in(quiet_log(kind, draw, hours, window), hours, window)) for _ in range(100)]
    assert sum(named) <= MOST


def test_a_burst_beyond_those_of_every_day_is_named() -> None:
    """Twenty lines an hour become two hundred, in bursts of three: all ten logs tell it, nine of them nothing else."""
    draw = np.random.default_rng(4)
    alone = 0
    for _ in range(10):
        more = bursts(draw, 0, 1.0, 200, size=3)
        flood = {"flood": np.concatenate((bursts(draw, 24, 0, 20, size=3), more[more < 1]))}
        named = moved_in(quiet_log("bursts of 3", draw, 24, 1.0) | flood, 24, 1.0)
        assert named[0] == "flood"
        alone += len(named) == 1
    assert alone >= 9
