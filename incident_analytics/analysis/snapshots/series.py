"""One series of samples as arrays: by time, finite values only, one value a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import polars as pl

from incident_analytics.analysis.engine_door import microseconds
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    Span: TypeAlias = tuple[dt.datetime, dt.datetime]

Floats: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Times: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Marks: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

_NO_TIME: Final = -(2**62)


@dataclass(frozen=True, slots=True)
class Series:
    """The finite samples of one series.

    Args:
        at: Microseconds since 1970 UTC, rising.
        value: A finite value for each.
        unit: As the samples name it; empty where they do not.
        set_aside: How many samples had no time or no finite value, or a time that another one had.
    """

    at: Times
    value: Floats
    unit: str
    set_aside: int

    @property
    def step(self) -> int:
        """The usual microseconds from one sample to the next; 0 of fewer than two samples."""
        return int(np.median(np.diff(self.at))) if self.at.size > 1 else 0

    def part(self, since: int, until: int) -> Series:
        """The samples of [since, until)."""
        first, last = np.searchsorted(self.at, [since, until])
        return Series(self.at[first:last], self.value[first:last], self.unit, 0)


def series_of(samples: pl.DataFrame) -> Series:
    """The finite samples of one series by time, the first of those that share one.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2024, 1, 15, 12, tzinfo=UTC)
    >>> series_of(pl.DataFrame({"timestamp": [noon, noon], "value": [1.0, 2.0]})).value.tolist()
    [1.0]

    Args:
        samples: Columns timestamp and value, unit where there is one.
    """
    unit = next((str(text) for text in samples["unit"].head(1) if text), "") if "unit" in samples.columns else ""
    value = pl.col("value").cast(pl.Float64)
    finite = (
        samples.select(at=pl.col("timestamp").dt.epoch("us"), value=pl.when(value.is_finite()).then(value))
        .drop_nulls()
        .unique("at", keep="first", maintain_order=True)
        .sort("at")
    )
    at, values = finite["at"].to_numpy(), finite["value"].to_numpy()
    return Series(at.astype(np.int64), values.astype(np.float64), unit, samples.height - finite.height)


def each_series(samples: pl.DataFrame) -> Iterator[tuple[str, str, Series]]:
    """Metric, labels and finite samples of each series, by metric and labels; those without any too."""
    keys = ["metric", "labels"]
    told = samples.select(
        pl.col("metric").fill_null(""),
        pl.col("labels").fill_null("{}"),
        unit=pl.col("unit").fill_null(""),
        at=pl.col("timestamp").dt.epoch("us"),
        value=pl.col("value").cast(pl.Float64),
    ).sort(*keys, "at", maintain_order=True)
    every_at = told["at"].fill_null(_NO_TIME).to_numpy().astype(np.int64)
    every_value = told["value"].fill_null(np.nan).to_numpy().astype(np.float64)
    usable = np.isfinite(every_value) & (every_at > _NO_TIME)
    first = 0
    for metric, labels, unit, n in (
        told.group_by(keys, maintain_order=True).agg(pl.col("unit").first(), n=pl.len()).iter_rows()
    ):
        kept = np.flatnonzero(usable[first : first + n]) + first
        at = every_at[kept]
        kept = kept[np.concatenate(([True], at[1:] != at[:-1]))] if at.size else kept
        yield metric, labels, Series(every_at[kept], every_value[kept], unit, n - kept.size)
        first += n


def outside(at: Times, incidents: Sequence[Span]) -> Marks:
    """Which times lie in none of the spans."""
    free = np.ones(at.size, dtype=np.bool_)
    for begin, end in incidents:
        free &= (at < microseconds(begin)) | (at > microseconds(end))
    return free


def window(since: dt.datetime, until: dt.datetime) -> tuple[int, int]:
    """Both ends in microseconds.

    Raises:
        ParameterError: The window ends before it begins, or an instant has no zone.
    """
    first, last = microseconds(since), microseconds(until)
    if last <= first:
        raise ParameterError("until", expected=f"an instant after {since.isoformat()}", found=until.isoformat())
    return first, last
