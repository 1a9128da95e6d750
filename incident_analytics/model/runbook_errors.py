"""What is wrong with a runbook, as one line with file, line, key and the nearest right answer."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from incident_analytics.errors import RunbookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from incident_analytics.safe_yaml import Document


_WORD = re.compile("'([^']*)'")


def nearest_word(word: str, words: Iterable[str]) -> str:
    """The question after a misspelt word, such as "; did you mean 'SEV1'?"; empty where none is near."""
    close = get_close_matches(word, list(words), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def readable(
    error: ValidationError,
    document: Document,
    where: str,
    models: Mapping[str, type[BaseModel]],
    top: type[BaseModel],
) -> RunbookError:
    """The first problem of a runbook as one line, with the count of the others.

    Args:
        error: What pydantic says.
        document: The runbook's text, with the line of each part.
        where: The file's name.
        models: What the parts under some keys are made of, to name the nearest key.
        top: What the whole is made of.
    """
    # A misspelt key is the cause of the missing one, so it is told first.
    first = min(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
    pointer = _pointer(first)
    line = document.line(pointer)
    name = ".".join(str(part) for part in pointer)
    others = len({_pointer(each) for each in error.errors()} - {pointer})
    more = f" (and {others} more)" if others else ""
    nearest = ""
    if first["type"] == "extra_forbidden" and pointer:
        nearest = nearest_word(str(pointer[-1]), _siblings(pointer, models, top)).removeprefix("; ")
    if first["type"] == "literal_error":
        # one problem for each list of words that it might have come from
        same = [each for each in error.errors() if each["type"] == "literal_error" and _pointer(each) == pointer]
        wanted = [word for each in same for word in _WORD.findall(str(each["ctx"]["expected"]))]
        nearest = nearest_word(str(first["input"]), wanted).removeprefix("; ")
        first["msg"] = f"expected one of {', '.join(wanted)}"
    message = first["msg"].removeprefix("Value error, ")
    message = "there is no such key" if first["type"] == "extra_forbidden" else message[:1].lower() + message[1:]
    found = first["input"] if isinstance(first["input"], str) else None
    return RunbookError(
        f"{name}: {message}{more}" if name else f"{message}{more}",
        where=f"{where}:{line}" if line else where,
        found=found,
        nearest=nearest,
    )


def _pointer(problem: ErrorDetails) -> tuple[str | int, ...]:
    return tuple(part for part in problem["loc"] if not str(part).startswith("literal["))


def _siblings(pointer: tuple[str | int, ...], models: Mapping[str, type[BaseModel]], top: type[BaseModel]) -> list[str]:
    model = next((models[part] for part in reversed(pointer[:-1]) if isinstance(part, str) and part in models), top)
    return [field.alias or name for name, field in model.model_fields.items()]
