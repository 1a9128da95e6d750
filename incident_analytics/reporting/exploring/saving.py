"""A frame kept as a file, whatever engine it is of."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw

from incident_analytics.atomic_write import atomic_write
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    import polars as pl
    from narwhals.typing import IntoFrameT

_INSTANTS = "%Y-%m-%dT%H:%M:%S%.fZ"


def save_frame(frame: IntoFrameT, path: str | Path) -> str:
    """The path, now holding the frame; written whole or not at all.

    In CSV instants are written in UTC as 2024-01-15T14:12:00Z, and what is not known is empty.

    Args:
        frame: A pandas, polars (eager or lazy) or DuckDB frame.
        path: A file that ends in .csv or .parquet. Missing folders are made.

    Returns:
        The path as it was given, with forward slashes.

    Raises:
        ParameterError: It ends in anything else.
        ReportError: It cannot be written there.
    """
    target, native = Path(path), _in_polars(frame)
    buffer = io.BytesIO()
    if target.suffix == ".csv":
        native.write_csv(buffer, datetime_format=_INSTANTS)
    elif target.suffix == ".parquet":
        native.write_parquet(buffer)
    else:
        raise ParameterError("path", expected="a file that ends in .csv or .parquet", found=target.name)
    return atomic_write(target, buffer.getvalue()).as_posix()


def _in_polars(frame: IntoFrameT) -> pl.DataFrame:
    given: Any = nw.from_native(frame)
    native: pl.DataFrame = given.lazy().collect(backend="polars").to_native()
    return native
