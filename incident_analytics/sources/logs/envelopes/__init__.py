"""Answers of log stores: one JSON object that holds many records.

What comes in: a decoded object. What goes out: its records, or None where it is no such answer. A new kind is a
module with its ``KEYS``, any of which its objects have, its ``SIGN``, a pattern that shows it in the first bytes of a
file, and ``unpack``; its name stands in ``KINDS`` below and nowhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from incident_analytics.sources.logs.envelopes import alertmanager, cloudwatch, datadog, elasticsearch, loki, otlp
from incident_analytics.sources.logs.flavours import MESSAGE_KEYS

if TYPE_CHECKING:
    from incident_analytics.sources.logs.joining import LineReader
    from incident_analytics.sources.logs.record import LogRecord


class _Kind(Protocol):
    """What each module offers."""

    @property
    def KEYS(self) -> frozenset[str]: ...  # noqa: N802 -- the name of a module's constant

    @property
    def SIGN(self) -> str: ...  # noqa: N802 -- the name of a module's constant

    def unpack(self, fields: dict[str, object], reader: LineReader, depth: int, /) -> list[LogRecord] | None: ...


KINDS: Final[tuple[_Kind, ...]] = (otlp, loki, elasticsearch, cloudwatch, datadog, alertmanager)

MARKS: Final = frozenset[str]().union(*(kind.KEYS for kind in KINDS))
_SIGNS: Final = re.compile("|".join(f"(?:{kind.SIGN})" for kind in KINDS))


def unpacked(fields: dict[str, object], reader: LineReader, depth: int = 1) -> list[LogRecord] | None:
    """The records that an answer holds, or None where the object is none.

    Args:
        fields: The object.
        reader: Reads the lines inside.
        depth: How many wrappers the object came in, itself included.
    """
    empty: list[LogRecord] | None = None
    for kind in KINDS:
        if not kind.KEYS.isdisjoint(fields):
            records = kind.unpack(fields, reader, depth)
            if records:
                return records
            # A line with a message of its own is no empty answer, whatever else it tells.
            empty = empty if records is None or not fields.keys().isdisjoint(MESSAGE_KEYS) else records
    return empty


def shows_envelope(text: str) -> bool:
    """Whether the beginning of a JSON document is that of an answer that holds log records."""
    return _SIGNS.search(text) is not None


__all__ = ["KINDS", "MARKS", "shows_envelope", "unpacked"]
