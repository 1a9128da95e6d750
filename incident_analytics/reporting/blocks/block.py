"""What every piece of a page can do: show itself as HTML, as Markdown and as plain text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class Block(ABC):
    """One piece of a page. Notebooks show it when it is a cell's last value, or through `show`."""

    __slots__ = ()

    @abstractmethod
    def html(self) -> str:
        """The piece as HTML, every untrusted character escaped."""

    @abstractmethod
    def markdown(self) -> str:
        """The piece as Markdown with pipe tables, without raw HTML."""

    @abstractmethod
    def plain(self) -> str:
        """The piece as plain text, for terminals and screen readers of notebooks."""

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, object]:
        return chosen(
            {"text/html": self.html(), "text/markdown": self.markdown(), "text/plain": self.plain()},
            include,
            exclude,
        )

    def __str__(self) -> str:
        """The piece as plain text."""
        return self.plain()


def chosen(
    bundle: dict[str, object], include: Collection[str] | None, exclude: Collection[str] | None
) -> dict[str, object]:
    """The representations a notebook asked for: those included, without those excluded.

    Args:
        bundle: Representations by media type.
        include: The only types wanted; None for all.
        exclude: Types not wanted.
    """
    return {
        kind: value
        for kind, value in bundle.items()
        if (not include or kind in include) and (not exclude or kind not in exclude)
    }
