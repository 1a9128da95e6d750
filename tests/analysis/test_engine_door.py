"""The engine door: every engine's instants become the same integers and come back as they were."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest

from incident_analytics.analysis.engine_door import (
    DAY,
    HOUR,
    INSTANT,
    INTEGER,
    MINUTE,
    NUMBER,
    TEXT,
    TRUTH,
    closed,
    floored,
    hidden,
    instant_at,
    kept_rows,
    microseconds,
    opened,
)
from incident_analytics.errors import ParameterError

UTC = dt.UTC
NOON = dt.datetime(2024, 1, 15, 12, tzinfo=UTC)
NOON_MICROSECONDS = 1_705_320_000_000_000  # date -u -d '2024-01-15 12:00' +%s
COLUMNS = {"at": INSTANT, "count": INTEGER, "share": NUMBER, "name": TEXT, "open": TRUTH}
PORTABLE = [(NOON_MICROSECONDS, 17, 0.5, "a", True), (None, None, None, None, None)]
VALUES = {"at": [NOON, None], "count": [17, None], "share": [0.5, None], "name": ["a", None], "open": [True, None]}


def polars_frame() -> pl.DataFrame:
    """Two rows, the second of nothing but nulls."""
    return pl.DataFrame(VALUES, schema_overrides={"at": pl.Datetime("us", "UTC")})


def frames() -> dict[str, object]:
    """The same two rows on every engine."""
    numpy_backed = pd.DataFrame(VALUES)
    polars = polars_frame()
    return {
        "polars": polars,
        "lazy": polars.lazy(),
        "numpy": numpy_backed,
        "nanoseconds": numpy_backed.astype({"at": "datetime64[ns, UTC]"}),
        "objects": numpy_backed.astype(object),
        "pyarrow": numpy_backed.convert_dtypes(dtype_backend="pyarrow"),
        "duckdb": duckdb.from_arrow(polars.to_arrow()),
    }


ENGINES = ["polars", "lazy", "numpy", "nanoseconds", "objects", "pyarrow", "duckdb"]


def related(frame: object) -> object:
    """A query as the DuckDB relation it gives: one that lives as long as a module is reported as a leak at the end."""
    return duckdb.sql(frame) if isinstance(frame, str) else frame


def rows(frame: object) -> list[tuple[object, ...]]:
    """The rows of any frame, every kind of null as None."""
    if isinstance(frame, nw.LazyFrame):
        frame = frame.to_native()
    if isinstance(frame, duckdb.DuckDBPyRelation):
        frame = frame.pl()
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame.rows()
    assert isinstance(frame, pd.DataFrame)
    return [tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_opens_to_the_same_integers_and_nulls(engine: str) -> None:
    """An instant is microseconds, a null is a null."""
    assert rows(opened(frames()[engine], COLUMNS)) == PORTABLE


@pytest.mark.parametrize("engine", ENGINES)
def test_a_closed_frame_has_the_values_that_were_opened(engine: str) -> None:
    """In and out again changes nothing."""
    frame = frames()[engine]
    assert rows(closed(opened(frame, COLUMNS), frame, COLUMNS)) == polars_frame().rows()


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_kind_of_frame_comes_back(engine: str) -> None:
    """Eager for eager, lazy for lazy, pandas for pandas."""
    frame = frames()[engine]
    assert type(closed(opened(frame, COLUMNS), frame, COLUMNS)) is type(frame)


def test_the_dtypes_that_come_back_do_not_depend_on_the_data() -> None:
    """Counts stay whole numbers although one is missing."""
    for engine, expected in {
        "numpy": ["datetime64[us, UTC]", "Int64", "float64", "str", "boolean"],
        "pyarrow": [
            "timestamp[us, tz=UTC][pyarrow]",
            "int64[pyarrow]",
            "double[pyarrow]",
            "large_string[pyarrow]",
            "bool[pyarrow]",
        ],
        "polars": ["Datetime(time_unit='us', time_zone='UTC')", "Int64", "Float64", "String", "Boolean"],
        "duckdb": ["TIMESTAMP WITH TIME ZONE", "BIGINT", "DOUBLE", "VARCHAR", "BOOLEAN"],
    }.items():
        for frame in (frames()[engine], empty(frames()[engine])):
            out = closed(opened(frame, COLUMNS), frame, COLUMNS)
            assert [str(dtype) for dtype in out.dtypes] == expected


def empty(frame: object) -> object:
    """The same frame without rows."""
    return frame.limit(0) if isinstance(frame, duckdb.DuckDBPyRelation) else frame.head(0)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_absent_column_is_a_column_of_nulls(engine: str) -> None:
    """What a source does not carry is unknown, not an error."""
    absent = {"absent_at": INSTANT, "users": INTEGER, "level": NUMBER, "service": TEXT, "late": TRUTH}
    frame = frames()[engine]
    assert rows(closed(opened(frame, absent), frame, absent)) == [(None,) * 5] * 2


@pytest.mark.parametrize("engine", ENGINES)
def test_an_empty_frame_stays_empty(engine: str) -> None:
    """No rows in, no rows out."""
    frame = empty(frames()[engine])
    assert rows(closed(opened(frame, COLUMNS), frame, COLUMNS)) == []


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"at": [None, None]}),
        pd.DataFrame({"at": [None, None]}),
        pd.DataFrame({"at": [float("nan")] * 2}),
        pd.DataFrame({"at": [pd.NaT, pd.NaT]}),
        "SELECT NULL AS at FROM range(2)",
    ],
    ids=["polars", "pandas objects", "pandas NaN", "pandas NaT", "duckdb"],
)
def test_a_column_of_nothing_but_nulls_needs_no_type(frame: object) -> None:
    """All missing is all null on every engine."""
    assert rows(opened(related(frame), {"at": INSTANT})) == [(None,), (None,)]


NAIVE = dt.datetime(2024, 1, 15, 12)  # noqa: DTZ001  what the door must refuse


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"at": [NAIVE]}),
        pl.LazyFrame({"at": [NAIVE]}),
        pd.DataFrame({"at": [NAIVE]}),
        pd.DataFrame({"at": [NAIVE]}, dtype=object),
        pd.DataFrame({"at": [NAIVE]}).convert_dtypes(dtype_backend="pyarrow"),
        pl.DataFrame({"at": ["2024-01-15T12:00:00Z"]}),
        pd.DataFrame({"at": ["2024-01-15T12:00:00Z"]}),
        pd.DataFrame({"at": [dt.date(2024, 1, 15)]}),
        "SELECT TIMESTAMP '2024-01-15 12:00' AS at",
    ],
)
def test_an_instant_without_a_zone_is_refused(frame: object) -> None:
    """No zone is guessed in silence, and the column is named."""
    with pytest.raises(ParameterError, match=r"^column at: expected instants with a zone, such as UTC, found '"):
        opened(related(frame), {"at": INSTANT})


@pytest.mark.parametrize(
    ("column", "dtype", "expected"),
    [("name", INTEGER, "numbers"), ("at", TEXT, "texts"), ("count", TRUTH, "true or false")],
)
def test_a_column_of_another_type_is_refused(column: str, dtype: nw.dtypes.DType, expected: str) -> None:
    """The error says what was expected in the column."""
    with pytest.raises(ParameterError, match=f"^column {column}: expected {expected}, found "):
        opened(polars_frame(), {column: dtype})


def test_something_that_is_no_frame_is_refused() -> None:
    """A list is answered with the kinds that are read."""
    with pytest.raises(ParameterError, match=r"expected a pandas, polars or DuckDB frame, found 'builtins\.list'"):
        opened([1, 2], {"at": INSTANT})  # type: ignore[type-var]


def test_instants_of_any_zone_are_the_same_instant() -> None:
    """Noon in UTC is one in the afternoon in Berlin, in January."""
    berlin = NOON.astimezone(ZoneInfo("Europe/Berlin"))
    assert rows(opened(pl.DataFrame({"at": [berlin]}), {"at": INSTANT})) == [(NOON_MICROSECONDS,)]
    mixed = pd.DataFrame({"at": [berlin, NOON]}, dtype=object)
    assert rows(opened(mixed, {"at": INSTANT})) == [(NOON_MICROSECONDS,)] * 2


def test_user_numbers_become_texts_without_a_decimal_point() -> None:
    """Pandas keeps 1001 with a null beside it as 1001.0; the user is still 1001."""
    frame = pd.DataFrame({"user_id": [1001, None]})
    assert rows(opened(frame, {"user_id": TEXT})) == [("1001",), (None,)]


@pytest.mark.parametrize("engine", ENGINES)
def test_kept_rows_have_every_column_as_it_was(engine: str) -> None:
    """A filter changes neither columns nor dtypes, and null is not kept by a negation."""
    frame = frames()[engine]
    out = kept_rows(frame, {"count": INTEGER}, ~(nw.col(hidden("count")) > 1000), order=["count"])
    assert list(out.columns if not isinstance(out, pl.LazyFrame) else out.collect_schema().names()) == list(VALUES)
    assert rows(out) == polars_frame().head(1).rows()
    if isinstance(frame, pd.DataFrame):
        assert out.dtypes.equals(frame.dtypes)


@pytest.mark.parametrize("engine", ENGINES)
def test_buckets_go_down_before_1970_too(engine: str) -> None:
    """23:59:30 on the last day of 1969 belongs to the minute 23:59 on every engine."""
    frame = pl.DataFrame({"at": [dt.datetime(1969, 12, 31, 23, 59, 30, tzinfo=UTC), NOON]})
    chosen: object = {"numpy": frame.to_pandas(), "duckdb": duckdb.from_arrow(frame.to_arrow())}.get(engine, frame)
    portable = opened(chosen, {"at": INSTANT})
    minutes = portable.select(*[floored(nw.col("at"), size).alias(str(size)) for size in (MINUTE, HOUR, DAY)])
    noon = NOON_MICROSECONDS
    assert rows(minutes) == [(-60_000_000, -3_600_000_000, -86_400_000_000), (noon, noon, noon - 43_200_000_000)]


def test_an_instant_is_counted_exactly_and_back() -> None:
    """The last microsecond of year 9999 survives, where floats would round."""
    last = dt.datetime.max.replace(tzinfo=UTC)
    assert microseconds(last) == 253_402_300_799_999_999
    assert instant_at(253_402_300_799_999_999) == last


def test_an_instant_without_a_zone_is_not_counted() -> None:
    """A naive argument is refused like a naive column."""
    with pytest.raises(ParameterError, match="expected an aware datetime, found '2024-01-15T12:00:00'"):
        microseconds(NAIVE)
