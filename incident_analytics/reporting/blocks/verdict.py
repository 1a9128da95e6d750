"""A verdict: what changed, what did not, what is too early to say, each as a mark and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.spans import Inline, inline_html, inline_markdown, inline_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.marks import Mark


@dataclass(frozen=True, slots=True)
class Verdict(Block):
    """The sentences that a leader reads first.

    Args:
        lines: Each sentence with its mark, and what stands below it in smaller type; empty where nothing does.
    """

    lines: tuple[tuple[Mark, Inline, Inline], ...]

    def html(self) -> str:
        """The sentences as a list, the mark at the left."""
        items = "".join(f"<li>{mark.html()}<div>{_html(text, below)}</div></li>" for mark, text, below in self.lines)
        return f'<ul class="verdict" aria-label="What changed">{items}</ul>'

    def markdown(self) -> str:
        """The sentences as paragraphs, the mark in bold before each."""
        lines = [f"**{mark.markdown()}**: {_line(inline_markdown, text, below)}" for mark, text, below in self.lines]
        return "\n\n".join(lines)

    def plain(self) -> str:
        """A line for each sentence."""
        return "\n".join(f"{mark.plain()}: {_line(inline_plain, text, below)}" for mark, text, below in self.lines)


def _html(text: Inline, below: Inline) -> str:
    small = inline_html(below)
    return f"{inline_html(text)}<small>{small}</small>" if small else inline_html(text)


def _line(inline: Callable[[Inline], str], text: Inline, below: Inline) -> str:
    return f"{inline(text)} {inline(below)}".rstrip()
