"""What promtool prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.metrics import SampleReading


def test_values_stand_below_or_beside_their_series(written: Callable[..., SampleReading]) -> None:
    """A range and an instant; a series without a name takes the file's."""
    text = 'up{job="a"} =>\n1 @[1705328100]\nNaN @[1705328160.5]\n{job="b"} => 3 @[1705328100]\nsomething\n'
    reading = written(text, "query.txt")
    frame = reading.frame.collect()
    assert frame["metric"].to_list() == ["up", "up", "query"]
    assert frame["labels"].to_list() == ['{"job": "a"}', '{"job": "a"}', '{"job": "b"}']
    assert frame["value"].is_nan().to_list() == [False, True, False]
    assert (reading.files[0].rows, reading.files[0].unreadable) == (4, 1)
