"""Callouts and folds."""

from __future__ import annotations

from incident_analytics.reporting.blocks import Callout, Folded, Paragraph, Strong


def test_callout_in_three_forms() -> None:
    """The sentence in bold, the rest after it."""
    callout = Callout("Looks like: <pool>.", ("For: ", Strong("8,214"), " lines."), "note")
    assert callout.html() == (
        '<div class="callout note"><b>Looks like: &lt;pool&gt;.</b> For: <b>8,214</b> lines.</div>'
    )
    assert callout.markdown() == "> **Looks like: &lt;pool>.** For: **8,214** lines."
    assert callout.plain() == "Looks like: <pool>. For: 8,214 lines."


def test_fold_holds_its_blocks() -> None:
    """On the page they open, elsewhere they stand open."""
    fold = Folded("Ledger of 2 files", (Paragraph("a"), Paragraph("b")))
    assert fold.html() == ('<details class="folded"><summary>Ledger of 2 files</summary><p>a</p><p>b</p></details>')
    assert fold.markdown() == "**Ledger of 2 files**\n\na\n\nb"
    assert fold.plain() == "Ledger of 2 files\na\nb"
