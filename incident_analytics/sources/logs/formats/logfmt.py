"""Logfmt: pairs of key=value on a line, as Prometheus, Heroku, Grafana and structlog's renderer write them."""

from __future__ import annotations

import json
import re
from typing import Final

_PAIR: Final = re.compile(r'([A-Za-z_@][\w.@/-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?:\s+|$)')
_START: Final = re.compile(
    r'(?:[A-Za-z_@][\w.@/-]*=(?:"(?:[^"\\]|\\.)*"|[^\s"]*)\s+){0,12}'
    r'(?:ts|t|time|timestamp|level|lvl|severity|msg|at)=(?:"|[^\s"])'
)
FEWEST_PAIRS: Final = 2


def logfmt_fields(line: str) -> dict[str, object] | None:
    r"""The pairs of a line, or None where it is no logfmt: a time, level or message must be among its first keys.

    >>> logfmt_fields('level=error msg="no \\"pool\\"" size=50 none=')
    {'level': 'error', 'msg': 'no "pool"', 'size': '50', 'none': ''}
    """
    if _START.match(line) is None:
        return None
    fields: dict[str, object] = {}
    position = 0
    for pair in _PAIR.finditer(line):
        if pair.start() != position:
            break
        position = pair.end()
        fields[pair[1]] = pair[3] if pair[2] is None else _unquoted(pair[2])
    rest = line[position:].strip()
    if rest:  # words without a key, which some writers leave behind
        fields.setdefault("rest", rest)
    return fields if len(fields) >= FEWEST_PAIRS else None


def _unquoted(text: str) -> str:
    if "\\" not in text:
        return text
    try:
        found = json.loads(f'"{text}"', strict=False)
    except ValueError:
        return text
    return found if isinstance(found, str) else text
