"""What one source tells of the impact: a metric, or the errors of the logs by the minute."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from incident_analytics.analysis.logs.levels import ERROR, LOWEST_KNOWN
from incident_analytics.analysis.snapshots.impact_window import ImpactWindow, impact_window

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.impact_metrics import ImpactKind, ImpactMetric

# more samples than this are averaged, so that a long incident costs no more than a short one
MOST_SAMPLES: Final = 1440
LOGS: Final = "errors in the logs"
_MINUTE: Final = dt.timedelta(minutes=1)
_SECONDS: Final = 60
_FOUR_WEEKS: Final = 28 * 24 * 60


@dataclass(frozen=True, slots=True)
class SeenBy:
    """What one source tells of the impact.

    Args:
        source: The metric, or LOGS.
        labels: Its labels, a JSON object.
        kind: What of the impact it measures.
        window: Its onset and end, or why it tells none.
        step: How far apart its samples are: what its onset and its end are known to.
        start_after: By when the impact had not begun; None where it tells none.
        start_at: Its first sample or minute; the impact began within `step` after `start_after`.
        end_after: When it was still there; None where that is not told, or the metric has not come back.
        end_at: When it was over.
        agrees: Whether its start is the measured one within the coarser step of both and a minute.
        file: The file of its samples; empty for the logs.
    """

    source: str
    labels: str
    kind: ImpactKind
    window: ImpactWindow
    step: dt.timedelta
    start_after: dt.datetime | None
    start_at: dt.datetime | None
    end_after: dt.datetime | None
    end_at: dt.datetime | None
    agrees: bool = False
    file: str = ""

    @property
    def bursts(self) -> tuple[tuple[dt.datetime, dt.datetime | None], ...]:
        """From when to when the impact lasted, where it came and went; empty where it came once."""
        return self.window.stretches if len(self.window.stretches) > 1 else ()

    def is_near(self, other: SeenBy) -> bool:
        """Whether both starts may be the same, within the coarser step of both and a minute.

        Args:
            other: Another source.
        """
        if self.start_after is None or other.start_after is None:
            return False
        apart = max(self.step, other.step, _MINUTE)
        latest = self.start_after + self.step + apart, other.start_after + other.step + apart
        return self.start_after <= latest[1] and other.start_after <= latest[0]

    @property
    def difference(self) -> float:
        """How many times as far it moved as quiet stretches do."""
        limit = self.window.threshold
        return (self.window.difference or 0.0) / limit if limit else float("inf")


def seen_in_logs(logs: pl.DataFrame, searched: tuple[dt.datetime, dt.datetime]) -> tuple[SeenBy, ...]:
    """The window of the errors per minute; nothing where no line has a time and a level."""
    if logs.is_empty():
        return ()
    errors = _errors_by_minute(logs, searched[1])
    if errors.is_empty():
        return ()
    window = impact_window(errors, since=searched[0], until=searched[1], direction="rises")
    # the count of a minute is that of the time after it, not before it as a sample's
    start, end = window.onset_at, window.end_at
    return (
        SeenBy(
            LOGS, "{}", "errors", window, _MINUTE,
            start_after=start,
            start_at=start,
            end_after=end and end - _MINUTE,
            end_at=end,
        ),
    )  # fmt: skip


def _errors_by_minute(logs: pl.DataFrame, until: dt.datetime) -> pl.DataFrame:
    """The errors of `errors_per_minute`, of the last four weeks, counted in a tenth of its time."""
    last = int(until.timestamp() // _SECONDS)
    known = logs.filter(pl.col("timestamp").is_not_null() & (pl.col("severity_number") >= LOWEST_KNOWN))
    minutes = known["timestamp"].to_physical().to_numpy() // (_SECONDS * 1_000_000)
    near = (minutes > last - _FOUR_WEEKS) & (minutes <= last)
    if not near.any():
        return pl.DataFrame()
    first = int(minutes[near].min())
    lines = np.bincount(minutes[near] - first)
    is_error = (known["severity_number"] >= ERROR).to_numpy()[near]
    errors = np.bincount(minutes[near][is_error] - first, minlength=lines.size)
    at = (first + np.flatnonzero(lines)) * _SECONDS * 1_000_000
    return pl.DataFrame(
        {"timestamp": pl.Series(at, dtype=pl.Datetime("us", "UTC")), "value": errors[lines > 0]}
    ).with_columns(unit=pl.lit("errors"))


def seen_by_metric(one: ImpactMetric, rows: pl.DataFrame, searched: tuple[dt.datetime, dt.datetime]) -> SeenBy:
    """The window of one metric.

    Args:
        one: The metric.
        rows: Its samples, history included.
        searched: From when to when its window is looked for.
    """
    step, file = _step(rows), _file(rows)
    many = int((searched[1] - searched[0]) / step) if step else 0
    if many > MOST_SAMPLES:
        times = -(-many // MOST_SAMPLES)
        rows, step = _averaged(rows, step * times), step * times
    window = impact_window(rows, since=searched[0], until=searched[1], direction=one.direction)
    start, end = window.onset_at, window.end_at
    return SeenBy(
        one.metric, one.labels, one.kind, window, step,
        start_after=start and start - step,
        start_at=start,
        end_after=end and end - step,
        end_at=end,
        file=file,
    )  # fmt: skip


def _file(rows: pl.DataFrame) -> str:
    files = rows["file"].drop_nulls() if "file" in rows.columns else None
    return str(files[-1]) if files is not None and len(files) else ""


def _step(rows: pl.DataFrame) -> dt.timedelta:
    usual = rows["timestamp"].drop_nulls().sort().diff().median()
    return usual if isinstance(usual, dt.timedelta) else dt.timedelta(0)


def _averaged(rows: pl.DataFrame, step: dt.timedelta) -> pl.DataFrame:
    """Means of stretches of a step, each at its last instant: a value is that of the time before it."""
    wide = step // dt.timedelta(microseconds=1)
    number = -(-pl.col("timestamp").dt.epoch("us") // wide)
    finite = pl.when(pl.col("value").is_finite()).then(pl.col("value"))
    means = rows.group_by((number * wide).alias("at"), "unit").agg(value=finite.mean()).sort("at")
    return means.with_columns(timestamp=pl.col("at").cast(pl.Datetime("us", "UTC")))
