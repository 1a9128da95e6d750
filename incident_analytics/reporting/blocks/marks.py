"""A state as a word, a shape and a colour, so that none of the three is needed alone."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.blocks.escape import html_text, markdown_text, printable
from incident_analytics.reporting.blocks.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

# state: (shape, tone); the tones are classes of the style sheet
STATES: Mapping[str, tuple[str, str]] = {
    "met": ("●", "good"),
    "kept": ("●", "good"),
    "agrees": ("●", "good"),
    "intact": ("●", "good"),
    "changed": ("●", "good"),
    "for": ("●", "good"),
    "missed": ("✕", "warn"),
    "invalid": ("✕", "warn"),
    "error": ("✕", "warn"),
    "late": ("▲", "warn"),
    "doubtful": ("▲", "warn"),
    "differs": ("▲", "warn"),
    "warning": ("▲", "warn"),
    "against": ("▲", "warn"),
    "pending": ("○", "quiet"),
    "open": ("○", "quiet"),
    "info": ("○", "quiet"),
    "unknown": ("?", "quiet"),
    "not evidenced": ("?", "quiet"),
    "not looked at": ("?", "quiet"),
    "too early to say": ("?", "quiet"),
    "not applicable": ("–", "quiet"),
    "not changed": ("–", "quiet"),
    "neither": ("–", "quiet"),
    "manual": ("☐", "quiet"),
}
SEVERITIES: Mapping[str, str] = {"SEV1": "▲", "SEV2": "■", "SEV3": "◆", "SEV4": "●"}


@dataclass(frozen=True, slots=True)
class Mark(Span):
    """The state of a rule, a number or a promise.

    Args:
        state: One of `STATES`; underscores read as spaces.
        word: What to write in place of the state's own name.
    """

    state: str
    word: str = ""

    def __post_init__(self) -> None:
        """Refuse a state that has no shape.

        Raises:
            ParameterError: The state is not one of `STATES`.
        """
        if self._name() not in STATES:
            near = difflib.get_close_matches(self._name(), STATES, n=1, cutoff=0.0)
            raise ParameterError("unknown state", found=self.state, nearest=f"did you mean '{near[0]}'?")

    @property
    def shape(self) -> str:
        """The sign before the word."""
        return STATES[self._name()][0]

    def html(self) -> str:
        """Shape and word in the colour of the state; the shape is silent for screen readers."""
        return _html(f"mark {STATES[self._name()][1]}", self.shape, self._word())

    def markdown(self) -> str:
        """Shape and word."""
        return f"{self.shape} {markdown_text(self._word())}"

    def plain(self) -> str:
        """Shape and word."""
        return f"{self.shape} {printable(self._word())}"

    def _name(self) -> str:
        return self.state.replace("_", " ")

    def _word(self) -> str:
        return self.word or self._name()


@dataclass(frozen=True, slots=True)
class SeverityMark(Span):
    """A severity with its shape, and the word the runbook has for it.

    Args:
        severity: ``SEV1`` to ``SEV4``; any other name gets the open circle.
        word: Such as ``critical``.
    """

    severity: str
    word: str = ""

    def html(self) -> str:
        """Shape, level and word, in the colour of the level."""
        tone = self.severity.lower() if self.severity in SEVERITIES else "unleveled"
        return _html(f"severity {tone}", self._shape(), self._words())

    def markdown(self) -> str:
        """Shape, level and word."""
        return f"{self._shape()} {markdown_text(self._words())}"

    def plain(self) -> str:
        """Shape, level and word."""
        return f"{self._shape()} {printable(self._words())}"

    def _shape(self) -> str:
        return SEVERITIES.get(self.severity, "○")

    def _words(self) -> str:
        return f"{self.severity} {self.word}".strip()


def _html(kind: str, shape: str, words: str) -> str:
    return f'<span class="{kind}"><span aria-hidden="true">{shape}</span> {html_text(words)}</span>'
