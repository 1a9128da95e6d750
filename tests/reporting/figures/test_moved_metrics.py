"""A bar a series as long as it moved, and a dot when that began."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from incident_analytics.reporting.figures.moved_metrics import MovedGroup, MovedRow, moved_metrics_figure

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
LATENCY = MovedRow("Latency", "api", "0.5 to 10 s", 870.0, 1.5, was_flat=False, began_at=NOON + timedelta(seconds=45))
WAITING = MovedRow("Waiting", "", "0 to 50", 100.0, 1.4, was_flat=True, began_at=NOON + timedelta(seconds=30))
GROUPS = [MovedGroup("What users feel", (LATENCY,)), MovedGroup("What systems do", (WAITING,))]


def spec(groups: list[MovedGroup], recorded: datetime | None = NOON) -> dict[str, Any]:
    """The figure as plotly's JSON."""
    figure = moved_metrics_figure(groups, recorded=recorded, zone="UTC", caption="Moved.")
    assert figure is not None
    return figure.spec()


def test_the_words_say_by_how_much_and_since_when() -> None:
    """A series that was flat has no number; the recorded start is named where it is drawn."""
    figure = moved_metrics_figure(GROUPS, recorded=NOON, zone="UTC", caption="Moved.")
    assert figure is not None
    assert figure.alt == (
        "Metrics that moved most. What users feel: Latency (api) 0.5 to 10 s, 870 times its usual spread, since "
        "12:00:45. What systems do: Waiting 0 to 50, flat before, since 12:00:30."
    )
    assert figure.caption == "Moved. Dotted line: the recorded start, 12:00."


def test_bars_marks_and_dots_stand_in_their_rows() -> None:
    """Headings take seven tenths of a row; 870 is 2.94 powers of ten."""
    bars, reaches, dots = spec(GROUPS)["data"]
    assert (bars["x"], bars["y"]) == ([2.94, 2], [0.7, 2.4])
    assert (bars["type"], bars["mode"]) == ("scatter", "markers")
    assert reaches["x"] == [0.1761, 0.1461]
    assert dots["x"] == ["2024-01-15 12:00:45", "2024-01-15 12:00:30"]
    assert bars["marker"]["color"][1].startswith("rgba")


def test_a_recorded_start_far_away_is_not_drawn() -> None:
    """Two hours later."""
    far = NOON + timedelta(hours=2)
    figure = moved_metrics_figure(GROUPS, recorded=far, zone="UTC", caption="Moved.")
    assert figure is not None
    assert figure.caption == "Moved."
    assert "x2" not in [shape.get("xref") for shape in spec(GROUPS, far)["layout"]["shapes"]]


def test_without_any_onset_there_is_no_axis_of_time() -> None:
    """Bars alone."""
    alone = MovedRow("Waiting", "", "0 to 50", 3.0, 1.4, was_flat=False, began_at=None)
    drawn = spec([MovedGroup("What systems do", (alone,))])
    assert "xaxis2" not in drawn["layout"]
    assert len(drawn["data"]) == 2


def test_on_a_phone_names_stand_above_their_bars() -> None:
    """And the left margin is only as wide as half a mark."""
    layout = spec(GROUPS)["layout"]
    assert layout["meta"]["phone"]["margin"]["l"] == 10
    assert layout["margin"]["l"] > 60
    phone = [words["text"] for words in layout["meta"]["phone"]["annotations"]]
    assert any("Latency (api)" in text and "0.5 to 10 s" in text for text in phone)


def test_names_are_words() -> None:
    """Markup of a label is shown as it stands, and long ones are cut."""
    row = MovedRow("<b>" + "x" * 300, "", "1 to 2", 3.0, 1.4, was_flat=False, began_at=NOON)
    texts = [words["text"] for words in spec([MovedGroup("What systems do", (row,))])["layout"]["annotations"]]
    (name,) = [text for text in texts if "xxx" in text]
    assert "&lt;b&gt;" in name
    assert "…" in name


def test_no_row_is_no_figure() -> None:
    """Groups without rows."""
    assert moved_metrics_figure([MovedGroup("Empty", ())], recorded=None, zone="UTC", caption="") is None
