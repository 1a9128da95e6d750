"""Lines that a container runtime wrapped: containerd's CRI text and Docker's json-file, long lines in pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.json_line import decoded_object

if TYPE_CHECKING:
    from incident_analytics.sources.logs.record import LogRecord
    from incident_analytics.sources.logs.times import TimeReader

DOCKER_PIECE_BYTES: Final = 16_384
MOST_PIECES: Final = 5_000

_CRI: Final = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([FP])(?::[^ ]*)? ?(.*)", re.DOTALL
)
_DOCKER_START: Final = '{"log":'


@dataclass(slots=True)
class Wrapped:
    """A line as the program wrote it, and what its wrapper says.

    Args:
        text: The program's line, or a piece of it.
        time: When the runtime took it, as written.
        stream: stdout or stderr.
        is_piece: Whether the line goes on in the stream's next wrapper.
        attributes: What else the wrapper says.
        raws: The lines as they were.
        number: The first line's number.
    """

    text: str
    time: object
    stream: str
    is_piece: bool
    attributes: dict[str, object] = field(default_factory=dict)
    raws: list[str] = field(default_factory=list)
    number: int = 0

    def onto(self, record: LogRecord, times: TimeReader) -> None:
        """Adds the wrapper's time, where the record's own is not known for certain, and its attributes."""
        if record.timestamp is None or record.zone_assumed:
            read = times.read(self.time)
            if read is not None:
                record.timestamp, record.zone_assumed = read
        for key, value in {"stream": self.stream, **self.attributes}.items():
            record.attributes[f"container.{key}" if key in record.attributes else key] = value


def unwrapped(line: str) -> Wrapped | None:
    """The line inside a runtime's wrapper, or None where there is no wrapper.

    >>> unwrapped("2019-04-30T02:12:41.8443515Z stdout F ready").text
    'ready'
    """
    if line[:1].isdigit():
        found = _CRI.fullmatch(line)
        return Wrapped(found[4], found[1], found[2], found[3] == "P") if found else None
    if not line.startswith(_DOCKER_START):
        return None
    fields = decoded_object(line)
    if fields is None or not fields.keys() <= {"log", "stream", "time", "attrs"}:
        return None
    text, time, stream = fields.pop("log"), fields.pop("time", None), fields.pop("stream", None)
    if not isinstance(text, str) or not isinstance(stream, str):
        return None
    is_piece = not text.endswith("\n") and len(text.encode(errors="replace")) >= DOCKER_PIECE_BYTES
    return Wrapped(text.removesuffix("\n").removesuffix("\r"), time, stream, is_piece, fields)


class Pieces:
    """Puts the pieces of long lines together, each stream's by themselves."""

    def __init__(self) -> None:
        self._open: dict[str, list[Wrapped]] = {}

    def add(self, number: int, raw: str, wrapped: Wrapped) -> Wrapped | None:
        """The whole line that ends with this piece, or None where it goes on."""
        wrapped.number, wrapped.raws = number, [raw]
        pieces = self._open.setdefault(wrapped.stream, [])
        pieces.append(wrapped)
        if wrapped.is_piece and len(pieces) < MOST_PIECES:
            return None
        return _whole(self._open.pop(wrapped.stream))

    def rest(self) -> list[Wrapped]:
        """Lines whose last piece never came, as far as they go."""
        lines = [_whole(pieces) for pieces in self._open.values()]
        self._open.clear()
        return sorted(lines, key=lambda line: line.number)


def _whole(pieces: list[Wrapped]) -> Wrapped:
    first = pieces[0]
    if len(pieces) > 1:
        first.text = "".join(piece.text for piece in pieces)
        first.raws = [raw for piece in pieces for raw in piece.raws]
    return first
