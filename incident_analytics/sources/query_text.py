"""Texts that may hold a query, without its values: log messages, their attributes, lines as they were."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Final, TypeAlias

from incident_analytics.sources.database.redaction import redacted_query

_Json: TypeAlias = "str | int | float | bool | list[_Json] | dict[str, _Json] | None"

# Words of which each text with something to take out has one; the rest is left alone without a closer look.
MAY_HOLD: Final = (
    *("select", "insert", "update", "delete", "merge", "values", "execute", "statement", "query", "sql", "param"),
    *("args", "arguments", "bind", "prepare", "parse", "key (", "failing row", "invalid", "malformed", "out of range"),
    *("json data", "copy ", "call ", "set ", "where ", "alter ", "create ", "line ", " = '"),
)
# What PostgreSQL puts values into beside the statement itself (src/backend: errdetail, errcontext, errmsg).
_VALUES: Final = (
    (re.compile(r"(\bkey \((?:[^()]|\([^()]*\))*\)=)\(.*\)", re.IGNORECASE | re.DOTALL), r"\1(?)"),
    (re.compile(r"(\bfailing row contains )\(.*\)", re.IGNORECASE | re.DOTALL), r"\1(?)"),
    (re.compile(r"(\$\d+ = )(?:[eE]?'(?:[^']|'')*(?:'|\Z)|[^\s,]+)"), r"\1?"),
    (re.compile(r"(\bJSON data, line \d+: ).*", re.IGNORECASE | re.DOTALL), r"\1?"),
    (re.compile(r"(\bCOPY [^:\n]+: ).*", re.DOTALL), r"\1?"),
    (
        re.compile(r"(\b(?:invalid|malformed|out of range)\b[^\"\n]{0,200}:\s*\\?\")[^\"\n]*(\"?)", re.IGNORECASE),
        r"\1?\2",
    ),
    (re.compile(r"(\bvalue \\?\")[^\"\n]*(\"?)(?= is out of range)", re.IGNORECASE), r"\1?\2"),
)
# Where a statement begins: by its own words, or by the label that stands before it.
_NAME: Final = r"[\w.\"$\[\]`]+"
_STATEMENT: Final = re.compile(
    rf"""
    \bselect\b (?= .*? \bfrom\b | \s+ [\w."]+ \s* \( | \s* ['\d$] )
  | \binsert \s+ into\b | \bdelete \s+ from\b | \bmerge \s+ into\b | \bupdate \s+ (?:only\s+)? {_NAME}
    (?: \s+ (?:as\s+)? \w+ )? \s+ set\b | \bwith \s+ (?:recursive\s+)? {_NAME} (?: \s* \([^)]*\) )? \s+ as \s* \(
  | \bvalues \s* \( | \b(?:create|alter) \s+ (?:user|role)\b | \bset \s+ [\w.]+ \s* (?:=|to\b)
  | \bcall \s+ [\w.]+ \s* \(
  | \bwhere \s+ {_NAME} \s* (?:=|<|>|!|\bin\b|\blike\b|\bilike\b|\bbetween\b)
  | (?P<label> (?: \bstatement | \bquery | \bsql | \bexecute \s+ [^:\n]{{1,120}} | \bparse \s+ [^:\n]{{1,120}}
      | \bbind \s+ [^:\n]{{1,120}} | \bprepare | \bline \s+ \d+ ) \]? \\? "? \s* [:=] \s* [\\"']* )
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
# The values that are bound to it: whatever follows the label goes.
_BOUND: Final = re.compile(
    r"(\b(?:param(?:eter)?s?|args|arguments|bindings?|binds)\b\"?\s*(?:[:=]|\bare\b)\s*).*", re.IGNORECASE | re.DOTALL
)
_QUERY_KEYS: Final = re.compile(r"(?i)(?:^|[._])(?:statement|query|sql|internal_query|query_text|query\.text)$")
_BOUND_KEYS: Final = re.compile(r"(?i)(?:^|[._])(?:param(?:eter)?s?|args|arguments|bindings?|binds|values)$")


def redacted_text(text: str) -> str:
    """The text with the values taken out of each query in it; text without a query stays as it is.

    >>> redacted_text("duration: 12 ms  statement: select * from users where mail = 'a@b.c'")
    'duration: 12 ms  statement: select * from users where mail = ?'
    >>> redacted_text("Key (mail)=(a@b.c) already exists."), redacted_text("3 retries left")
    ('Key (mail)=(?) already exists.', '3 retries left')
    """
    if not _may_hold(text):
        return text
    for values, without in _VALUES:
        text = values.sub(without, text)
    found = _STATEMENT.search(text)
    bound = _BOUND.search(text)
    if bound is not None and (found is not None or "$" in bound[0] or bound.start() == 0):
        text = text[: bound.start()] + bound[1] + "?"
    if found is None:
        return text
    # A quote that a label opens is none of the statement's.
    start = found.end() if found["label"] is not None else found.start()
    return text[:start] + redacted_query(text[start:])


@lru_cache(maxsize=1 << 16)
def redacted_line(text: str) -> str:
    """A line of a log as it was, or the object of its attributes, without the values of queries.

    A JSON object is gone through key by key: one that names a statement holds nothing else.
    """
    if not _may_hold(text):
        return text
    if text.lstrip()[:1] == "{":
        try:
            found: _Json = json.loads(text)
        except (ValueError, RecursionError):
            return redacted_text(text)
        without = _redacted(found)
        return text if without == found else json.dumps(without, ensure_ascii=False, separators=(",", ":"))
    return redacted_text(text)


def _may_hold(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in MAY_HOLD)


def _redacted(value: _Json) -> _Json:
    if isinstance(value, str):
        return redacted_line(value)
    if isinstance(value, list):
        return [_redacted(each) for each in value]
    if not isinstance(value, dict):
        return value
    has_query = any(_QUERY_KEYS.search(key) for key in value)
    return {key: _of_key(key, cell, has_query=has_query) for key, cell in value.items()}


def _of_key(key: str, value: _Json, *, has_query: bool) -> _Json:
    if isinstance(value, str) and _QUERY_KEYS.search(key):
        return redacted_query(value)
    if has_query and value is not None and _BOUND_KEYS.search(key):
        return "?"
    return _redacted(value)
