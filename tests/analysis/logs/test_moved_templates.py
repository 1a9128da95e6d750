"""What is new or moved stands on top, and a log without change gives nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from scipy import stats

from incident_analytics.analysis.logs.moved_templates import moved_templates, onset_window
from incident_analytics.analysis.logs.signed_g2 import signed_g2
from incident_analytics.errors import ParameterError

START = datetime(2024, 1, 15, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)


def lines_of(counts: dict[str, list[tuple[datetime, timedelta, int]]], seed: int = 1) -> pl.DataFrame:
    """Lines at random instants: of each template so many from an instant on for so long."""
    draw = np.random.default_rng(seed)
    told = [(name, *stretch) for name, stretches in counts.items() for stretch in stretches]
    numbers = np.asarray([count for *_, count in told], dtype=np.int64)
    begin = np.repeat([stretch[1].timestamp() for stretch in told], numbers)
    length = np.repeat([stretch[2].total_seconds() for stretch in told], numbers)
    at = (begin + length * draw.random(begin.size)) * 1e6
    names = pl.Series([stretch[0] for stretch in told], dtype=pl.String).gather(
        np.repeat(np.arange(len(told)), numbers)
    )
    return pl.DataFrame({"timestamp": at.astype(np.int64), "template_id": names, "template": names}).with_columns(
        pl.col("timestamp").cast(pl.Datetime("us")).dt.replace_time_zone("UTC"), message=pl.col("template") + " seen"
    )


def test_g2_is_that_of_the_chi_squared_library() -> None:
    """Dunning's own example, and a thousand random tables to nine digits."""
    assert float(signed_g2(np.array([2442.0]), np.array([110.0]), 31_556, 221)[0]) == pytest.approx(270.7219, abs=1e-4)
    draw = np.random.default_rng(1)
    before, during = draw.integers(1, 500, (2, 1000)).astype(np.float64)
    for b, d, found in zip(before, during, signed_g2(before, during, 5000, 900), strict=True):
        table = [[b, d], [5000 - b, 900 - d]]
        expected = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        assert abs(found) == pytest.approx(expected, rel=1e-9, abs=1e-9)
        assert (found >= 0) == (d / 900 >= b / 5000)


def test_planted_templates_are_on_top() -> None:
    """Of 400 templates over 24 hours five are planted four times as often in the last one: 95 of 100 in the top ten."""
    draw = np.random.default_rng(7)
    found = 0
    for _ in range(20):
        rates = draw.lognormal(3, 1, 400)
        planted = draw.choice(400, 5, replace=False)
        before, during = draw.poisson(rates * 24).astype(np.float64), draw.poisson(rates).astype(np.float64)
        during[planted] = draw.poisson(rates[planted] * 4)
        g2 = signed_g2(before, during, 24 * 3.6e9, 3.6e9)
        found += len(set(np.argsort(-g2)[:10]) & set(planted))
    assert found >= 95


def test_a_new_template_is_told_with_its_first_line() -> None:
    """Nothing before, forty in the window: it stands on top, and no placebo moved as much."""
    lines = lines_of(
        {"steady": [(START - 22 * HOUR, 23 * HOUR, 2300)], "failed": [(START + timedelta(minutes=5), HOUR / 2, 40)]}
    )
    moved = moved_templates(lines, start=START, end=START + HOUR)
    top = moved.frame.row(0, named=True)
    assert (top["template"], top["before"], top["during"], top["is_new"], top["example"]) == (
        "failed", 0, 40, True, "failed seen",
    )  # fmt: skip
    assert top["first_at"] >= START + timedelta(minutes=5)
    assert (moved.placebos, moved.reason) == (20, "")
    assert top["p_value"] <= 0.05
    steady = moved.frame.row(1, named=True)
    assert (steady["is_new"], steady["p_value"] > 0.05) == (False, True)


