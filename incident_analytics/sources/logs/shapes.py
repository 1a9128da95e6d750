"""Shapes of JSON lines: a pattern that only lines of the same keys and types match, learned from one line.

A program writes most of its lines in a few shapes. Lines of one shape can be decoded by polars all at once,
which is several times faster than one by one. The pattern is strict, so that both ways give the same records:
the same keys in the same order, no null in place of a value, no number or escape that the two ways would
print differently. Whatever does not match goes the slow way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import NoneType
from typing import TYPE_CHECKING, Final, TypeAlias

import polars as pl

from incident_analytics.sources.logs.json_line import decoded_object, plan_for

if TYPE_CHECKING:
    from incident_analytics.sources.logs.json_line import Plan, Where

MOST_KEYS: Final = 60
DEEPEST: Final = 3
WRAPPED: Final = frozenset({"docker", "loguru"})  # their columns lie inside other values

_KEY: Final = re.compile(r"[A-Za-z0-9_@.-]+")
# Escapes with \u are left out: half of a surrogate pair would fail every line decoded with it.
_STRING: Final = r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt])*"'
_INTEGER: Final = r"(?:0|-?[1-9][0-9]{0,17})"
# Where Python and polars print a number alike: no exponent on either side.
_FLOAT: Final = r"-?(?:[1-9][0-9]{0,9}\.[0-9]{1,6}|0\.[0-9]{1,4})"


# The keys of an object with the types of their values, objects as trees of their own.
Tree: TypeAlias = dict[str, "type | Tree"]


@dataclass(frozen=True, slots=True)
class Shape:
    """Lines of the same keys, in the same order, with values of the same types.

    Args:
        pattern: Matches these lines and no others.
        dtype: What to decode them to; keys that are always null are left out.
        tree: The keys and the types of their values.
        plan: Which key goes to which column.
    """

    pattern: str
    dtype: pl.Struct
    tree: Tree
    plan: Plan

    def first(self, where: Where | None, types: tuple[type, ...]) -> str | None:
        """The first key where a column may stand whose value is of one of these types."""
        keys = where.keys if where is not None else ()
        return next((key for key in keys if self.tree[key] in types), None)

    def first_told(self, where: Where | None) -> str | None:
        """The first key where a column may stand whose value is not null."""
        keys = where.keys if where is not None else ()
        return next((key for key in keys if self.tree[key] is not NoneType), None)


def shape_of(line: str) -> Shape | None:
    """The shape of a line, or None where it must be read on its own.

    The line need not match its pattern: of how a value is written only the pattern tells.
    """
    fields = decoded_object(line)
    if not fields:
        return None
    plan = plan_for(frozenset(fields), type(fields.get("level")))
    if plan.flavour.name in WRAPPED or plan.flavour.finish or _has_columns_inside(fields, plan):
        return None
    described = _described(fields, 1)
    if described is None:
        return None
    pattern, dtype = described
    shape = Shape(f"^{pattern}$", dtype, _tree(fields), plan)
    message, level = shape.first_told(plan.message), shape.first(plan.level, (str, int, bool, float))
    has_plain_columns = (message is None or shape.tree[message] is str) and (
        level is None or shape.tree[level] in {str, int}
    )
    return shape if has_plain_columns else None


def _tree(fields: dict[str, object]) -> Tree:
    return {key: _tree(value) if isinstance(value, dict) else type(value) for key, value in fields.items()}


def _has_columns_inside(fields: dict[str, object], plan: Plan) -> bool:
    """Whether a column might stand deeper inside an object."""
    wheres = (plan.time, plan.level, plan.message, plan.service, plan.logger, plan.trace, plan.span, plan.user)
    heads = {path[0] for where in wheres if where is not None for path in where.paths}
    return any(isinstance(fields[head], dict) for head in heads)


def _described(fields: dict[str, object], depth: int) -> tuple[str, pl.Struct] | None:
    if depth > DEEPEST or not 0 < len(fields) <= MOST_KEYS:
        return None
    patterns, types = [], []
    for key, value in fields.items():
        described = _value(value, depth) if _KEY.fullmatch(key) else None
        if described is None:
            return None
        pattern, dtype = described
        patterns.append(f'"{key.replace(".", "[.]")}": ?{pattern}')
        if dtype is not None:
            types.append(pl.Field(key, dtype))
    return (r"\{" + ", ?".join(patterns) + r"\}", pl.Struct(types)) if types else None


def _value(value: object, depth: int) -> tuple[str, pl.DataType | None] | None:  # noqa: PLR0911 -- one return a type
    match value:
        case None:
            return "null", None
        case bool():
            return "(?:true|false)", pl.Boolean()
        case int():
            return _INTEGER, pl.Int64()
        case float():
            return _FLOAT, pl.Float64()
        case str():
            return _STRING, pl.String()
        case dict():
            return _described(value, depth + 1)
        case _:
            return None
