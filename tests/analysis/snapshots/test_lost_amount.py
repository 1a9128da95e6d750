"""What was not taken, what came back, what was lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from incident_analytics.analysis.snapshots.lost_amount import lost_amount
from incident_analytics.analysis.snapshots.weekly_baseline import counted_per
from incident_analytics.errors import ParameterError
from incident_analytics.sources.metrics import read_samples

ONSET = datetime(2024, 1, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SAMPLE = Path(__file__).parents[3] / "data" / "INC-2024-001"


def hourly(weeks: int = 6, **during: float) -> pl.DataFrame:
    """100 an hour, 10 at night; the hours after the onset as given by h1, h2, ..."""
    hours = range(-weeks * 168, 13)
    usual = [10.0 if (ONSET + HOUR * hour).hour < 6 else 100.0 for hour in hours]
    values = [during.get(f"h{hour}", value) for hour, value in zip(hours, usual, strict=True)]
    return pl.DataFrame({"timestamp": [ONSET + HOUR * hour for hour in hours], "value": values, "unit": "USD"})


def test_what_was_not_taken_less_what_came_back_is_lost() -> None:
    """Two hours at 40 instead of 100, then one at 150."""
    found = lost_amount(
        hourly(h1=40, h2=40, h3=150), onset=ONSET, end=ONSET + 2 * HOUR, until=ONSET + 4 * HOUR, per=HOUR
    )
    assert found.came_back is not None
    assert (found.not_taken.amount, found.came_back.amount, found.lost.amount) == (120.0, 50.0, 70.0)
    assert (found.not_taken.low, found.not_taken.high, found.not_taken.reason) == (120.0, 120.0, "")
    assert (found.not_taken.usual, found.not_taken.actual, found.not_taken.n) == (200.0, 80.0, 2)
    assert (found.unit, found.level_ratio, found.weeks) == ("USD", 1.0, 4)


def test_the_level_of_the_hours_before_counts() -> None:
    """A day at twice the usual demand loses twice as much."""
    twice = {f"h{hour}": 200.0 for hour in range(-4, 1)} | {"h1": 80.0}
    found = lost_amount(hourly(**twice), onset=ONSET, end=ONSET + HOUR, per=HOUR)
    assert (found.level_ratio, found.lost.amount) == (2.0, 120.0)


def test_without_two_weeks_of_history_nothing_is_told() -> None:
    """One week before is no baseline."""
    found = lost_amount(hourly(weeks=1), onset=ONSET, end=ONSET + HOUR, per=HOUR).lost
    assert (found.amount, found.low, found.high) == (None, None, None)
    assert found.reason == "too little history: the same hour of the week is not known of at least two weeks before"


def test_two_weeks_of_history_give_an_interval_from_one_week_before_each_quiet_window() -> None:
    """Every window of the last week, of one hour each, has a week before it; none has two."""
    found = lost_amount(hourly(weeks=2, h1=40), onset=ONSET, end=ONSET + HOUR, per=HOUR).lost
    assert (found.amount, found.low, found.high, found.reason) == (60.0, 60.0, 60.0, "")
    assert (found.n_placebos, found.placebo_weeks) == (165, 1)


def test_with_a_week_more_quiet_windows_have_two_weeks_before_them() -> None:
    """Then none that has one week only counts."""
    found = lost_amount(hourly(weeks=3, h1=40), onset=ONSET, end=ONSET + HOUR, per=HOUR).lost
    assert (found.n_placebos, found.placebo_weeks) == (165, 2)


def test_without_quiet_windows_there_is_an_amount_but_no_interval() -> None:
    """All of the last week is told to be other incidents, but for the hours that the impact is held against."""
    told = [(ONSET - 168 * HOUR + 2 * HOUR, ONSET - 5 * HOUR)]
    samples = hourly(weeks=2, h1=40)
    found = lost_amount(samples, onset=ONSET, end=ONSET + HOUR, per=HOUR, incidents=told).lost
    assert (found.amount, found.low, found.high, found.n_placebos, found.placebo_weeks) == (60.0, None, None, 1, 0)
    assert found.reason == (
        "no interval: 1 of the windows of the same length in the last two weeks is free of incidents with a week of "
        "history before, at least 20 are needed"
    )


def test_missing_samples_are_not_taken_for_lost_ones() -> None:
    """Half of the hours of the window are not there."""
    samples = hourly().filter(~pl.col("timestamp").is_in([ONSET + HOUR, ONSET + 3 * HOUR]))
    found = lost_amount(samples, onset=ONSET, end=ONSET + 4 * HOUR, per=HOUR).lost
    assert (found.amount, found.reason) == (None, "samples are missing: 2 in the window, 4 were expected")


def test_an_empty_snapshot_says_so() -> None:
    """No sample at all."""
    found = lost_amount(hourly().head(0), onset=ONSET, end=ONSET + HOUR, per=HOUR)
    assert (found.lost.amount, found.lost.n, found.level_ratio, found.weeks) == (None, 0, None, 0)
    assert found.lost.reason == "no samples in the window"


def test_other_incidents_are_no_part_of_what_is_usual() -> None:
    """The same noon was down in two of the four weeks before; they are told, so the other two count."""
    down = {f"h{1 - 168 * week}": 0.0 for week in (1, 2)}
    told = [(ONSET - 168 * week * HOUR, ONSET + (2 - 168 * week) * HOUR) for week in (1, 2)]
    found = lost_amount(hourly(h1=40, **down), onset=ONSET, end=ONSET + HOUR, per=HOUR, incidents=told)
    assert (found.lost.usual, found.weeks) == (100.0, 2)


def test_usual_hours_follow_the_local_clock() -> None:
    """Berlin's clock went forward on 31 March 2024: noon there is 10:00 UTC after it and 11:00 before."""
    onset = datetime(2024, 4, 3, 9, tzinfo=UTC)
    hours = range(-6 * 168, 3)
    change = datetime(2024, 3, 31, 1, tzinfo=UTC)
    at = [onset + HOUR * hour for hour in hours]
    values = [500.0 if (each.hour + (2 if each >= change else 1)) % 24 == 12 else 100.0 for each in at]
    samples = pl.DataFrame({"timestamp": at, "value": values})
    found = lost_amount(samples, onset=onset, end=onset + HOUR, per=HOUR, zone="Europe/Berlin")
    assert (found.lost.usual, found.lost.amount) == (500.0, 0.0)


