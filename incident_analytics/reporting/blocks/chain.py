"""Who waits behind whom, drawn: each box stands below and to the right of the one it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.escape import html_text, markdown_text, printable
from incident_analytics.reporting.blocks.spans import Inline, inline_html, inline_markdown, inline_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind: TypeAlias = "Literal['root', 'waiting', 'unclear']"
_MOST_DOTS = 60


@dataclass(frozen=True, slots=True)
class ChainBox:
    """A session of a chain, or several alike.

    Args:
        title: Which they are.
        kind: Whether it holds what the others wait for, waits itself, or neither can be told.
        told: What it does, and for how long.
        query: Its query in short; empty where there is none.
        note: What else is known of it.
        sessions: How many there are: one dot each.
        behind: Those that wait behind it.
    """

    title: str
    kind: Kind
    told: Inline = ""
    query: Inline = ""
    note: Inline = ""
    sessions: int = 1
    behind: tuple[ChainBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain(Block):
    """Boxes with those that wait behind them, drawn as nested lists that screen readers read in order.

    Args:
        title: What the drawing is, for those who cannot see it.
        boxes: Those that wait for nobody.
        caption: What it tells.
    """

    title: str
    boxes: tuple[ChainBox, ...]
    caption: str = ""

    def html(self) -> str:
        """The boxes joined by lines, in the colours of the page; it needs no script and wraps on a phone."""
        if not self.boxes:
            return ""
        caption = f"<figcaption>{html_text(self.caption)}</figcaption>" if self.caption else ""
        items = "".join(_item(box) for box in self.boxes)
        return f'<figure class="drawing chain" aria-label="{html_text(self.title)}"><ul>{items}</ul>{caption}</figure>'

    def markdown(self) -> str:
        """The boxes as a nested list."""
        lines = [f"{'  ' * depth}- {_markdown(box)}" for box, depth in _walked(self.boxes)]
        return "\n".join([*lines, *(["", markdown_text(self.caption)] if self.caption else [])])

    def plain(self) -> str:
        """The boxes, a line each, indented below the one they wait for."""
        return "\n".join(f"{'  ' * depth}{_plain(box)}" for box, depth in _walked(self.boxes))


def _item(box: ChainBox) -> str:
    behind = f"<ul>{''.join(_item(each) for each in box.behind)}</ul>" if box.behind else ""
    parts = [f'<p class="head"><b>{html_text(box.title)}</b> {_span("told", box.told)}</p>']
    if box.note:
        parts.append(f'<p class="note">{inline_html(box.note)}</p>')
    if box.query:
        parts.append(f'<p class="query">{inline_html(box.query)}</p>')
    if box.sessions > 1:
        shown = min(box.sessions, _MOST_DOTS)
        parts.append(f'<p class="dots" aria-hidden="true">{"<i></i>" * shown}</p>')
    return f'<li><div class="session {box.kind}">{"".join(parts)}</div>{behind}</li>'


def _span(kind: str, text: Inline) -> str:
    return f'<span class="{kind}">{inline_html(text)}</span>' if text else ""


def _markdown(box: ChainBox) -> str:
    told = (inline_markdown(part) for part in (box.told, box.note, box.query))
    return ", ".join(part for part in (f"**{markdown_text(box.title)}**", *told) if part)


def _plain(box: ChainBox) -> str:
    told = (inline_plain(part) for part in (box.told, box.note, box.query))
    return ", ".join(part for part in (printable(box.title), *told) if part)


def _walked(boxes: tuple[ChainBox, ...], depth: int = 0) -> Iterator[tuple[ChainBox, int]]:
    for box in boxes:
        yield box, depth
        yield from _walked(box.behind, depth + 1)
