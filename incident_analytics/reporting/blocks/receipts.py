"""Receipts: for each number its definition, where its ends stand, and what went in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.escape import html_text, markdown_text, printable
from incident_analytics.reporting.blocks.spans import Inline, inline_html, inline_markdown, inline_plain


def receipt_anchor(name: str) -> str:
    """The place on the page where the receipt of that name stands.

    >>> receipt_anchor("time_to_detection")
    'receipt-time_to_detection'
    """
    return f"receipt-{re.sub(r'[^0-9A-Za-z_-]+', '-', name)}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """How one number came to be.

    Args:
        name: The stable name of the number, unique on its page; a tile's ``receipt_name`` leads here.
        title: The name people read.
        value: The number as the page shows it.
        facts: Term and text in their order: definition, clock, from, to, rows in and out, findings.
    """

    name: str
    title: str
    value: str
    facts: tuple[tuple[str, Inline], ...]

    def html(self) -> str:
        """The receipt folded behind its title and value."""
        facts = "".join(f"<dt>{html_text(term)}</dt><dd>{inline_html(text)}</dd>" for term, text in self.facts)
        # The anchor stands inside, so that following a link to it opens the fold even without a script.
        return (
            f"<details><summary>{html_text(self.title)}: <b>{html_text(self.value)}</b></summary>"
            f'<dl id="{receipt_anchor(self.name)}">{facts}</dl></details>'
        )

    def markdown(self) -> str:
        """The receipt as a list below its title."""
        facts = [f"- {markdown_text(term)}: {inline_markdown(text)}" for term, text in self.facts]
        return "\n".join([f"**{markdown_text(self.title)}: {markdown_text(self.value)}**", "", *facts])

    def plain(self) -> str:
        """The receipt, a line for each fact."""
        facts = [f"  {printable(term)}: {inline_plain(text)}" for term, text in self.facts]
        return "\n".join([f"{printable(self.title)}: {printable(self.value)}", *facts])


@dataclass(frozen=True, slots=True)
class Receipts(Block):
    """The receipts of a page, in the order of their numbers."""

    receipts: tuple[Receipt, ...]

    def html(self) -> str:
        """The receipts, folded one by one."""
        return f'<div class="receipts">{"".join(receipt.html() for receipt in self.receipts)}</div>'

    def markdown(self) -> str:
        """The receipts one after another."""
        return "\n\n".join(receipt.markdown() for receipt in self.receipts)

    def plain(self) -> str:
        """The receipts one after another."""
        return "\n".join(receipt.plain() for receipt in self.receipts)
