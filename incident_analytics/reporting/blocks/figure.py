"""A figure as data that any reader of notebooks can draw, with its words beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.blocks.block import Block, chosen
from incident_analytics.reporting.blocks.escape import html_text, markdown_text, printable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PLOTLY = "application/vnd.plotly.v1+json"
UNNAMED = "Figure without a description"
# The first colour of the template plotly puts into every figure nobody styled.
STOCK_COLOUR = "#636efa"


class Drawable(Protocol):
    """A plotly figure, or whatever writes itself as plotly's JSON."""

    def to_json(self) -> str:
        """The figure as JSON with ``data`` and ``layout``."""
        ...


@dataclass(frozen=True, slots=True)
class FigureBlock(Block):
    """A figure that answers one question.

    Args:
        figure: The plotly figure. ``layout.meta["phone"]``, if there, is a patch to its layout for
            widths under 600 px.
        alt: What the figure shows, for those who cannot see it. Required.
        caption: The answer, below the figure.

    Raises:
        ParameterError: The text alternative is missing.
    """

    figure: Drawable
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        """Refuse a figure that only some readers could read."""
        if not self.alt.strip():
            raise ParameterError("a figure needs a text alternative", expected="alt='what the figure shows'")

    def spec(self) -> dict[str, object]:
        """The figure as plotly's JSON, keys sorted, words in ``layout.meta``."""
        spec = cast("dict[str, object]", json.loads(self.figure.to_json()))
        layout = _mapping(spec.get("layout"))
        if _is_stock(layout.get("template")):
            layout.pop("template")
        layout["meta"] = {**_mapping(layout.get("meta")), "alt": self.alt, "caption": self.caption}
        whole = {"data": spec.get("data", []), "layout": layout}
        return cast("dict[str, object]", json.loads(json.dumps(whole, sort_keys=True)))

    def html(self) -> str:
        """The figure as the page draws it, its data beside it."""
        return figure_html(self.spec())

    def markdown(self) -> str:
        """The figure's words; the picture is made by the page that has a browser."""
        return figure_markdown(self.spec())

    def plain(self) -> str:
        """The text alternative."""
        return printable(self.alt)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, object]:
        # Only data leaves the kernel: plotly's own HTML carries random ids and 5 MB of script.
        return chosen({PLOTLY: self.spec(), "text/plain": self.plain()}, include, exclude)


def figure_words(spec: Mapping[str, object]) -> tuple[str, str]:
    """Text alternative and caption of a figure, from its ``layout.meta``."""
    layout = _mapping(spec.get("layout"))
    meta = _mapping(layout.get("meta"))
    title = layout.get("title")
    fallback = title.get("text") if isinstance(title, dict) else None
    return str(meta.get("alt") or fallback or UNNAMED), str(meta.get("caption") or "")


def figure_html(spec: Mapping[str, object], name: str = "") -> str:
    """A figure as the page draws it: the place, the words, and the data as JSON that never runs.

    Args:
        spec: The figure as plotly's JSON.
        name: The figure's name on its page, for the picture made of it.
    """
    alt, caption = (html_text(words) for words in figure_words(spec))
    layout = _mapping(spec.get("layout"))
    # The words stand beside the picture already.
    beside = {"alt", "caption"}
    layout["meta"] = {key: value for key, value in _mapping(layout.get("meta")).items() if key not in beside}
    data = json.dumps(
        {"data": spec.get("data", []), "layout": layout},
        sort_keys=True,
        separators=(",", ":"),
    )
    for sign in "<>&":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return (
        f'<figure class="figure" data-name="{html_text(name)}">'
        f'<div class="plot" role="img" aria-label="{alt}"><p class="alt">{alt}</p></div>'
        f'<script type="application/json">{data}</script>{below}</figure>'
    )


def figure_markdown(spec: Mapping[str, object], picture: str = "") -> str:
    """A figure in Markdown: its picture with the text alternative, or that text alone; then the caption.

    Args:
        spec: The figure as plotly's JSON.
        picture: The address of its picture relative to the document; empty where there is none.
    """
    alt, caption = (markdown_text(words) for words in figure_words(spec))
    shown = f"![{alt}]({picture})" if picture else f"*Figure:* {alt}"
    return "\n\n".join(part for part in (shown, caption) if part)


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, dict) else {}


def _is_stock(template: object) -> bool:
    colours = _mapping(_mapping(template).get("layout")).get("colorway")
    return isinstance(colours, list) and colours[:1] == [STOCK_COLOUR]
