"""A callout, for what must not be missed, and a fold, for what need not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.escape import html_text, markdown_text, printable
from incident_analytics.reporting.blocks.spans import Inline, inline_html, inline_markdown, inline_plain


@dataclass(frozen=True, slots=True)
class Callout(Block):
    """A sentence in bold and what belongs to it, on a coloured ground.

    Args:
        title: The sentence.
        text: What belongs to it.
        tone: ``warn`` for what is abnormal, ``note`` for what is only worth knowing.
    """

    title: str
    text: Inline = ""
    tone: Literal["warn", "note"] = "warn"

    def html(self) -> str:
        """The callout as a box."""
        return f'<div class="callout {self.tone}"><b>{html_text(self.title)}</b> {inline_html(self.text)}</div>'

    def markdown(self) -> str:
        """The callout as a quotation."""
        return f"> **{markdown_text(self.title)}** {inline_markdown(self.text)}".rstrip()

    def plain(self) -> str:
        """The callout on a line."""
        return f"{printable(self.title)} {inline_plain(self.text)}".rstrip()


@dataclass(frozen=True, slots=True)
class Folded(Block):
    """Pieces behind a line that opens to them; on paper they stand open.

    Args:
        summary: The line.
        blocks: The pieces.
    """

    summary: str
    blocks: tuple[Block, ...]

    def html(self) -> str:
        """The pieces in a ``details`` element."""
        inside = "".join(block.html() for block in self.blocks)
        return f'<details class="folded"><summary>{html_text(self.summary)}</summary>{inside}</details>'

    def markdown(self) -> str:
        """The line in bold, the pieces below it."""
        return "\n\n".join([f"**{markdown_text(self.summary)}**", *(block.markdown() for block in self.blocks)])

    def plain(self) -> str:
        """The line, the pieces below it."""
        return "\n".join([printable(self.summary), *(block.plain() for block in self.blocks)])
