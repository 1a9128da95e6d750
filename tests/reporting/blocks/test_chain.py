"""A chain says the same as a drawing, as a nested list and as plain text."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from incident_analytics.reporting.blocks import Chain, ChainBox, Code

CHAIN = Chain(
    "Who waits",
    (
        ChainBox(
            "Session 1 holds up 3",
            "root",
            "idle for 5 min",
            ("last ran ", Code("update <t>")),
            behind=(ChainBox("3 sessions", "waiting", "wait", note="api & job", sessions=3),),
        ),
        ChainBox("Session 9 waits", "unclear"),
    ),
    "Each box waits.",
)


def test_the_drawing_is_a_nested_list_with_a_dot_a_session() -> None:
    """Readers who cannot see it hear a list; nothing of a query is markup."""
    figure = ET.fromstring(CHAIN.html())  # noqa: S314 -- our own words
    assert (figure.tag, figure.attrib["aria-label"]) == ("figure", "Who waits")
    assert [len(items.findall("li")) for items in figure.iter("ul")] == [2, 1]
    assert [box.attrib["class"] for box in figure.iter("div")] == ["session root", "session waiting", "session unclear"]
    (dots,) = (each for each in figure.iter("p") if each.attrib["class"] == "dots")
    assert (len(dots), dots.attrib["aria-hidden"]) == (3, "true")
    assert next(figure.iter("code")).text == "update <t>"


def test_as_markdown_it_is_a_nested_list() -> None:
    """Those that wait stand indented below."""
    assert CHAIN.markdown().splitlines() == [
        "- **Session 1 holds up 3**, idle for 5 min, last ran `update <t>`",
        "  - **3 sessions**, wait, api & job",
        "- **Session 9 waits**",
        "",
        "Each box waits.",
    ]


def test_as_text_it_is_indented() -> None:
    """A line a box."""
    assert CHAIN.plain().splitlines() == [
        "Session 1 holds up 3, idle for 5 min, last ran update <t>",
        "  3 sessions, wait, api & job",
        "Session 9 waits",
    ]


def test_dots_end_where_nobody_counts_them_any_more() -> None:
    """The number stands in the title."""
    assert Chain("", (ChainBox("5,000 sessions", "waiting", sessions=5000),)).html().count("<i>") == 60


def test_nothing_to_draw_is_no_drawing() -> None:
    """An empty box would be a hole in the page."""
    assert Chain("Who waits", ()).html() == ""
