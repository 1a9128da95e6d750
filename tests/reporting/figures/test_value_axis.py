"""An axis of values."""

from __future__ import annotations

from incident_analytics.reporting.figures.value_axis import value_axis


def test_it_has_the_ends_the_marks_and_nothing_else_to_see() -> None:
    """Marks and their words apart, as plotly takes them; no ticks, no grid, no line."""
    axis = value_axis((0, 1.04), [(0.0, "0 %"), (1.0, "100 %")], 12)
    assert (axis["range"], axis["tickvals"], axis["ticktext"]) == ([0, 1.04], [0.0, 1.0], ["0 %", "100 %"])
    assert [axis[name] for name in ("ticks", "showgrid", "zeroline", "showline")] == ["", False, False, False]
    assert axis["tickfont"]["size"] == 12  # type: ignore[index]  # a part of a part
