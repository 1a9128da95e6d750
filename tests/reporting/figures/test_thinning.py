"""Tests of samples on an even grid."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from incident_analytics.reporting.figures.thinning import EvenLine, thinned

if TYPE_CHECKING:
    from collections.abc import Callable


def test_even_samples_stay_as_they_are(moment: Callable[..., datetime]) -> None:
    """Three at a step of 15 s."""
    at = [moment(14, 15, second) for second in (0, 15, 30)]
    assert thinned(at, [1.0, 2.0, 3.0]) == EvenLine(moment(14, 15), 15.0, (1.0, 2.0, 3.0))


def test_missing_samples_are_a_gap(moment: Callable[..., datetime]) -> None:
    """Prometheus leaves them out; a line over them would be made up."""
    at = [moment(14, minute) for minute in (15, 16, 19, 20, 21)]
    line = thinned(at, [1.0, 2.0, 3.0, 4.0, 5.0])
    assert line is not None
    assert line.values == (1.0, 2.0, None, None, 3.0, 4.0, 5.0)


def test_one_missing_sample_is_no_gap(moment: Callable[..., datetime]) -> None:
    """A scrape that failed once must not tear the line."""
    at = [moment(14, minute) for minute in (15, 16, 18, 19, 20)]
    line = thinned(at, [1.0, 2.0, 3.0, 4.0, 5.0])
    assert line is not None
    assert line.values == (1.0, 2.0, 2.5, 3.0, 4.0, 5.0)


def test_a_sample_without_a_value_is_a_gap_however_short(moment: Callable[..., datetime]) -> None:
    """It was measured that nothing could be told."""
    at = [moment(14, minute) for minute in (15, 16, 17, 18)]
    line = thinned(at, [1.0, float("nan"), 3.0, 4.0])
    assert line is not None
    assert line.values == (1.0, None, 3.0, 4.0)


def test_values_that_are_no_numbers_are_gaps(moment: Callable[..., datetime]) -> None:
    """NaN is a division by zero requests, infinity an empty histogram."""
    at = [moment(14, minute) for minute in (15, 16, 17)]
    line = thinned(at, [float("nan"), 2.0, float("inf")])
    assert line is not None
    assert line.values == (None, 2.0, None)


def test_many_samples_keep_their_extremes(moment: Callable[..., datetime]) -> None:
    """A peak of one sample in a thousand is still there, and so is the trough."""
    at = [moment(10, 0) + timedelta(seconds=15 * number) for number in range(1000)]
    values = [50.0] * 1000
    values[333], values[777] = 99.0, 1.0
    line = thinned(at, values, most=100)
    assert line is not None
    assert len(line.values) == 100
    # 49 stretches of 20.4 samples: number 333 is the second value of the 17th, number 777 of the 39th
    assert (line.values.index(99.0), line.values.index(1.0)) == (33, 77)


def test_long_gap_stays_a_gap_when_samples_are_thinned(moment: Callable[..., datetime]) -> None:
    """Two of four hours are missing."""
    at = [moment(10, 0) + timedelta(seconds=15 * number) for number in range(960) if not 240 <= number < 720]
    line = thinned(at, [1.0] * len(at), most=48)
    assert line is not None
    # 23 stretches of 41.7 samples and one for the last: 6 have samples, 11 have none, 7 have some again
    assert [value is None for value in line.values] == [False] * 12 + [True] * 22 + [False] * 14


def test_one_sample_is_a_line_of_one(moment: Callable[..., datetime]) -> None:
    """There is no step to measure."""
    assert thinned([moment(14, 15)], [21.5]) == EvenLine(moment(14, 15), 1.0, (21.5,))


def test_samples_without_a_value_are_no_line(moment: Callable[..., datetime]) -> None:
    """Neither are no samples."""
    assert thinned([moment(14, 15)], [None]) is None
    assert thinned([], []) is None
