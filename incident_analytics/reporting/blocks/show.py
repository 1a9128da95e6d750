"""The one way a notebook cell shows pieces of the report."""

from __future__ import annotations

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.figure import Drawable, FigureBlock


def show(*pieces: Block | Drawable, alt: str = "", caption: str = "") -> None:
    """Publish the pieces as outputs of the running cell, one after another.

    Args:
        pieces: Blocks, or plotly figures.
        alt: The text alternative of a figure that is not yet a block. Required for it.
        caption: Its caption.

    Raises:
        ParameterError: Something is neither a block nor a figure, or a figure has no text alternative.
    """
    from IPython.display import display  # noqa: PLC0415 - 0.3 s that only a notebook needs, and has paid

    for block in [_block(piece, alt, caption) for piece in pieces]:
        # Made here and not by the notebook, which prints what a block raises and goes on as if nothing was wrong.
        display(block._repr_mimebundle_(), raw=True)  # type: ignore[no-untyped-call]


def _block(piece: Block | Drawable, alt: str, caption: str) -> Block:
    if isinstance(piece, Block):
        return piece
    if callable(getattr(piece, "to_json", None)):
        return FigureBlock(piece, alt, caption)
    raise ParameterError("cannot be shown on a page", expected="a block or a plotly figure", found=repr(piece))
