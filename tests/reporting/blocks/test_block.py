"""What every piece can do."""

from __future__ import annotations

from incident_analytics.reporting.blocks import Paragraph


def test_notebook_may_ask_for_some_forms_only() -> None:
    """IPython names the media types it wants, or those it does not."""
    paragraph = Paragraph("a")
    assert paragraph._repr_mimebundle_(include={"text/plain"}) == {"text/plain": "a"}
    assert paragraph._repr_mimebundle_(exclude={"text/html", "text/plain"}) == {"text/markdown": "a"}
