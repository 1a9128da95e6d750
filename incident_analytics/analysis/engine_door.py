"""The one door between anybody's frames and our arithmetic.

In: pandas (numpy or pyarrow behind it), polars (eager or lazy) and DuckDB frames.
Behind the door there are only Int64 microseconds since 1970 UTC, Int64, Float64, String and Boolean columns with
honest nulls, so that the same integer arithmetic means the same on every engine. Out: the kind that came in.

A column that is absent is a column of nulls. A datetime without a zone is refused: no zone is guessed in silence.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import narwhals as nw
from narwhals.dependencies import is_duckdb_relation, is_pandas_dataframe, is_polars_dataframe, is_polars_lazyframe

from incident_analytics.analysis import duckdb_door, pandas_door
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.dtypes import DType
    from narwhals.typing import IntoFrameT, IntoLazyFrame

    PortableFrame: TypeAlias = nw.LazyFrame[IntoLazyFrame]

INSTANT: Final = nw.Datetime("us", "UTC")
INTEGER: Final = nw.Int64()
NUMBER: Final = nw.Float64()
TEXT: Final = nw.String()
TRUTH: Final = nw.Boolean()

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# DuckDB's // cuts towards zero, the others go down. Counting from year 1 keeps everything positive.
_DAYS_FROM_YEAR_1: Final = 719_162 * DAY


def opened(frame: IntoFrameT, columns: Mapping[str, DType]) -> PortableFrame:
    """The named columns alone, each in its portable type.

    Args:
        frame: A pandas, polars (eager or lazy) or DuckDB frame.
        columns: What is used and as what: INSTANT, INTEGER, NUMBER, TEXT or TRUTH.
            Instants come out as Int64 microseconds since 1970 UTC. An absent column comes out null.

    Returns:
        A narwhals LazyFrame, whatever engine is behind it; the order of rows is the frame's.

    Raises:
        ParameterError: Not a frame we know; an instant without a zone; a column of another type.
    """
    hidden_columns = [nw.col(hidden(name)).alias(name) for name in columns]
    return _with_hidden(frame, columns).select(*hidden_columns)


def closed(result: PortableFrame, like: IntoFrameT, columns: Mapping[str, DType]) -> IntoFrameT:
    """The result as the kind of frame that `like` is, with these columns in this order.

    Args:
        result: What came from `opened`; its instants are Int64 microseconds.
        like: The frame that was handed in; decides the engine, and eager or lazy.
        columns: Names and types on the way out; INSTANT becomes the engine's own datetime in UTC.

    Returns:
        polars: exact dtypes. pandas with pyarrow columns: pyarrow dtypes. Other pandas: datetime64[us, UTC],
        Int64 (nullable), float64, str, boolean. DuckDB: TIMESTAMPTZ, BIGINT, DOUBLE, VARCHAR, BOOLEAN.
    """
    given: Any = like
    native: Any = result.to_native()
    if is_pandas_dataframe(given):
        return pandas_door.restored(native, given, columns)  # type: ignore[return-value]  # like is of pandas
    if is_duckdb_relation(given):
        return duckdb_door.restored(native, columns)  # type: ignore[return-value]  # like is of DuckDB
    return _as_given(result.select(*[nw.col(name).cast(dtype) for name, dtype in columns.items()]), like)


def kept_rows(
    frame: IntoFrameT, columns: Mapping[str, DType], condition: nw.Expr, *, order: Sequence[str] = ()
) -> IntoFrameT:
    """The rows where the condition is true, every column as it was.

    Args:
        frame: As for `opened`.
        columns: The columns that condition and order look at, as for `opened`.
        condition: Written on `hidden(name)`; a row for which it is null is left out.
        order: Columns to sort by, from small to large, nulls last; none keeps the order of rows.

    Returns:
        The same kind of frame with the same columns and dtypes.
    """
    found = _with_hidden(frame, columns).filter(condition)
    if order:
        found = found.sort(*[hidden(name) for name in order], nulls_last=True)
    return _as_given(found.drop(*[hidden(name) for name in columns]), frame)


def widened(
    frame: IntoFrameT,
    columns: Mapping[str, DType],
    steps: Sequence[Sequence[nw.Expr]],
    added: Mapping[str, DType],
) -> IntoFrameT:
    """The frame as it was, with computed columns after its own.

    Args:
        frame: As for `opened`.
        columns: The columns that the steps look at, as for `opened`.
        steps: Expressions written on `hidden(name)`, each step seeing the columns of the steps before it.
        added: Which of the computed columns stay, with their types; one of the frame's own of that name is replaced.

    Returns:
        The same kind of frame; rows in order.
    """
    wide = _with_hidden(frame, columns)
    for step in steps:
        wide = wide.with_columns(*step)
    native: Any = frame
    if is_pandas_dataframe(native):
        computed = pandas_door.restored(wide.collect().to_native(), native, added).set_axis(native.index)
        return native.assign(**{name: computed[name] for name in added})  # type: ignore[return-value]  # pandas as given
    of_frame: PortableFrame = nw.from_native(native).lazy()
    own = [name for name in of_frame.collect_schema().names() if name not in added]
    if is_duckdb_relation(native):
        relation: Any = wide.to_native()
        return duckdb_door.restored(relation, added, own=own)  # type: ignore[return-value]  # DuckDB as given
    return _as_given(wide.select(*own, *[nw.col(name).cast(dtype) for name, dtype in added.items()]), frame)


def hidden(name: str) -> str:
    """The name under which a portable column stands beside the one it was made from."""
    return f"portable {name}"


def microseconds(instant: dt.datetime) -> int:
    """An aware datetime as whole microseconds since 1970 UTC, exactly.

    >>> microseconds(dt.datetime(1970, 1, 1, 0, 0, 1, tzinfo=dt.UTC))
    1000000
    """
    if instant.utcoffset() is None:
        raise ParameterError("an instant needs a zone", expected="an aware datetime", found=instant.isoformat())
    return (instant - EPOCH) // dt.timedelta(microseconds=1)


def instant_at(microseconds_since_1970: int) -> dt.datetime:
    """The aware UTC datetime of whole microseconds since 1970 UTC.

    >>> instant_at(1_000_000).isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    return EPOCH + dt.timedelta(microseconds=microseconds_since_1970)


