"""Times that are told twice, run backwards or jump are kept, counted and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.metrics import SampleReading

Told = list[tuple[str, str]]


def told(reading: SampleReading) -> Told:
    """Rule and message of each finding."""
    return [(finding.rule, finding.message) for finding in reading.findings]


def test_a_time_told_twice_is_a_finding(written: Callable[..., SampleReading]) -> None:
    """Of the same series; two pods at the same time are none."""
    text = "time,pod,cpu\n2024-01-15T14:15:00Z,a,1\n2024-01-15T14:15:00Z,b,1\n2024-01-15T14:15:00Z,a,2\n"
    reading = written(text, "cpu.csv")
    assert told(reading) == [
        ("duplicate-time", "1 of 3 samples have the time of another of their series; they are kept.")
    ]
    assert reading.frame.collect()["value"].to_list() == [1, 1, 2]
    assert str(reading.findings[0].where) == "cpu.csv:4"


def test_a_clock_that_runs_backwards_is_a_finding(written: Callable[..., SampleReading]) -> None:
    """The second of three is earlier than the first."""
    text = "time,cpu\n2024-01-15T14:15:00Z,1\n2024-01-15T14:14:00Z,1\n2024-01-15T14:17:00Z,2\n"
    assert told(written(text, "cpu.csv")) == [
        ("clock-backwards", "1 of 3 samples are earlier than the one before them in the file; they are kept.")
    ]


def test_the_newest_first_is_an_order_too(written: Callable[..., SampleReading]) -> None:
    """CloudWatch answers so: a note, no finding."""
    reading = written("time,cpu\n2024-01-15T14:17:00Z,1\n2024-01-15T14:16:00Z,1\n", "cpu.csv")
    assert told(reading) == []
    assert reading.files[0].notes[-1] == "the newest samples come first"


def test_one_wrong_digit_among_right_times_is_a_jump(written: Callable[..., SampleReading]) -> None:
    """1905328160 is the year 2030; its neighbours are a minute before and after 1705328160."""
    values = [[1705328100, "1"], [1905328160, "2"], [1705328220, "3"]]
    answer = {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {}, "values": values}]}}
    reading = written(answer)
    assert told(reading) == [
        (
            "time-jumps",
            "1 of 3 samples lie months away from those around them; they are kept; one wrong digit would explain it.",
        )
    ]
    assert reading.findings[0].expected == "1705328160 (2024-01-15T14:16:00Z)"
    assert reading.frame.collect()["timestamp"].dt.year().to_list() == [2024, 2030, 2024]


def test_a_series_of_nan_alone_is_told(written: Callable[..., SampleReading]) -> None:
    """0/0 for as long as nobody asks anything."""
    answer = '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1705328100,"NaN"]}]}}'
    assert told(written(answer)) == [
        ("no-numbers", "1 of 1 series hold no number at all, only NaN or nothing."),
    ]
