"""The top of a page and its running text: header, lead, paragraph, footer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks.block import Block, chosen
from incident_analytics.reporting.blocks.escape import html_text, markdown_text, printable
from incident_analytics.reporting.blocks.spans import Inline, inline_html, inline_markdown, inline_plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from incident_analytics.reporting.blocks.marks import SeverityMark

STYLE_START = '<style class="notebook-style">'
STYLE_END = "</style>"
MASTHEAD = '<header class="masthead">'


@dataclass(frozen=True, slots=True)
class Header(Block):
    """What the document is about: a line above, the title, and the facts in one line below.

    Args:
        eyebrow: The kind of document and the id, such as ``Post-mortem · INC-2024-001``.
        title: The title, as recorded.
        severity: The severity; None where there is none to show.
        meta: Facts in their order, such as state, dates, services.
    """

    eyebrow: str
    title: str
    severity: SeverityMark | None = None
    meta: tuple[Inline, ...] = ()

    def html(self) -> str:
        """The header with the page's only ``h1``."""
        severity = "" if self.severity is None else self.severity.html()
        facts = "".join(f"<span>{inline_html(fact)}</span>" for fact in self.meta)
        meta = f'<div class="meta">{severity}{facts}</div>' if severity or facts else ""
        return (
            f'{MASTHEAD}<p class="eyebrow">{html_text(self.eyebrow)}</p><h1>{html_text(self.title)}</h1>{meta}</header>'
        )

    def markdown(self) -> str:
        """The title as a first heading, the facts in a line."""
        facts = [] if self.severity is None else [f"**{self.severity.markdown()}**"]
        facts += [inline_markdown(fact) for fact in self.meta]
        parts = [markdown_text(self.eyebrow), f"# {markdown_text(self.title)}", " · ".join(facts)]
        return "\n\n".join(part for part in parts if part)

    def plain(self) -> str:
        """Title and facts, a line each."""
        facts = [] if self.severity is None else [self.severity.plain()]
        facts += [inline_plain(fact) for fact in self.meta]
        lines = [printable(self.eyebrow), printable(self.title), " · ".join(facts)]
        return "\n".join(line for line in lines if line)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, object]:
        # A notebook has no style sheet of ours, so the first block brings one; the page drops it again.
        style = Path(__file__).with_name("notebook.css").read_text(encoding="utf-8").strip()
        html = f"{STYLE_START}{style}{STYLE_END}{self.html()}"
        return chosen(
            {"text/html": html, "text/markdown": self.markdown(), "text/plain": self.plain()},
            include,
            exclude,
        )


@dataclass(frozen=True, slots=True)
class _Text(Block):
    """A line of text in one element.

    Args:
        text: Text, or a tuple of text and spans.
    """

    text: Inline

    def html(self) -> str:
        """The text as a paragraph."""
        return f"<p>{inline_html(self.text)}</p>"

    def markdown(self) -> str:
        """The text as a paragraph."""
        return inline_markdown(self.text)

    def plain(self) -> str:
        """The text."""
        return inline_plain(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph(_Text):
    """A paragraph of generated text."""


@dataclass(frozen=True, slots=True)
class Subheading(_Text):
    """A heading inside a section."""

    def html(self) -> str:
        """The text as ``h3``."""
        return f"<h3>{inline_html(self.text)}</h3>"

    def markdown(self) -> str:
        """The text as a third-level heading."""
        return f"### {inline_markdown(self.text)}"


@dataclass(frozen=True, slots=True)
class Lead(_Text):
    """What happened in plain words, in the largest running text of the page."""

    def html(self) -> str:
        """The text as the lead."""
        return f'<p class="lead">{inline_html(self.text)}</p>'


@dataclass(frozen=True, slots=True)
class Footer(_Text):
    """What the page was made from, as of when, and by which version."""

    def html(self) -> str:
        """The text as the page's footer."""
        return f"<footer>{inline_html(self.text)}</footer>"

    def markdown(self) -> str:
        """The text below a rule."""
        return f"---\n\n{inline_markdown(self.text)}"
