"""JSON that is cut off or damaged, as far as it can be read: an answer of a thousand points may lack its last one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import json

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|([\[{])|([\]}])|(,)', re.DOTALL)
_CLOSING: Final = {"[": "]", "{": "}"}


def last_whole(text: str, end: int, *, at_commas: bool = True) -> tuple[int, str]:
    """Where the last whole element before `end` ends, and what closes the lists and objects that are open there.

    >>> last_whole('{"a": [[1, 2], [3, ', 19), last_whole('{"a": [[1, 2], [3, ', 19, at_commas=False)
    ((17, ']]}'), (13, ']}'))

    Args:
        text: The JSON.
        end: Where it can no longer be read.
        at_commas: Whether a number, text or key with its value is whole too, or lists and objects alone.
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
        elif token[3] and at_commas:
            whole, depth = token.start(), len(open_brackets)
    return whole, "".join(_CLOSING[each] for each in reversed(open_brackets[:depth]))


def decoded_part(
    text: str, error: json.JSONDecodeError, decoder: json.JSONDecoder, *, at_commas: bool = True
) -> object | None:
    """The value before an error; None where nothing whole is before it."""
    whole, closing = last_whole(text, error.pos, at_commas=at_commas)
    try:
        value: object = decoder.decode(text[:whole].lstrip() + closing)
    except (ValueError, RecursionError):
        return None
    return value
