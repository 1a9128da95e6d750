"""People's Markdown as prose: their words and structure, none of their raw HTML."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.escape import (
    html_text,
    markdown_text,
    markdown_without_tags,
    printable,
)

if TYPE_CHECKING:
    from mistune import Markdown

HIGHEST_HEADING = 3


@dataclass(frozen=True, slots=True)
class Prose(Block):
    """What a person wrote, with a rule at its left; or, while it is empty, the invitation to write.

    Args:
        text: Markdown. Raw HTML in it is shown as text.
        invitation: The question the section asks, shown while there is no text.
    """

    text: str
    invitation: str = ""

    def html(self) -> str:
        """The prose, or the dashed box that invites to write it."""
        if self.text.strip():
            return f'<div class="prose">{prose_html(self.text)}</div>'
        return f'<div class="write"><b>Write here.</b> {html_text(self.invitation)}</div>'

    def markdown(self) -> str:
        """The prose as it was written, raw HTML shown as text; or the invitation as a quotation."""
        if self.text.strip():
            return markdown_without_tags(self.text.strip())
        return f"> **Write here.** {markdown_text(self.invitation)}".rstrip()

    def plain(self) -> str:
        """The prose as it was written, or the invitation."""
        return printable(self.text.strip() or f"Write here. {self.invitation}".rstrip())


def prose_html(text: str) -> str:
    """Markdown as HTML: headings stay below the page's own, nothing is loaded, nothing runs.

    Raw HTML becomes text, a link with a script protocol leads nowhere, and a picture from
    elsewhere becomes a link to it, so that opening the page asks no other machine for anything.

    Args:
        text: Markdown of a person, or of a notebook's cell.
    """
    return str(_renderer()(printable(text))).strip()


@cache
def _renderer() -> Markdown:
    import mistune  # noqa: PLC0415 - 60 ms, only paid by a page that has prose

    class ProseRenderer(mistune.HTMLRenderer):
        """HTML below the page's headings, without pictures from elsewhere."""

        def heading(self, text: str, level: int, **attributes: object) -> str:
            del attributes  # a table of contents of mistune's, which this page does not use
            level = max(level, HIGHEST_HEADING)
            return f"<h{level}>{text}</h{level}>\n"

        def link(self, text: str, url: str, title: str | None = None) -> str:
            return super().link(text, url, title).replace("<a ", '<a rel="noopener noreferrer" ', 1)

        def image(self, text: str, url: str, title: str | None = None) -> str:
            if url.startswith("data:image/"):
                return super().image(text, url, title)
            return self.link(text or html_text(url), url, title)

    return mistune.create_markdown(renderer=ProseRenderer(escape=True), plugins=["table", "strikethrough"])
