"""The JSON documents of a file of alerts: one, or one behind the other, whole or cut off."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.cut_json import decoded_part

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEXT: Final = re.compile(r"^[\[{]", re.MULTILINE)
_BLANK: Final = re.compile(r"\s*")


def documents(text: str) -> Iterator[tuple[int, object, str]]:
    """Each document: its line, what it holds (None where nothing can be read), and what is wrong with it.

    After one that is broken reading goes on at the next line that opens a document.

    >>> list(documents('{"a": 1}'))
    [(1, {'a': 1}, '')]
    """
    decoder = json.JSONDecoder()
    at = _behind_blanks(text, 0)
    line, counted = 1, 0
    while at < len(text):
        line, counted = line + text.count("\n", counted, at), at
        try:
            document, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            where = text.count("\n", 0, error.pos) + 1
            reason = f"it is cut off or damaged ({error.msg.lower()} at line {where})"
            rest = text[at:]
            local = json.JSONDecodeError(error.msg, rest, error.pos - at)
            # Labels without their last one would be another alert, so only what is closed counts.
            yield line, decoded_part(rest, local, decoder, at_commas=False), reason
            end = _next_document(text, max(error.pos, at + 1))
        except RecursionError:
            yield line, None, "it nests too deep"
            return
        except ValueError as error:
            # Python refuses integers of more than 4,300 digits.
            yield line, None, f"it cannot be read ({str(error).lower()})"
            end = _next_document(text, at + 1)
        else:
            yield line, document, ""
        at = _behind_blanks(text, end)


def _behind_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _next_document(text: str, at: int) -> int:
    found = _NEXT.search(text, at)
    return found.start() if found else len(text)
