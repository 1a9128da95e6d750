"""What every part of the runbook is made of: checked keys, and words that are regular expressions."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _is_regular_expression(words: str) -> str:
    try:
        re.compile(words, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"'{words}' is not a regular expression: {error}") from None
    return words


Words = Annotated[str, BeforeValidator(_is_regular_expression)]


class Part(BaseModel):
    """A part of the runbook; a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
