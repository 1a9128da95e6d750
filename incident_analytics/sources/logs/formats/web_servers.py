"""Access and error logs of web servers: combined and common, nginx, Apache."""

from __future__ import annotations

from typing import Final

from incident_analytics.sources.logs.formats.text_format import DIGITS, TextFormat, pattern
from incident_analytics.sources.logs.severity import severity_of_status

_ADDRESS: Final = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:[-_")


def _status(written: str) -> int | None:
    return severity_of_status(int(written))


# A user's name may hold spaces; a line that was cut inside its last quotes is still one.
ACCESS: Final = TextFormat(
    "access",
    _ADDRESS,
    pattern(
        r"""(?:(?P<vhost>[\w.-]+:\d+) )?(?P<client>[\w.:%\[\]-]+) [^ ]+ (?P<remote_user>[^\[]*?)[ ]
        \[(?P<time>\d\d/[A-Z][a-z][a-z]/\d\d\d\d:\d\d:\d\d:\d\d [+-]\d\d\d\d)\][ ]
        "(?P<message>(?:[^"\\]|\\.)*)" (?P<level>[1-5]\d\d) (?P<bytes>\d+|-)
        (?: "(?P<referrer>(?:[^"\\]|\\.)*)"(?: "(?P<agent>(?:[^"\\]|\\.)*)"?(?P<more>.*))?)?"""
    ),
    severity=_status,
    level_name="status",
    numbers=frozenset({"bytes"}),
    follows="nothing",
)

NGINX_ERROR: Final = TextFormat(
    "nginx-error",
    DIGITS,
    pattern(
        r"""(?P<time>\d\d\d\d/\d\d/\d\d \d\d:\d\d:\d\d) \[(?P<level>[a-z]+)\][ ]
        (?P<pid>\d+)#(?P<thread>\d+): (?:\*(?P<connection>\d+) )?(?P<message>.*)"""
    ),
    numbers=frozenset({"pid", "thread", "connection"}),
)

APACHE_ERROR: Final = TextFormat(
    "apache-error",
    frozenset("["),
    pattern(
        r"""\[(?P<time>[A-Z][a-z][a-z] [A-Z][a-z][a-z] +\d+ \d\d:\d\d:\d\d(?:\.\d+)? \d\d\d\d)\][ ]
        \[(?:(?P<module>\w*):)?(?P<level>[a-z]+\d?)\][ ]
        (?:\[pid (?P<pid>\d+)(?::tid (?P<thread>\d+))?\] )?(?P<message>.*)"""
    ),
    numbers=frozenset({"pid", "thread"}),
)

FORMATS: Final = (ACCESS, NGINX_ERROR, APACHE_ERROR)
