"""Labels as Prometheus writes them in text: ``name{job="api",le="0.5"}``."""

from __future__ import annotations

import re
from typing import Final

NAME: Final = "__name__"
SERIES: Final = r'(?P<name>[a-zA-Z_:][\w:.]*)?(?P<labels>\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?'
_LABEL = re.compile(r'\s*(?:(?P<key>[a-zA-Z_][\w.]*|"(?:[^"\\]|\\.)*")\s*=\s*)?"(?P<value>(?:[^"\\]|\\.)*)"\s*(?:,|$)')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def read_labels(text: str | None) -> dict[str, str] | None:
    r"""The labels between braces; None where they are broken. A quoted text without a key is the metric's name.

    >>> read_labels('{a="1", b="x\\ny"}')
    {'a': '1', 'b': 'x\ny'}
    """
    inner = (text or "{}").strip().removeprefix("{").removesuffix("}").strip()
    labels: dict[str, str] = {}
    at = 0
    while at < len(inner):
        match = _LABEL.match(inner, at)
        if match is None:
            return None
        labels[_plain(match["key"] or NAME)] = _unescaped(match["value"])
        at = match.end()
    return labels


def _plain(key: str) -> str:
    return _unescaped(key[1:-1]) if key.startswith('"') else key


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: "\n" if match[1] == "n" else match[1], text)
