"""The two calls that narwhals lacks for DuckDB: an instant to microseconds and back.

DuckDB is an optional extra; it is never imported here, the relation that was handed in brings it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyRelation
    from narwhals.dtypes import DType


def counted(relation: DuckDBPyRelation, instants: Sequence[str]) -> DuckDBPyRelation:
    """The relation with these TIMESTAMPTZ columns as BIGINT microseconds since 1970 UTC."""
    if not instants:
        return relation
    replaced = ", ".join(f"epoch_us({_quoted(name)}) AS {_quoted(name)}" for name in instants)
    return relation.project(f"* REPLACE ({replaced})")


def restored(relation: DuckDBPyRelation, columns: Mapping[str, DType], *, own: Sequence[str] = ()) -> DuckDBPyRelation:
    """These columns in this order; instants are TIMESTAMPTZ again, sums plain numbers and not DECIMAL.

    Columns named in `own` come first, as they are.
    """
    kept = [_quoted(name) for name in own]
    return relation.project(", ".join([*kept, *(_restored(name, dtype) for name, dtype in columns.items())]))


def _restored(name: str, dtype: DType) -> str:
    quoted = _quoted(name)
    if isinstance(dtype, nw.Datetime):
        return f"make_timestamptz({quoted}::BIGINT) AS {quoted}"
    if isinstance(dtype, nw.Boolean):
        return f"{quoted}::BOOLEAN AS {quoted}"
    if isinstance(dtype, nw.String):
        return f"{quoted}::VARCHAR AS {quoted}"
    sql_type = "BIGINT" if dtype.is_integer() else "DOUBLE"
    return f"{quoted}::{sql_type} AS {quoted}"


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
