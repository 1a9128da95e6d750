"""A run notebook as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import mistune

from incident_analytics.reporting.pages.markdown import render_markdown

if TYPE_CHECKING:
    from collections.abc import Callable


def test_figures_are_pictures_where_there_are_any(postmortem: dict[str, object]) -> None:
    """A picture carries the text alternative; a figure without picture is that text."""
    document = render_markdown(postmortem, title="x", pictures={"fig-timeline": "figures/fig-timeline.svg"})
    assert (
        "![Timeline: trouble began 14:12:40, alert 14:15, resolved 15:45](figures/fig-timeline.svg)\n\n"
        "Phases and milestones, UTC."
    ) in document
    assert "*Figure:* Payment success rate, %: falls at 14:12:40" in document


def test_document_has_one_title_and_every_section(postmortem: dict[str, object]) -> None:
    """The header brings the title; sections follow in the order of the notebook."""
    document = render_markdown(postmortem, title="not needed")
    assert [line for line in document.splitlines() if line.startswith("# ")] == [
        "# Payment processing outage &lt;script>alert('title')&lt;/script>"
    ]
    assert re.findall(r"^## (.+)$", document, re.MULTILINE)[:3] == ["Timeline", "Impact", "Evidence"]


def test_no_reader_of_the_document_meets_a_tag(postmortem: dict[str, object]) -> None:
    """Even a reader that lets HTML through finds none but its own."""
    reader = mistune.create_markdown(escape=False, plugins=["table"])
    page = reader(render_markdown(postmortem, title="x"))
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("&lt;script&gt;alert(") == 6


def test_pipe_of_an_action_item_stays_in_its_cell(postmortem: dict[str, object]) -> None:
    """The row keeps its four columns."""
    reader = mistune.create_markdown(escape=False, plugins=["table"])
    page = reader(render_markdown(postmortem, title="x"))
    assert "<td>Update runbook | all of it</td>" in page


def test_failed_section_says_so(broken_postmortem: dict[str, object]) -> None:
    """One line above, one line in its place, no traceback."""
    document = render_markdown(broken_postmortem, title="x")
    assert document.startswith("> **This report is partial.** Could not be generated: Evidence.\n\n")
    assert "> **This section could not be generated.** `ValueError: <b>bad</b>`\n" in document
    assert "An Exception was encountered" not in document


def test_printed_text_cannot_leave_its_block(make_notebook: Callable[..., dict[str, object]]) -> None:
    """A fence in the text gets a longer fence around it; the title stands where no header does."""
    cell = {
        "cell_type": "code",
        "id": "own",
        "metadata": {},
        "outputs": [
            {"output_type": "stream", "name": "stdout", "text": "```\n<b>\n"},
            {"output_type": "stream", "name": "stderr", "text": "warning"},
        ],
    }
    assert render_markdown(make_notebook(cell), title="A * B") == "# A \\* B\n\n````text\n```\n<b>\n````\n"