def test_what_falls_silent_moves_too() -> None:
    """A hundred an hour and then none: below 0."""
    lines = lines_of({"beat": [(START - 20 * HOUR, 20 * HOUR, 2000)], "other": [(START - 20 * HOUR, 21 * HOUR, 2100)]})
    top = moved_templates(lines, start=START, end=START + HOUR).frame.row(0, named=True)
    assert (top["template"], top["during"]) == ("beat", 0)
    assert top["g2"] < 0
    assert top["first_at"] is None


def test_a_flood_of_one_makes_no_other_rare() -> None:
    """A template that goes on at its rate has not moved, though its share of the lines fell."""
    lines = lines_of(
        {
            "steady": [(START - 22 * HOUR, 23 * HOUR, 2300)],
            "flood": [(START, HOUR, 10_000), (START - 22 * HOUR, 22 * HOUR, 22)],
        }
    )
    steady = moved_templates(lines, start=START, end=START + HOUR).frame.filter(pl.col("template") == "steady")
    assert steady["p_value"][0] > 0.05
    assert abs(steady["g2"][0]) < 10


def test_logs_without_change_say_so() -> None:
    """Of 100 logs without change, bursts and all, at most eight show any template as moved (5 are expected)."""
    alarms = 0
    for seed in range(100):
        draw = np.random.default_rng(seed)
        counts = {}
        for template in range(15):
            level = draw.lognormal(2, 1)
            hourly = draw.poisson(level * draw.gamma(2, 0.5, 40))  # twice as uneven as chance
            counts[f"t{template}"] = [(START - (39 - hour) * HOUR, HOUR, int(n)) for hour, n in enumerate(hourly)]
        moved = moved_templates(lines_of(counts, seed), start=START, end=START + HOUR)
        alarms += moved.frame.filter(pl.col("p_value") <= 0.05).height > 0
    assert alarms <= 8


def test_without_a_time_before_there_is_no_p_value() -> None:
    """Counts are told; that they moved is not."""
    lines = lines_of({"a": [(START, HOUR, 10)]})
    moved = moved_templates(lines, start=START, end=START + HOUR)
    assert moved.reason == "there are no lines before the window"
    assert moved.frame.select("during", "expected", "g2", "p_value").row(0) == (10, None, None, None)


def test_a_short_time_before_gives_ranks_without_significance() -> None:
    """Two windows of the same length are no distribution."""
    lines = lines_of({"a": [(START - 2 * HOUR, 3 * HOUR, 300)], "b": [(START, HOUR, 9)]})
    moved = moved_templates(lines, start=START, end=START + HOUR)
    assert moved.reason == "the time before is shorter than 20 windows"
    assert moved.frame["template"][0] == "b"
    assert moved.frame["p_value"].null_count() == 2


def test_the_first_minutes_have_enough_windows_before_them() -> None:
    """Four hours before give twenty windows of twelve minutes."""
    assert onset_window(START - 4 * HOUR, START, START + 2 * HOUR) == START + timedelta(minutes=12)
    assert onset_window(START - 4 * HOUR, START, START + timedelta(minutes=3)) == START + timedelta(minutes=3)


def test_what_was_there_right_before_does_not_hide_it() -> None:
    """The flood begins half an hour before the window: that hour is no quiet one to compare with."""
    flood = [(START - HOUR / 2, 1.5 * HOUR, 300)]
    lines = lines_of({"steady": [(START - 22 * HOUR, 23 * HOUR, 2300)], "flood": flood})
    moved = moved_templates(lines, start=START, end=START + HOUR)
    top = moved.frame.row(0, named=True)
    assert (top["template"], top["is_new"]) == ("flood", False)
    assert top["p_value"] == pytest.approx(1 / 21)


def test_no_lines_are_nothing() -> None:
    """An empty frame with its columns."""
    moved = moved_templates(lines_of({"a": [(START, HOUR, 0)]}), start=START, end=START + HOUR)
    assert (moved.frame.height, moved.reason) == (0, "there are no lines")


def test_a_window_without_length_is_refused() -> None:
    """In one line."""
    with pytest.raises(ParameterError, match="the window: expected an end after its start"):
        moved_templates(lines_of({"a": [(START, HOUR, 1)]}), start=START, end=START)
