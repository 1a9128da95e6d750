"""What histories say of an incident beside its record's own fields: team, cause, reopenings, whether it was a drill."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

YES = frozenset({"true", "t", "yes", "y", "1", "drill", "exercise", "test"})
_TEAM, _CAUSE = ("team", "assignment_group"), ("cause", "root_cause")
_DRILL, _REOPENED = ("is_drill", "drill"), ("reopened", "reopen_count")
# The keys that `source_columns` looks at; whoever reads a record otherwise must hand them on.
SOURCE_KEYS = (*_TEAM, *_CAUSE, *_DRILL, *_REOPENED)
_MOST_DIGITS = 9


def source_columns(extra: Mapping[str, object]) -> dict[str, object]:
    """The columns ``team``, ``cause``, ``is_drill`` and ``reopened`` from the keys that are no fields of a record."""
    return {
        "team": _text(_first(extra, _TEAM)),
        "cause": _text(_first(extra, _CAUSE)),
        "is_drill": is_yes(_first(extra, _DRILL)),
        "reopened": _count(_first(extra, _REOPENED)),
    }


def is_yes(value: object) -> bool:
    """Whether a flag is set; one that is not there is not."""
    return value is not None and str(value).strip().lower() in YES


def _first(extra: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((extra[name] for name in names if extra.get(name) is not None), None)


def _text(value: object) -> str | None:
    return (str(value).strip() or None) if isinstance(value, (str, int, float)) else None


def _count(value: object) -> int | None:
    if isinstance(value, bool):
        return int(value)
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None