def test_a_metric_tells_by_its_name_what_a_value_counts() -> None:
    """Per minute is a minute; bytes are no rate."""
    assert counted_per("orders_per_minute_history") == timedelta(minutes=1)
    assert counted_per("requests_per_second") == timedelta(seconds=1)
    assert counted_per("memory_bytes") is None


def test_a_value_counts_some_time() -> None:
    """Per nothing is no rate."""
    with pytest.raises(ParameterError, match="per"):
        lost_amount(hourly(), onset=ONSET, end=ONSET + HOUR, per=timedelta(0))


def test_the_planted_loss_of_the_sample_lies_in_the_interval() -> None:
    """52,398.55 USD not taken, 5,877.45 came back until 16:15, 46,521.10 lost (data/README.md)."""
    read = read_samples((SAMPLE / "evidence" / "metrics").glob("revenue*.json"), root=SAMPLE).frame.lazy().collect()
    found = lost_amount(
        read.filter(pl.col("metric") == "revenue_per_minute"),
        history=read.filter(pl.col("metric") == "revenue_per_minute_history"),
        onset=datetime(2024, 1, 15, 14, 12, 45, tzinfo=UTC),
        end=datetime(2024, 1, 15, 15, 2, 30, tzinfo=UTC),
        until=datetime(2024, 1, 15, 16, 15, tzinfo=UTC),
        per=timedelta(minutes=1),
    )
    assert found.came_back is not None
    told = [
        (round(part.low or 0), round(part.amount or 0), round(part.high or 0))
        for part in (found.not_taken, found.came_back, found.lost)
    ]
    assert told == [(48270, 51935, 54979), (1471, 5560, 10528), (39298, 46374, 53071)]
    assert (found.unit, found.weeks, found.lost.n_placebos) == ("USD", 4, 334)
