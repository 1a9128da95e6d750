"""Which words of a timeline entry tell what happened, and which words beside them say that it did not."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field

from incident_analytics.model.runbook_part import Part, Words


def _compiled(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each, re.IGNORECASE) for each in words)


class Denials(Part):
    """Words that say of any event that it did not happen, or did not help.

    They are looked for in the text before the event's words, within them, and after them.
    """

    before: tuple[Words, ...] = ()
    within: tuple[Words, ...] = ()
    after: tuple[Words, ...] = ()

    def deny(self, told: re.Match[str]) -> bool:
        """Whether the words that were found are denied by what stands beside or within them."""
        text = told.string
        parts = (text[: told.start()], told[0], text[told.end() :])
        return any(words.search(part) for part, each in zip(parts, self._patterns, strict=True) for words in each)

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], ...], ...]:
        return _compiled(self.before), _compiled(self.within), _compiled(self.after)


class EventWords(Part):
    """Which words of a timeline entry tell one kind of event.

    ``even_denied`` is for a kind that was told even so: who finds that health checks failed has checked them.
    """

    words: tuple[Words, ...] = ()
    but_not: tuple[Words, ...] = Field(default=(), alias="not")
    even_denied: bool = False

    def tell(self, text: str, denials: Denials) -> bool:
        """Whether the text tells this kind of event."""
        found, taken_back = self._patterns
        told = [match for words in found for match in words.finditer(text)]
        if not told or any(words.search(text) for words in taken_back):
            return False
        return self.even_denied or not all(denials.deny(match) for match in told)

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], ...], ...]:
        """Compiled once: a history of incidents asks a hundred thousand times."""
        return _compiled(self.words), _compiled(self.but_not)
