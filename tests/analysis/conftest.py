"""The engines that a frame function must agree on, and their rows in one form."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import polars as pl
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


def _numpy_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    instants = {name: "datetime64[us, UTC]" for name, dtype in frame.schema.items() if dtype == pl.Datetime}
    return pd.DataFrame(frame.to_dict(as_series=False)).astype(instants)


def _pyarrow_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    return frame.to_pandas(use_pyarrow_extension_array=True)


def _duckdb_relation(frame: pl.DataFrame) -> duckdb.DuckDBPyRelation:
    return duckdb.from_arrow(frame.to_arrow())


_ENGINES = {
    "polars": pl.DataFrame.clone,
    "polars lazy": pl.DataFrame.lazy,
    "pandas numpy": _numpy_pandas,
    "pandas pyarrow": _pyarrow_pandas,
    "duckdb": _duckdb_relation,
}


@pytest.fixture(params=_ENGINES.values(), ids=_ENGINES.keys())
def on_engine(request: pytest.FixtureRequest) -> Callable[[pl.DataFrame], object]:
    """Turns a polars frame into the same rows on one engine; the test runs on each."""
    return request.param


@pytest.fixture
def rows_of() -> Callable[[object], list[tuple[object, ...]]]:
    """Gives the rows of any frame, every null as None and every instant as a UTC datetime."""

    def plain(value: object) -> object:
        if not isinstance(value, str) and pd.isna(value):
            return None
        return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value

    def rows(frame: object) -> list[tuple[object, ...]]:
        if isinstance(frame, duckdb.DuckDBPyRelation):
            frame = frame.pl()
        if isinstance(frame, pl.LazyFrame):
            frame = frame.collect()
        found = frame.rows() if isinstance(frame, pl.DataFrame) else frame.itertuples(index=False)
        return [tuple(plain(value) for value in row) for row in found]

    return rows
