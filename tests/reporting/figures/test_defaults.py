"""What labels and lines have in common is said once, and nothing changes by it."""

from __future__ import annotations

from incident_analytics.reporting.figures.defaults import with_defaults


def test_what_every_label_says_moves_into_the_template() -> None:
    """Three labels of one colour keep their words and places; a fourth keeps its own colour."""
    labels = [{"text": word, "x": 0, "showarrow": False, "font": {"color": "#111111"}} for word in ("a", "b", "c")]
    labels.append({"text": "d", "x": 1, "showarrow": False, "font": {"color": "#222222"}})
    page, phone = with_defaults({"annotations": labels, "height": 9}, {"height": 9})
    assert page["template"] == {"layout": {"annotationdefaults": {"showarrow": False, "font": {"color": "#111111"}}}}
    assert page["annotations"] == [
        {"text": "a", "x": 0},
        {"text": "b", "x": 0},
        {"text": "c", "x": 0},
        {"text": "d", "x": 1, "font": {"color": "#222222"}},
    ]
    assert phone == {}


def test_what_only_some_lines_say_stays_with_them() -> None:
    """A dash that one line of three has must not be taken on by the others."""
    lines = [{"type": "line", "x0": 0, "line": {"width": 1}} for _ in range(2)]
    lines.append({"type": "line", "x0": 1, "line": {"width": 1, "dash": "dot"}})
    page, _ = with_defaults({"shapes": lines}, {})
    assert page["shapes"] == [{"x0": 0}, {"x0": 0}, {"x0": 1, "line": {"dash": "dot"}}]


def test_the_phone_says_only_what_differs() -> None:
    """An axis that differs in the size of its words alone gives that size alone."""
    page = {"yaxis": {"range": [0, 1], "tickfont": {"size": 13, "color": "#111111"}}, "height": 300}
    _, phone = with_defaults(page, {"yaxis": {"range": [0, 1], "tickfont": {"size": 12, "color": "#111111"}}})
    assert phone == {"yaxis": {"tickfont": {"size": 12}}}


def test_two_labels_are_not_worth_a_template() -> None:
    """Fewer than three things are left as they are."""
    labels = [{"text": "a", "showarrow": False}, {"text": "b", "showarrow": False}]
    assert with_defaults({"annotations": labels}, {}) == ({"annotations": labels}, {})
