"""What pandas needs at the door: honest nulls on the way in, the caller's kind of columns on the way out.

With numpy behind it pandas says NaN for null, and NaN compares false, so a negated filter keeps it. Pyarrow behind it
has true nulls, so the columns that are used are turned into pyarrow ones first. pandas takes two seconds to import and
is never imported here: the frame that was handed in brings it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import narwhals as nw

from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd
    from narwhals.dtypes import DType

# family -> (behind it pyarrow, behind it numpy)
_DTYPES: Final = {
    "instant": ("timestamp[us, tz=UTC][pyarrow]", "datetime64[us, UTC]"),
    "integer": ("int64[pyarrow]", "Int64"),
    "number": ("double[pyarrow]", "float64"),
    "text": ("large_string[pyarrow]", "str"),
    "truth": ("bool[pyarrow]", "boolean"),
}


def copied(frame: pd.DataFrame, columns: Mapping[str, DType], name_of: Callable[[str], str]) -> pd.DataFrame:
    """The frame with a pyarrow copy of each named column beside it; an absent one is null."""
    added = {}
    for name, dtype in columns.items():
        if name in frame.columns:
            added[name_of(name)] = _with_nulls(frame, name, dtype)
        else:
            added[name_of(name)] = _nothing(frame, dtype)
    return frame.assign(**added)


def restored(result: pd.DataFrame, like: pd.DataFrame, columns: Mapping[str, DType]) -> pd.DataFrame:
    """These columns in this order, of the kind (pyarrow or numpy) that `like` has, with a fresh index."""
    wants_pyarrow = any(type(dtype).__name__ == "ArrowDtype" for dtype in like.dtypes)
    with_nulls = result[list(columns)].reset_index(drop=True).convert_dtypes(dtype_backend="pyarrow")
    # narwhals casts Int64 to a datetime of microseconds; pandas alone would take it for nanoseconds
    typed: pd.DataFrame = (
        nw.from_native(with_nulls).select(*[nw.col(name).cast(dtype) for name, dtype in columns.items()]).to_native()
    )
    return typed.astype({name: _DTYPES[_family(dtype)][0 if wants_pyarrow else 1] for name, dtype in columns.items()})


def _with_nulls(frame: pd.DataFrame, name: str, dtype: DType) -> pd.Series:
    column = frame[name]
    if column.isna().all():  # pandas forgets the type of a column of nothing but nulls
        return _nothing(frame, dtype)
    if column.dtype == object and isinstance(dtype, nw.Datetime):
        return _from_objects(frame, name)
    converted = column.convert_dtypes(dtype_backend="pyarrow")
    if converted.dtype == object and isinstance(dtype, nw.String):
        return converted.astype("string")
    return converted


def _from_objects(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column of Python datetimes, perhaps of several zones, as one column of UTC."""
    column = frame[name]
    for value in column[column.notna()]:
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            raise ParameterError(f"column {name}", expected="instants with a zone, such as UTC", found=str(value))
    utc = [None if missing else value.astimezone(dt.UTC) for value, missing in zip(column, column.isna(), strict=True)]
    return type(column)(utc, index=column.index, dtype="timestamp[us, tz=UTC][pyarrow]")


def _nothing(frame: pd.DataFrame, dtype: DType) -> pd.Series:
    nothing = frame.iloc[:, :0].assign(nothing=None).astype({"nothing": _DTYPES[_family(dtype)][0]})
    return nothing["nothing"]


def _family(dtype: DType) -> str:
    if isinstance(dtype, nw.Datetime):
        return "instant"
    if isinstance(dtype, nw.String):
        return "text"
    if isinstance(dtype, nw.Boolean):
        return "truth"
    return "integer" if dtype.is_integer() else "number"
