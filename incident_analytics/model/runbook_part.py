"""What every part of the runbook is made of: checked keys, and words that are regular expressions."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from incident_analytics.errors import ParameterError
from incident_analytics.model.portable_words import portable_words


def _is_regular_expression(words: str) -> str:
    try:
        re.compile(words, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"'{words}' is not a regular expression: {error}") from None
    return words


def _is_portable(words: str) -> str:
    try:
        portable_words(_is_regular_expression(words))
    except ParameterError as error:
        raise ValueError(f"not a regular expression that every engine has: {error.message}") from None
    return words


Words = Annotated[str, BeforeValidator(_is_regular_expression)]
# What is searched in logs, with the engines that search them.
PortableWords = Annotated[str, BeforeValidator(_is_portable)]


class Part(BaseModel):
    """A part of the runbook; a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
