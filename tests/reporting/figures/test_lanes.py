"""Tests of labels in lanes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.reporting.figures.lanes import AWAY, Label, Lanes, Wish, in_lanes
from incident_analytics.reporting.figures.text_width import text_width

ROOM = Lanes(left=0, right=600, many=8, size=13, most=300)


def test_labels_descend_from_left_to_right() -> None:
    """Each lies above the stems that it covers, as on the mock-up."""
    wishes = [Wish(20, "14:15 alert triggered"), Wish(40, "14:18 IC assigned"), Wish(80, "14:25 root cause")]
    assert in_lanes(wishes, ROOM) == {
        0: Label("14:15 alert triggered", 2, "right"),
        1: Label("14:18 IC assigned", 1, "right"),
        2: Label("14:25 root cause", 0, "right"),
    }


def test_label_at_the_right_edge_stands_to_the_left() -> None:
    """It would be clipped otherwise."""
    assert in_lanes([Wish(590, "15:45 resolved")], ROOM) == {0: Label("15:45 resolved", 0, "left")}


def test_labels_of_one_instant_stand_one_above_the_other() -> None:
    """They share a stem; the first is the highest."""
    labels = in_lanes([Wish(20, "alert triggered"), Wish(20, "page sent"), Wish(20, "IC assigned")], ROOM)
    assert [(label.lane, label.side) for label in labels.values()] == [(2, "right"), (1, "right"), (0, "right")]


def test_last_labels_stand_towards_the_middle_where_the_right_is_too_narrow() -> None:
    """On a phone each would cover the other's stem if the first of them stood on the right."""
    wishes = [Wish(200, "15:02 Mitigated"), Wish(286, "15:45 Resolved")]
    labels = in_lanes(wishes, Lanes(0, 296, 8, 12, 220))
    assert [(label.text, label.side) for label in labels.values()] == [
        ("15:02 Mitigated", "left"),
        ("15:45 Resolved", "left"),
    ]


def test_labels_far_apart_share_a_lane() -> None:
    """The figure is no higher than it must be."""
    labels = in_lanes([Wish(20, "alert"), Wish(300, "resized")], ROOM)
    assert [label.lane for label in labels.values()] == [0, 0]


def test_most_wanted_labels_are_kept_when_lanes_run_out() -> None:
    """Twenty labels in ten pixels cannot all be shown."""
    wishes = [Wish(20 + place / 2, f"event number {place}", rank=place % 4) for place in range(20)]
    room = Lanes(0, 600, 3, 13, 300)
    assert {wishes[place].rank for place in in_lanes(wishes, room)} == {0}
    assert len(in_lanes(wishes, room)) == 3


def test_label_that_is_too_long_is_shortened() -> None:
    """To the widest a label may be."""
    room = Lanes(0, 600, 3, 13, 140)
    assert in_lanes([Wish(20, "14:40 Connection pool resized")], room)[0].text == "14:40 Connection…"


def test_label_that_would_say_nothing_is_left_out() -> None:
    """A time with an ellipsis is not worth its lane."""
    room = Lanes(0, 120, 3, 13, 100)
    assert in_lanes([Wish(60, "14:40 Connection pool resized", least=16)], room) == {}


@given(
    st.lists(
        st.builds(
            Wish,
            x=st.floats(20, 276),
            text=st.text("abc xyzWm…", min_size=1, max_size=40),
            rank=st.integers(0, 3),
            bold=st.booleans(),
        ),
        max_size=12,
    )
)
def test_no_label_touches_another_or_a_stem_or_the_edge(wishes: list[Wish]) -> None:
    """Whatever the points and their words are."""
    room = Lanes(0, 296, 8, 12, 190)
    placed = []
    for place, label in in_lanes(wishes, room).items():
        x, width = wishes[place].x, text_width(label.text, 12, bold=wishes[place].bold)
        low = x + AWAY if label.side == "right" else x - AWAY - width
        assert low >= 0
        assert low + width <= 296
        assert label.lane < 8
        placed.append((x, low, low + width, label.lane))
    for number, (x, low, high, lane) in enumerate(placed):
        for other, (_, other_low, other_high, other_lane) in enumerate(placed):
            if number == other:
                continue
            assert lane != other_lane or high <= other_low or other_high <= low
            # the stem of the one ends below the words of the other, or beside them
            assert not other_low < x < other_high or lane < other_lane
