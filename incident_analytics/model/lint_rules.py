"""The parts of the runbook that look at a record itself: its severity, its words, its gaps."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, field_validator, model_validator

from incident_analytics.model.runbook_part import Part, Words

PERSON = "{person}"


class SeveritySignal(Part):
    """How one criterion of a severity shows in a record: by words, or by a number of the impact."""

    severity: str
    criterion: str
    words: tuple[Words, ...] = ()
    but_not: tuple[Words, ...] = Field(default=(), alias="not")
    field: str | None = None
    over: float | None = None
    under: float | None = None

    @model_validator(mode="after")
    def _words_or_number(self) -> SeveritySignal:
        is_number = self.field is not None and (self.over is None) != (self.under is None)
        if bool(self.words) == is_number or (self.field is not None and not is_number):
            raise ValueError(f"signal '{self.criterion}': expected words, or a field with either over or under")
        return self

    def shown_by(self, text: str) -> str | None:
        """The words of a text that show it, or None."""
        if any(re.search(words, text, re.IGNORECASE) for words in self.but_not):
            return None
        found = (re.search(words, text, re.IGNORECASE) for words in self.words)
        return next((match[0] for match in found if match), None)

    def holds_for(self, number: float) -> bool:
        """Whether the number lies strictly beyond its limit."""
        if self.over is not None:
            return number > self.over
        return self.under is not None and number < self.under


class BlamelessWords(Part):
    """Words that blame, and what to write instead."""

    words: Words
    instead: str


class PersonAsCause(Part):
    """How a sentence makes a person the cause; ``{person}`` stands for a name."""

    words: str
    instead: str

    @field_validator("words")
    @classmethod
    def _has_a_person(cls, words: str) -> str:
        if PERSON not in words:
            raise ValueError(f"'{words}' does not say where {PERSON} stands")
        try:
            re.compile(words.replace(PERSON, "x"))
        except re.error as error:
            raise ValueError(f"'{words}' is not a regular expression: {error}") from None
        return words


class ActionItemWords(Part):
    """When an action item is too vague or has no end."""

    vague_verbs: tuple[Words, ...] = ()
    vague_under_words: int = Field(default=3, ge=1)
    unbounded: tuple[Words, ...] = ()
    closed: tuple[str, ...] = ()


class RecordFact(Part):
    """A fact that a complete record has, how much it weighs, and why it matters."""

    fact: str
    why: str
    weight: float = Field(default=1, gt=0)
    anchor: str | None = None
    field: str | None = None
    prose: Literal["lessons"] | None = None
    severities: tuple[str, ...] = ()
    once_resolved: bool = False

    @model_validator(mode="after")
    def _stands_in_one_place(self) -> RecordFact:
        if sum(place is not None for place in (self.anchor, self.field, self.prose)) != 1:
            raise ValueError(f"fact '{self.fact}': expected one of anchor, field or prose")
        return self


class Lints(Part):
    """What a record's own words and gaps are compared with."""

    blameless: tuple[BlamelessWords, ...] = ()
    persons_as_causes: tuple[PersonAsCause, ...] = ()
    action_items: ActionItemWords = ActionItemWords()
    record: tuple[RecordFact, ...] = ()
