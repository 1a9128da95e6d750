"""A number says how it is known."""

from __future__ import annotations

import pytest

from incident_analytics.model.measurement import Finding, Level, Measurement, Place


def test_a_place_reads_as_editors_write_it() -> None:
    """With its line where one is known."""
    assert str(Place("incident.yaml", 19)) == "incident.yaml:19"
    assert str(Place("evidence/a.json")) == "evidence/a.json"


def test_zero_is_a_value() -> None:
    """A detection in the same second took no time, and that is known."""
    assert Measurement("time_to_detection", "seconds", "derived", 0.0).is_known


def test_a_range_is_known_and_a_reason_alone_is_not() -> None:
    """A range has a low end and no value."""
    assert Measurement("time_to_detection", "seconds", "derived", low=0.0, high=60.0).is_known
    assert not Measurement("time_to_detection", "seconds", "pending", reason="open").is_known


@pytest.mark.parametrize(("level", "doubtful"), [("info", False), ("warning", True), ("error", True)])
def test_a_warning_makes_a_number_doubtful_and_a_note_does_not(level: Level, *, doubtful: bool) -> None:
    """A note is for the curious."""
    finding = Finding("rule", level, "message")
    assert Measurement("m", "seconds", "derived", 1.0, findings=(finding,)).is_doubtful is doubtful
