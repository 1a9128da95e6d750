"""Showing pieces in a notebook cell."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import plotly.graph_objects as go
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.blocks import FigureBlock, Paragraph, show
from incident_analytics.reporting.blocks.figure import PLOTLY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    """A notebook's shell that keeps no history."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    config = Config()
    config.HistoryManager.enabled = False
    yield InteractiveShell.instance(config=config)
    InteractiveShell.clear_instance()


@pytest.mark.usefixtures("shell")
def test_pieces_are_published_in_order() -> None:
    """A figure travels as data, a paragraph as HTML, Markdown and text."""
    figure = go.Figure(go.Bar(y=[1]))
    with capture_output() as captured:
        show(Paragraph("a"), figure, alt="One bar", caption="C")
    assert [sorted(output.data) for output in captured.outputs] == [
        ["text/html", "text/markdown", "text/plain"],
        [PLOTLY, "text/plain"],
    ]
    assert captured.outputs[1].data[PLOTLY] == FigureBlock(figure, "One bar", "C").spec()


def test_figure_without_words_is_refused() -> None:
    """The same rule as for a block."""
    with pytest.raises(ParameterError, match="a figure needs a text alternative"):
        show(go.Figure())


def test_other_things_are_refused_before_anything_is_shown() -> None:
    """A frame is not a piece of a page."""
    with pytest.raises(ParameterError, match="cannot be shown on a page: expected a block or a plotly figure"):
        show(Paragraph("a"), "text")  # type: ignore[arg-type]


def test_blocks_load_nothing_heavy() -> None:
    """The pieces are plain text until a notebook shows them."""
    heavy = "{'IPython', 'plotly', 'nbformat', 'nbconvert', 'mistune', 'pandas'}"
    program = f"import sys, incident_analytics.reporting.blocks; print({heavy} & set(sys.modules))"
    done = subprocess.run(  # noqa: S603 - this interpreter with our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
