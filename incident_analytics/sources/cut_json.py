"""JSON that is cut off or damaged, as far as it can be read: an answer of a thousand points may lack its last one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import json

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|([\[{])|([\]}])|(,)', re.DOTALL)
_CLOSING: Final = {"[": "]", "{": "}"}


def readable_part(text: str, end: int) -> str:
    """What stands before `end`, up to its last whole element, with its open lists and objects closed.

    >>> readable_part('{"a": [1, 2, {"b": [3, ', 23)
    '{"a": [1, 2, {"b": [3]}]}'
    >>> readable_part("[1, 2, tr", 7)
    '[1, 2]'

    Args:
        text: The JSON.
        end: Where it can no longer be read.
    """
    open_brackets: list[str] = []
    whole, depth = 0, 0
    for token in _TOKEN.finditer(text, 0, end):
        if token[1]:
            open_brackets.append(token[1])
        elif token[2]:
            if not open_brackets or _CLOSING[open_brackets.pop()] != token[2]:
                break
            whole, depth = token.end(), len(open_brackets)
        elif token[3]:
            whole, depth = token.start(), len(open_brackets)
    return text[:whole] + "".join(_CLOSING[each] for each in reversed(open_brackets[:depth]))


def decoded_part(text: str, error: json.JSONDecodeError, decoder: json.JSONDecoder) -> object | None:
    """The value before an error; None where nothing whole is before it."""
    try:
        value: object = decoder.decode(readable_part(text, error.pos).strip())
    except (ValueError, RecursionError):
        return None
    return value
