"""Series whose times are odd: told twice, running backwards, or jumping away and back; and series without a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.metrics.one_digit import one_digit_off
from incident_analytics.sources.metrics.two_clocks import MARGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.model.measurement import Level
    from incident_analytics.sources.metrics.frame import FileSamples

_SERIES = ("metric", "labels")
# Between two points that stand side by side: what a wrong digit of one of them would have to come back to.
_BESIDE = timedelta(hours=1)


def checked_order(samples: FileSamples) -> FileSamples:
    """The same samples, with what is odd about their order told and counted; nothing is moved or dropped."""
    frame = samples.frame
    if frame.is_empty():
        return samples
    silent = _numberless(frame, samples.reading.file)
    if _is_in_order(frame):
        return _with(samples, [silent] if silent else [])
    before, after = pl.col("timestamp").shift(1), pl.col("timestamp").shift(-1)
    marked = frame.with_columns(
        (pl.col("timestamp").is_not_null() & ~pl.struct(*_SERIES, "timestamp").is_first_distinct()).alias("twice"),
        (pl.col("timestamp") < before).over(_SERIES).fill_null(value=False).alias("back"),
        (pl.col("timestamp") > before).over(_SERIES).fill_null(value=False).alias("on"),
        before.over(_SERIES).alias("before"),
        after.over(_SERIES).alias("after"),
    ).with_columns(_jumps().alias("jump"))
    # Going to a jump and coming back from it is no clock that runs backwards.
    after_jump = pl.col("jump").shift(1, fill_value=False).over(_SERIES)
    marked = marked.with_columns(pl.col("back") & ~pl.col("jump") & ~after_jump)
    newest_first = bool(marked["back"].any()) and not marked["on"].any()
    findings = [
        _finding(marked, "twice", "duplicate-time", "warning", "samples have the time of another of their series"),
        None if newest_first else _finding(marked, "back", "clock-backwards", "warning", _BACKWARDS),
        _jump(marked),
        silent,
    ]
    found = [finding for finding in findings if finding is not None]
    return _with(samples, found, *(("the newest samples come first",) if newest_first else ()))


def _with(samples: FileSamples, found: Sequence[Finding], *notes: str) -> FileSamples:
    told = (*samples.reading.notes, *(finding.message for finding in found), *notes)
    return replace(samples, reading=replace(samples.reading, notes=told), findings=(*samples.findings, *found))


def _is_in_order(frame: pl.DataFrame) -> bool:
    """Whether each series stands in one piece, each of its points later than the one before: then nothing is odd."""
    begins = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in _SERIES)
    is_later = (pl.col("timestamp") > pl.col("timestamp").shift(1)).fill_null(value=False)
    pieces, ordered, series = frame.select(
        begins.fill_null(value=True).sum().alias("pieces"),
        (begins | is_later).all().alias("ordered"),
        pl.struct(_SERIES).n_unique().alias("series"),
    ).row(0)
    return bool(ordered) and pieces == series and not frame["timestamp"].null_count()


_BACKWARDS = "samples are earlier than the one before them in the file"


def _jumps() -> pl.Expr:
    """A point months away from two neighbours that are close to each other."""
    away = (pl.col("timestamp") - pl.col("before")).abs() > MARGIN
    return (away & ((pl.col("after") - pl.col("before")).abs() <= _BESIDE)).fill_null(value=False)


def _finding(marked: pl.DataFrame, column: str, rule: str, level: Level, words: str) -> Finding | None:
    rows = marked.filter(pl.col(column))
    if rows.is_empty():
        return None
    first = rows.row(0, named=True)
    message = f"{rows.height} of {marked.height} {words}; they are kept."
    return Finding(rule, level, message, Place(first["file"], first["line"]), seen=_shown(first["timestamp"]))


def _jump(marked: pl.DataFrame) -> Finding | None:
    found = _finding(marked, "jump", "time-jumps", "warning", "samples lie months away from those around them")
    if found is None:
        return None
    row = marked.filter(pl.col("jump")).row(0, named=True)
    before, after = row["before"].astimezone(UTC), row["after"].astimezone(UTC)
    low, high = min(before, after), max(before, after)
    right = one_digit_off(row["timestamp"].astimezone(UTC), (low, high))
    reason = f"{found.message[:-1]}; one wrong digit would explain it." if right else found.message
    return replace(found, message=reason, expected=right or f"{_shown(low)} to {_shown(high)}")


def _numberless(frame: pl.DataFrame, name: str) -> Finding | None:
    is_number = pl.col("value").is_not_null() & pl.col("value").is_not_nan()
    series = frame.group_by(_SERIES).agg(is_number.any().alias("told"))
    silent = series.height - int(series["told"].sum() or 0)
    if not silent:
        return None
    message = f"{silent} of {series.height} series hold no number at all, only NaN or nothing."
    return Finding("no-numbers", "info", message, Place(name))


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