def floored(column: nw.Expr, size: int) -> nw.Expr:
    """The start of the bucket that each Int64 instant falls in.

    Args:
        column: Int64 microseconds since 1970 UTC.
        size: Width of a bucket in microseconds, at most a day and a divisor of it, so that buckets start at midnight.
    """
    return (column + _DAYS_FROM_YEAR_1) // size * size - _DAYS_FROM_YEAR_1


def in_seconds(column: nw.Expr) -> nw.Expr:
    """Int64 microseconds as Float64 seconds, correctly rounded, so that every engine says the same.

    Args:
        column: Int64 microseconds.
    """
    # polars divides by a constant as it multiplies by its inverse, which is wrong in the last digit: 7.000001 s
    # become 7.000000999. Dividing by a column of that constant is exact.
    return column / (column * 0 + SECOND)


def _with_hidden(frame: IntoFrameT, columns: Mapping[str, DType]) -> PortableFrame:
    """The frame with one portable column more for each named one."""
    native: Any = frame
    if is_pandas_dataframe(native):
        native = pandas_door.copied(native, columns, hidden)
    elif not (is_duckdb_relation(native) or is_polars_dataframe(native) or is_polars_lazyframe(native)):
        found = f"{type(frame).__module__}.{type(frame).__qualname__}"
        raise ParameterError("not a frame", expected="a pandas, polars or DuckDB frame", found=found)
    given: PortableFrame = nw.from_native(native).lazy()
    copied = _copied(given, columns)
    schema = copied.collect_schema()
    for name, wanted in columns.items():
        if name in schema:
            _check(name, schema[hidden(name)], wanted)
    if is_duckdb_relation(native):
        instants = [hidden(name) for name in columns if isinstance(schema[hidden(name)], nw.Datetime)]
        counted: Any = nw.from_native(duckdb_door.counted(copied.to_native(), instants)).lazy()  # type: ignore[arg-type]
        copied, schema = counted, counted.collect_schema()
    return copied.with_columns(*[_portable(name, schema[hidden(name)], wanted) for name, wanted in columns.items()])


def _portable(name: str, found: DType, wanted: DType) -> nw.Expr:
    column = nw.col(hidden(name))
    if isinstance(found, nw.Datetime):
        return column.dt.timestamp("us").cast(INTEGER)
    return column.cast(INTEGER if wanted == INSTANT else wanted)


def _copied(frame: PortableFrame, columns: Mapping[str, DType]) -> PortableFrame:
    """The frame with a copy of each named column, untouched; an absent one is null."""
    schema = frame.collect_schema()
    copies = []
    for name, dtype in columns.items():
        if hidden(name) not in schema:
            column = nw.col(name) if name in schema else nw.lit(None, dtype=INTEGER if dtype == INSTANT else dtype)
            copies.append(column.alias(hidden(name)))
    return frame.with_columns(*copies) if copies else frame


def _check(name: str, found: DType, wanted: DType) -> None:
    """Refuse a column that cannot be read as what is wanted; one of nothing but nulls has no type yet."""
    if isinstance(found, nw.Unknown):
        return
    if wanted == INSTANT:
        expected = "instants with a zone, such as UTC"
        fits = isinstance(found, nw.Datetime) and found.time_zone is not None
    elif wanted == TEXT:
        expected = "texts"
        fits = found.is_numeric() or isinstance(found, (nw.String, nw.Categorical, nw.Enum))
    elif wanted == TRUTH:
        expected = "true or false"
        fits = isinstance(found, nw.Boolean)
    else:
        expected = "numbers"
        fits = found.is_numeric()
    if not fits:
        raise ParameterError(f"column {name}", expected=expected, found=str(found))


def _as_given(result: PortableFrame, like: IntoFrameT) -> IntoFrameT:
    """A lazy result for a lazy frame, a collected one for an eager frame."""
    lazy = is_polars_lazyframe(like) or is_duckdb_relation(like)
    native: Any = result.to_native() if lazy else result.collect().to_native()
    return native  # type: ignore[no-any-return]  # the engine is that of like
