"""Queries without their values: literals become ``?``, so that a report shows the statement and nobody's data."""

from __future__ import annotations

import re
from typing import Final

# An address is a value wherever it stands, also within double quotes, which PostgreSQL keeps for names.
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# In order: comments, which may tell anything; quoted names, which stay; texts in each of PostgreSQL's quotes,
# where one that the capture cut off runs to the end; parameters such as $1, which stay; numbers.
_PARTS: Final = re.compile(
    r"""
    (?P<comment> --[^\n]* | /\*.*?(?:\*/|\Z) )
  | (?P<name> "(?:[^"]|"")*(?:"|\Z) )
  | (?P<text> [eE]'(?:[^'\\]|\\.|'')*(?:'|\Z) | (?:[bBxXnN]|[uU]&)?'(?:[^']|'')*(?:'|\Z)
      | \$(?P<tag>(?:[A-Za-z_]\w*)?)\$.*?(?:\$(?P=tag)\$|\Z) )
  | (?P<parameter> \$\d+ )
  | (?P<word> [^\W\d]\w* )
  | (?P<number> (?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\w* )
    """,
    re.VERBOSE | re.DOTALL,
)


def redacted_query(query: str) -> str:
    """The query with each literal as ``?`` and without comments; names, parameters and layout stay.

    >>> redacted_query("update users set mail = 'a@b.c' where id = 17 and shard = $1 -- for Ann")
    'update users set mail = ? where id = ? and shard = $1 '
    """
    return _EMAIL.sub("?", _PARTS.sub(_without_value, query))


def _without_value(match: re.Match[str]) -> str:
    if match["comment"] is not None:
        return ""
    return "?" if match["text"] is not None or match["number"] is not None else match[0]
