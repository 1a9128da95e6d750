"""A flow of steps drawn from top to bottom, alternatives side by side, with the way that was taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.escape import html_text, markdown_text, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incident_analytics.reporting.blocks.marks import Mark

# Narrow enough for a phone, so that its words are never shrunk.
_WIDTH: Final = 340
_HEIGHT: Final = 46
_GAP: Final = 20
_BETWEEN: Final = 12
_ASIDE: Final = "way aside"


@dataclass(frozen=True, slots=True)
class FlowBox:
    """A step of a flow.

    Args:
        title: What it is.
        mark: Its state as shape and word.
        is_taken: Whether it lies on the way that was taken.
        is_aside: Whether another way was taken.
        asks: Whether it is a question; it is drawn with round ends.
    """

    title: str
    mark: Mark
    is_taken: bool = False
    is_aside: bool = False
    asks: bool = False

    @property
    def text(self) -> str:
        """Title and state on one line."""
        return f"{printable(self.title)}: {self.mark.plain()}"


@dataclass(frozen=True, slots=True)
class Flow(Block):
    """Rows of steps; the steps of one row are alternatives.

    Args:
        title: What the flow is, for those who cannot see it.
        rows: The rows from top to bottom.
        caption: What it tells.
    """

    title: str
    rows: tuple[tuple[FlowBox, ...], ...]
    caption: str = ""

    def html(self) -> str:
        """The flow as a drawing that needs no script, in the colours of the page."""
        if not self.rows:
            return ""
        height = len(self.rows) * (_HEIGHT + _GAP) - _GAP
        told = html_text(f"{self.title}: {'; '.join(box.text for row in self.rows for box in row)}")
        # ways that were not taken first, so that none of them covers the one that was
        parts = "".join([*sorted(self._ways(), key=lambda way: _ASIDE not in way), *self._boxes()])
        caption = f"<figcaption>{html_text(self.caption)}</figcaption>" if self.caption else ""
        return (
            f'<figure class="drawing flow"><svg role="img" aria-label="{told}" viewBox="0 0 {_WIDTH} {height}" '
            f'width="{_WIDTH}" height="{height}">{parts}</svg>{caption}</figure>'
        )

    def _ways(self) -> Iterator[str]:
        for number, (above, below) in enumerate(zip(self.rows, self.rows[1:], strict=False)):
            top = number * (_HEIGHT + _GAP) + _HEIGHT
            for start, upper in zip(_middles(above), above, strict=True):
                for end, lower in zip(_middles(below), below, strict=True):
                    is_way = upper.is_taken and lower.is_taken
                    kind = "way" if is_way else _ASIDE
                    yield (f'<path class="{kind}" d="M{start:g} {top}V{top + _GAP / 2:g}H{end:g}V{top + _GAP}"/>')

    def _boxes(self) -> Iterator[str]:
        for number, row in enumerate(self.rows):
            top, width = number * (_HEIGHT + _GAP), _box_width(row)
            for middle, box in zip(_middles(row), row, strict=True):
                kind = "box taken" if box.is_taken else "box aside" if box.is_aside else "box"
                corner = _HEIGHT / 2 if box.asks else 8
                yield (
                    f'<rect class="{kind}" x="{middle - width / 2 + 1:g}" y="{top + 1}" width="{width - 2:g}" '
                    f'height="{_HEIGHT - 2}" rx="{corner:g}"/>'
                    f'<text class="{kind} title" x="{middle:g}" y="{top + 19}">{html_text(box.title)}</text>'
                    f'<text class="{kind} state" x="{middle:g}" y="{top + 36}">{html_text(box.mark.plain())}</text>'
                )

    def markdown(self) -> str:
        """The rows as a numbered list."""
        lines = [
            f"{number}. {markdown_text(' or '.join(box.text for box in row))}"
            for number, row in enumerate(self.rows, start=1)
        ]
        return "\n".join([*lines, *(["", markdown_text(self.caption)] if self.caption else [])])

    def plain(self) -> str:
        """The rows, a line each."""
        return "\n".join(" or ".join(box.text for box in row) for row in self.rows)


def _box_width(row: tuple[FlowBox, ...]) -> float:
    return (_WIDTH - _BETWEEN * (len(row) - 1)) / len(row) if len(row) > 1 else _WIDTH * 0.76


def _middles(row: tuple[FlowBox, ...]) -> list[float]:
    width = _box_width(row)
    left = (_WIDTH - len(row) * width - (len(row) - 1) * _BETWEEN) / 2
    return [left + place * (width + _BETWEEN) + width / 2 for place in range(len(row))]
