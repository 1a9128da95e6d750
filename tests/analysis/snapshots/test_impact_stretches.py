"""Bursts of one impact, and whether it was over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from incident_analytics.analysis.snapshots.impact_stretches import impact_stretches, longest_run
from incident_analytics.analysis.snapshots.impact_window import impact_window

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
QUIET = np.zeros((30, 60))


def errors(by_minute: dict[int, float], *, until: int = 60) -> pl.DataFrame:
    """About two errors in a hundred a minute over four hours; from noon on what is given for a minute."""
    quiet = np.random.default_rng(1).normal(0.02, 0.002, 240 + until)
    values = [by_minute.get(number - 240, float(value)) for number, value in enumerate(quiet)]
    return pl.DataFrame({"timestamp": [NOON + MINUTE * at for at in range(-240, until)], "value": values})


def minutes(samples: pl.DataFrame) -> list[tuple[int, int | None]]:
    """The stretches, in minutes after noon."""
    found = impact_window(samples, since=NOON, until=NOON + 60 * MINUTE, direction="rises")
    return [
        ((begin - NOON) // MINUTE, None if end is None else (end - NOON) // MINUTE) for begin, end in found.stretches
    ]


def test_a_second_step_of_an_outage_that_goes_on_is_no_end() -> None:
    """From 40 to 35 % after a quarter of an hour, and the evidence ends."""
    steps = dict.fromkeys(range(10, 25), 0.40) | dict.fromkeys(range(25, 40), 0.35)
    assert minutes(errors(steps, until=40)) == [(10, None)]


@pytest.mark.parametrize("worse", [0.25, 0.5, 0.9])
def test_nor_is_a_step_down_that_leaves_much_of_it_or_a_step_up(worse: float) -> None:
    """80 %, then a quarter of the way or more above the level before."""
    steps = dict.fromkeys(range(10, 25), 0.80) | dict.fromkeys(range(25, 60), worse)
    assert minutes(errors(steps)) == [(10, None)]


def test_what_falls_back_for_good_is_over() -> None:
    """Half an hour at 40 %."""
    assert minutes(errors(dict.fromkeys(range(10, 40), 0.40))) == [(10, 40)]


def test_a_slow_return_is_over_once_it_is_back() -> None:
    """After 40 % ten minutes at 30 and ten at 20 %."""
    steps = dict.fromkeys(range(10, 20), 0.4) | dict.fromkeys(range(20, 30), 0.3) | dict.fromkeys(range(30, 40), 0.2)
    assert minutes(errors(steps)) == [(10, 40)]


def test_an_impact_that_ends_with_the_evidence_has_no_end() -> None:
    """Two samples after it are too few to tell."""
    assert minutes(errors(dict.fromkeys(range(10, 40), 0.4), until=42)) == [(10, None)]
    assert minutes(errors(dict.fromkeys(range(10, 40), 0.4), until=46)) == [(10, 40)]


def test_three_bursts_are_three_stretches() -> None:
    """One, two and one minute, as a process is killed, restarted and killed again."""
    bursts = dict.fromkeys((5, 30, 31, 50), 0.4)
    assert minutes(errors(bursts)) == [(5, 6), (30, 32), (50, 51)]


def test_a_last_burst_at_the_end_of_the_evidence_is_not_over() -> None:
    """The first two are."""
    bursts = dict.fromkeys((5, 30, 31, 32, 59), 0.4)
    assert minutes(errors(bursts)) == [(5, 6), (30, 33), (59, None)]


def test_peaks_that_quiet_hours_have_too_are_no_bursts() -> None:
    """A minute of 40 % came an hour before noon as well."""
    bursts = dict.fromkeys((-60, 5, 30, 31, 32, 33, 50), 0.4)
    assert minutes(errors(bursts)) == [(30, 34)]


def test_a_gap_of_few_samples_is_no_return() -> None:
    """Four quiet ones between two of twenty."""
    values = np.repeat([0.0, 9.0, 0.0, 9.0, 0.0], (10, 20, 4, 20, 6))
    assert impact_stretches(values, 10, 30, limit=1.0, quiet=QUIET) == ((10, 54),)


def test_the_slope_before_an_impact_is_no_burst_of_its_own() -> None:
    """Six of nine in the sample before the cut."""
    values = np.repeat([0.0, 6.0, 9.0, 0.0], (20, 1, 20, 19))
    assert impact_stretches(values, 21, 41, limit=1.0, quiet=QUIET) == ((21, 41),)


def test_the_longest_run_of_no_marks_is_none() -> None:
    """Nor is there one in no rows."""
    assert longest_run(np.zeros((3, 4), dtype=np.bool_)) == 0
    assert longest_run(np.zeros((0, 4), dtype=np.bool_)) == 0
