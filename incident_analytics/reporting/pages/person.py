"""The text of a cell that belongs to a person: prose once written, until then the invitation."""

from __future__ import annotations

import re

from incident_analytics.reporting.blocks.prose import Prose

COMMENT = re.compile(r"<!--(?P<words>.*?)-->", re.DOTALL)
INVITATION = re.compile(r"\s*>\s*\*\*Write here\.\*\*(?P<words>[^\n]*(?:\n\s*>[^\n]*)*)\s*")


def narrative(source: str) -> Prose:
    """The block for the text of a cell tagged ``narrative``.

    Comments (``<!-- ... -->``) are not shown. While nothing else stands in the cell, the words of the
    comment, or of a quotation that begins with **Write here.**, are the invitation.

    Args:
        source: The cell's Markdown without its section heading.
    """
    text = COMMENT.sub("", source).strip()
    only_invitation = INVITATION.fullmatch(text)
    if text and only_invitation is None:
        return Prose(text)
    comment = COMMENT.search(source)
    words = only_invitation["words"] if only_invitation else comment["words"] if comment else ""
    return Prose("", " ".join(words.replace("\n>", "\n").split()))


def narrative_html(source: str) -> str:
    """The block for the text of a cell tagged ``narrative``, as HTML."""
    return narrative(source).html()
