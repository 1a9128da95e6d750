"""A flow says the same as a drawing, as a list and as plain text."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from incident_analytics.reporting.blocks import Flow, FlowBox, Mark

FLOW = Flow(
    "The flow",
    (
        (FlowBox("Detected", Mark("kept", "14:15"), is_taken=True),),
        (
            FlowBox("Page <on-call>", Mark("kept", "14:16"), is_taken=True),
            FlowBox("Ticket", Mark("not applicable", "not this way"), is_aside=True),
        ),
    ),
    "2 of 2 steps.",
)


def test_the_drawing_is_an_image_with_every_step_in_words() -> None:
    """Readers who cannot see it hear the steps with their states; nothing of a title is markup."""
    figure = ET.fromstring(FLOW.html())  # noqa: S314 -- our own words
    (drawing,) = figure.iter("svg")
    assert drawing.attrib["role"] == "img"
    assert drawing.attrib["aria-label"] == (
        "The flow: Detected: ● 14:15; Page <on-call>: ● 14:16; Ticket: – not this way"
    )
    assert len(list(drawing.iter("rect"))) == 3
    assert [path.attrib["class"] for path in drawing.iter("path")] == ["way aside", "way"]


def test_as_markdown_it_is_a_numbered_list() -> None:
    """Alternatives stand in one item."""
    assert FLOW.markdown().splitlines() == [
        "1. Detected: ● 14:15",
        "2. Page &lt;on-call>: ● 14:16 or Ticket: – not this way",
        "",
        "2 of 2 steps.",
    ]


def test_a_runbook_without_a_flow_shows_none() -> None:
    """An empty drawing would be a hole in the page."""
    assert Flow("The flow", ()).html() == ""
