"""One log line as pino writes it: milliseconds, a numeric level, compact JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass

INFO, WARN, ERROR = 30, 40, 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a service's log and when it was written.

    Args:
        at: Epoch seconds.
        text: The line without its newline.
    """

    at: float
    text: str


def line(at: float, level: int, host: str, service: str, fields: dict[str, object], message: str) -> Line:
    """A pino line: level, time, pid, hostname, name, then the fields, the message last.

    Args:
        at: Epoch seconds.
        level: 30 info, 40 warn, 50 error.
        host: The pod.
        service: The logger's name.
        fields: What the call adds, in its order.
        message: The text.

    Returns:
        The line.
    """
    record = {"level": level, "time": int(at * 1000), "pid": 1, "hostname": host, "name": service}
    return Line(at, json.dumps({**record, **fields, "msg": message}, separators=(",", ":")))


def error(kind: str, message: str, *frames: str, code: str = "") -> dict[str, str]:
    """An error as pino's serializer writes it, with its stack.

    Args:
        kind: The class.
        message: Its message.
        *frames: Where it was thrown, innermost first.
        code: The error code; left out where empty.

    Returns:
        The value of ``err``.
    """
    stack = "\n".join([f"{kind}: {message}", *(f"    at {frame}" for frame in frames)])
    return {"type": kind, "message": message, "stack": stack} | ({"code": code} if code else {})
