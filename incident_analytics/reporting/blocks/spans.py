"""Pieces of a line: bold, quiet, code, pills and links; and the line they make with plain text."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TypeAlias

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.blocks.escape import html_text, markdown_code, markdown_text, printable

_BEFORE_A_UNIT = re.compile(r"(?<=\d) (?=(?:s|min|h|d)\b|%)")
SAFE_TARGETS = ("#", "http://", "https://", "mailto:")
# Another page in the same folder: no scheme, no other folder.
_PAGE_BESIDE = re.compile(r"(?:\./)?[0-9A-Za-z_-][0-9A-Za-z._-]*\.html", re.ASCII)


class Span(ABC):
    """A piece of a line that is more than text."""

    __slots__ = ()

    @abstractmethod
    def html(self) -> str:
        """The piece as HTML."""

    @abstractmethod
    def markdown(self) -> str:
        """The piece as Markdown on one line."""

    @abstractmethod
    def plain(self) -> str:
        """The piece as plain text."""


Inline: TypeAlias = "str | Span | tuple[str | Span, ...]"


@dataclass(frozen=True, slots=True)
class Strong(Span):
    """Words set in bold."""

    text: str

    def html(self) -> str:
        """The words in a ``b`` element."""
        return f"<b>{html_text(self.text)}</b>"

    def markdown(self) -> str:
        """The words between two stars."""
        return f"**{markdown_text(self.text)}**"

    def plain(self) -> str:
        """The words."""
        return printable(self.text)


@dataclass(frozen=True, slots=True)
class Quiet(Span):
    """Words set in grey, for what is told on request and trusted least."""

    text: str

    def html(self) -> str:
        """The words in the quiet colour."""
        return f'<span class="quiet">{html_text(self.text)}</span>'

    def markdown(self) -> str:
        """The words."""
        return markdown_text(self.text)

    def plain(self) -> str:
        """The words."""
        return printable(self.text)


@dataclass(frozen=True, slots=True)
class Code(Span):
    """A place, a field or a command, set in a fixed width."""

    text: str

    def html(self) -> str:
        """The text in a ``code`` element."""
        return f"<code>{html_text(self.text)}</code>"

    def markdown(self) -> str:
        """The text as a code span."""
        return markdown_code(self.text)

    def plain(self) -> str:
        """The text."""
        return printable(self.text)


@dataclass(frozen=True, slots=True)
class Pill(Span):
    """A short remark in a rounded border, such as ``no owner``."""

    text: str

    def html(self) -> str:
        """The remark as a pill."""
        return f'<span class="pill">{html_text(self.text)}</span>'

    def markdown(self) -> str:
        """The remark."""
        return markdown_text(self.text)

    def plain(self) -> str:
        """The remark."""
        return printable(self.text)


@dataclass(frozen=True, slots=True)
class Link(Span):
    """Words that lead to a place on the page, to a page beside it, or outside when the reader follows them.

    A target that is neither an anchor, nor the name of an ``.html`` file in the same folder, nor http, https or
    mailto, is shown as text and leads nowhere.
    """

    text: str
    target: str

    def html(self) -> str:
        """The words as a link that tells the other side nothing about this page."""
        if not self._is_safe():
            return html_text(self.text)
        is_own = self.target.startswith("#") or self._is_beside()
        outside = "" if is_own else ' rel="noopener noreferrer"'
        return f'<a href="{html_text(self.target)}"{outside}>{html_text(self.text)}</a>'

    def markdown(self) -> str:
        """The words as a Markdown link; an anchor of the page only as its words."""
        words = markdown_text(self.text)
        if not self._is_safe() or self.target.startswith("#"):
            return words
        target = "".join(f"%{ord(sign):02X}" if sign in " ()<>|\\\n\r\t" else sign for sign in printable(self.target))
        return f"[{words}]({target})"

    def plain(self) -> str:
        """The words."""
        return printable(self.text)

    def _is_safe(self) -> bool:
        return self.target.lower().startswith(SAFE_TARGETS) or self._is_beside()

    def _is_beside(self) -> bool:
        return _PAGE_BESIDE.fullmatch(self.target) is not None


def line_of(*parts: Inline) -> tuple[str | Span, ...]:
    """One line from several: their pieces in order, empty text left out."""
    return tuple(piece for part in parts for piece in _parts(part) if piece != "")


def inline_html(value: Inline) -> str:
    """The line as HTML."""
    return "".join(html_text(_unbroken(part)) if isinstance(part, str) else part.html() for part in _parts(value))


def _unbroken(text: str) -> str:
    """The text with each number kept on one line with its unit."""
    return _BEFORE_A_UNIT.sub("\u00a0", text)


def inline_markdown(value: Inline) -> str:
    """The line as Markdown; two pieces that touch are set apart by a comma."""
    return _joined([(isinstance(part, Span), _markdown(part)) for part in _parts(value)])


def inline_plain(value: Inline) -> str:
    """The line as plain text; two pieces that touch are set apart by a comma."""
    return _joined(
        [(isinstance(part, Span), printable(part) if isinstance(part, str) else part.plain()) for part in _parts(value)]
    )


def _markdown(part: str | Span) -> str:
    if isinstance(part, Span):
        return part.markdown()
    # Spaces at the seams of a line carry meaning; everything between them is one line of text.
    lead = " " if part[:1].isspace() else ""
    tail = " " if part[-1:].isspace() and part.strip() else ""
    return f"{lead}{markdown_text(part)}{tail}"


def _joined(parts: list[tuple[bool, str]]) -> str:
    line = ""
    after_span = False
    for is_span, text in parts:
        line += f", {text}" if is_span and after_span else text
        after_span = is_span
    return line


def _parts(value: Inline) -> tuple[str | Span, ...]:
    parts = value if isinstance(value, tuple) else (value,)
    for part in parts:
        if not isinstance(part, str | Span):
            raise ParameterError("not something a page can show", expected="text or a span", found=repr(part))
    return parts
