"""Tiles: the few numbers a leader reads, each opening to how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.escape import html_text, markdown_text, printable
from incident_analytics.reporting.blocks.receipts import receipt_anchor
from incident_analytics.reporting.blocks.spans import (
    Inline,
    inline_html,
    inline_markdown,
    inline_plain,
    line_of,
)
from incident_analytics.reporting.blocks.table import Column, Table

if TYPE_CHECKING:
    from incident_analytics.reporting.blocks.marks import Mark

LONGEST_LARGE_VALUE = 12


@dataclass(frozen=True, slots=True)
class Tile:
    """One number with its name, its state, and the receipt it opens to.

    Args:
        label: What it is, such as ``Time to acknowledgment``.
        value: Number and unit in turn, such as ``(("1", "h"), ("30", "min"))``; or words, such as
            ``$45,000``, ``unknown``, ``–``, ``open since 14:15`` or ``3 to 13 min``.
        mark: The state beside the number, such as met or doubtful.
        note: One line below: the target, what was measured, or why there is no value.
        receipt: In a sentence, how it is known.
        receipt_name: The name of its `Receipt` on the same page.
        is_known: Whether there is a value; a tile without one stands back.
    """

    label: str
    value: str | tuple[tuple[str, str], ...]
    mark: Mark | None = None
    note: Inline = ""
    receipt: Inline = ""
    receipt_name: str = ""
    is_known: bool = True

    def text(self) -> str:
        """The value on one line.

        >>> Tile("Time to resolution", (("1", "h"), ("30", "min"))).text()
        '1 h 30 min'
        """
        if isinstance(self.value, str):
            return self.value
        return " ".join(f"{number} {unit}".strip() for number, unit in self.value)

    def state(self) -> Inline:
        """Mark and note on one line."""
        if self.mark is None:
            return self.note
        return line_of(self.mark, " · ", self.note) if line_of(self.note) else self.mark

    def html(self) -> str:
        """The tile as an item of the list of tiles."""
        if isinstance(self.value, str):
            value = html_text(self.value)
        else:
            value = " ".join(f"{html_text(number)} <small>{html_text(unit)}</small>" for number, unit in self.value)
        size = " long" if len(self.text()) > LONGEST_LARGE_VALUE else ""
        known = "" if self.is_known else " unknown"
        return (
            f'<li class="tile"><p class="label">{html_text(self.label)}</p>'
            f'<p class="value{size}{known}">{value}</p>'
            f"{self._note()}{self._receipt()}</li>"
        )

    def _note(self) -> str:
        # The dot between the two is drawn by the style sheet, which hides it where the line breaks.
        facts = [inline_html(fact) for fact in (self.mark or "", self.note)]
        spans = " ".join(f"<span>{fact}</span>" for fact in facts if fact)
        return f'<p class="note">{spans}</p>' if spans else ""

    def _receipt(self) -> str:
        link = ""
        if self.receipt_name:
            anchor = receipt_anchor(self.receipt_name)
            link = f' <a href="#{anchor}">Receipt<span class="sr"> of {html_text(self.label)}</span></a>'
        if not self.receipt and not link:
            return ""
        about = f'<span class="sr"> the {html_text(self.label[:1].lower() + self.label[1:])}</span>'
        return f"<details><summary>How we know{about}</summary><div>{inline_html(self.receipt)}{link}</div></details>"


@dataclass(frozen=True, slots=True)
class Tiles(Block):
    """The tiles of a page, in reading order."""

    tiles: tuple[Tile, ...]

    def html(self) -> str:
        """The tiles as a list laid out in columns."""
        return f'<ul class="tiles">{"".join(tile.html() for tile in self.tiles)}</ul>'

    def markdown(self) -> str:
        """The tiles as a pipe table."""
        lines = ["| Metric | Value | State |", "|---|---|---|"]
        for tile in self.tiles:
            cells = (
                markdown_text(tile.label),
                f"**{markdown_text(tile.text())}**",
                inline_markdown(tile.state()),
            )
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join(lines)

    def plain(self) -> str:
        """A line for each tile."""
        rows = tuple((tile.label, printable(tile.text()), inline_plain(tile.state())) for tile in self.tiles)
        return Table("", (Column(""), Column(""), Column("")), rows).plain()
