"""Small logs, samples and captures of one afternoon, with an onset at 14:00 and an end at 15:00."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import polars as pl
import pytest

from incident_analytics.analysis.patterns import known_patterns
from incident_analytics.sources.database import DatabaseReading, read_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from incident_analytics.analysis.patterns import KnownPatterns
    from incident_analytics.model.runbook import Runbook

ONSET = dt.datetime(2024, 1, 15, 14, tzinfo=dt.UTC)
END = ONSET + dt.timedelta(hours=1)
_LOGS: dict[str, pl.DataType] = {
    "timestamp": pl.Datetime("us", "UTC"),
    "message": pl.String(),
    "attributes": pl.String(),
    "raw": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
}
_SAMPLES: dict[str, pl.DataType] = {
    "timestamp": pl.Datetime("us", "UTC"),
    "metric": pl.String(),
    "labels": pl.String(),
    "value": pl.Float64(),
    "unit": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
}


def minute(number: float) -> dt.datetime:
    """So many minutes after the onset."""
    return ONSET + dt.timedelta(minutes=number)


def logs_of(*lines: tuple[float, str] | tuple[float, str, str]) -> pl.DataFrame:
    """Log lines: minutes after the onset, the message, and the fields beside it."""
    rows = [
        (minute(line[0]), line[1], line[2] if len(line) > 2 else None, line[1], "app.log", number)
        for number, line in enumerate(sorted(lines), start=1)
    ]
    return pl.DataFrame(rows, schema=_LOGS, orient="row")


def series_of(
    metric: str,
    values: Callable[[int], float],
    *,
    unit: str = "",
    minutes: Iterable[int] = range(-240, 60),
    **labels: str,
) -> pl.DataFrame:
    """A series with a sample a minute; `values` gives each by its minute after the onset."""
    written = json.dumps(labels, sort_keys=True)
    rows = [(minute(each), metric, written, float(values(each)), unit, f"{metric}.csv", 2) for each in minutes]
    return pl.DataFrame(rows, schema=_SAMPLES, orient="row")


@pytest.fixture
def line_logs() -> Callable[..., pl.DataFrame]:
    """Writes log lines."""
    return logs_of


@pytest.fixture
def series() -> Callable[..., pl.DataFrame]:
    """Writes a series."""
    return series_of


@pytest.fixture
def captured(tmp_path: Path) -> Callable[..., DatabaseReading]:
    """Reads files of database state with these contents."""

    def reading(**contents: str) -> DatabaseReading:
        for name, content in contents.items():
            (tmp_path / f"{name}.csv").write_text(content)
        return read_database(sorted(tmp_path.glob("*.csv")), root=tmp_path)

    return reading


@pytest.fixture
def judged(runbook: Runbook, captured: Callable[..., DatabaseReading]) -> Callable[..., KnownPatterns]:
    """Judges the known patterns by log lines, series and captures, of which any may be left out."""

    def known(
        *samples: pl.DataFrame,
        logs: Sequence[tuple[float, str]] = (),
        database: DatabaseReading | None = None,
        own: Runbook | None = None,
    ) -> KnownPatterns:
        return known_patterns(
            (own or runbook).patterns,
            logs=logs_of(*logs),
            samples=pl.concat([pl.DataFrame(schema=_SAMPLES), *samples]),
            database=database or captured(),
            begins=ONSET,
            ends=END,
        )

    return known
