"""Tests of the logarithmic axis of durations."""

from __future__ import annotations

from incident_analytics.reporting.figures.duration_axis import duration_axis, marks, span_of


def test_marks_read_as_words_and_stand_clear() -> None:
    """On three hundred pixels from a minute to a day there is room for five."""
    assert [text for _, text in marks((50, 100_000), 300, 12)] == ["1 min", "10 min", "1 h", "6 h", "1 d"]


def test_short_axis_has_finer_marks() -> None:
    """Between two and fifteen minutes."""
    found = marks((120, 900), 210, 13, is_upright=True)
    assert [text for _, text in found] == ["2 min", "3 min", "5 min", "10 min", "15 min"]


def test_span_has_room_on_both_sides() -> None:
    """What took no time stands at a second, which a logarithm can show."""
    assert span_of([0.0, 100.0], room=2) == (0.5, 200.0)


def test_axis_of_nothing_is_some_axis() -> None:
    """A minute to an hour, with its room."""
    assert span_of([], room=1) == (60.0, 3600.0)


def test_range_is_in_powers_of_ten() -> None:
    """As plotly wants it of a logarithmic axis."""
    assert duration_axis((10, 1000), [(60.0, "1 min")], 13)["range"] == [1.0, 3.0]
