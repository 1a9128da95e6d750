"""The JSON of a file, document by document: one, one a line, or pages one behind the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from incident_analytics.errors import shortened
from incident_analytics.sources.cut_json import decoded_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incident_analytics.sources.metrics.points import Points


def json_documents(text: str, points: Points) -> Iterator[object]:
    """Each document of the text; what is no JSON, or cut off, is counted and the next line tried.

    Of one that ends the text what is whole in it is a document too.
    """
    decoder = json.JSONDecoder()
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text):
            return
        try:
            document, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            points.refuse(shortened(text[at:end]), text.count("\n", 0, at) + 1)
            if isinstance(error, json.JSONDecodeError) and "\n" not in text[error.pos :].rstrip():
                yield from _cut_document(text, at, error, points)
                return
            at = end
        else:
            yield document


def _cut_document(text: str, at: int, error: json.JSONDecodeError, points: Points) -> Iterator[object]:
    """What is whole in the last document, which is cut off or damaged."""
    document = text[at:]
    inside = json.JSONDecodeError(error.msg, document, error.pos - at)
    part = decoded_part(document, inside, json.JSONDecoder())
    if part is not None:
        message = "The JSON is cut off or damaged here; what stands before is read."
        points.find("truncated-file", "warning", message, line=error.lineno)
        yield part


def objects_of(holder: object, *keys: str) -> list[dict[str, object]]:
    """The objects in the list under the first of the keys that is there; nothing where there is no such list."""
    if not isinstance(holder, dict):
        return []
    found = next((holder[key] for key in keys if key in holder), None)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def list_of(holder: object, key: str) -> list[object]:
    """The list under a key, or an empty one."""
    found = holder.get(key) if isinstance(holder, dict) else None
    return found if isinstance(found, list) else []


def text_of(holder: object, *keys: str) -> str:
    """The text under the first of the keys that has one, or an empty one."""
    found = (holder.get(key) for key in keys) if isinstance(holder, dict) else ()
    return next((each for each in found if isinstance(each, str) and each), "")
