"""Which templates are new in a window or came more or less often, and whether chance alone moves so much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from datetime import datetime

    import numpy.typing as npt

# With fewer windows to compare with, no p-value could be below 0.05.
FEWEST_PLACEBOS: Final = 19
# Trouble often begins before it is noticed, so what is right before a window is no quiet one.
_NOT_QUIET: Final = 1
_MOST_PLACEBOS: Final = 199
_SHORTEST: Final = timedelta(minutes=1)
_DUST: Final = 1e-9  # two windows with the same counts moved as much, whatever rounding says
MOVED_SCHEMA: Final[dict[str, pl.DataType]] = {
    "template_id": pl.String(),
    "template": pl.String(),
    "before": pl.Int64(),
    "during": pl.Int64(),
    "expected": pl.Float64(),
    "g2": pl.Float64(),
    "p_value": pl.Float64(),
    "is_new": pl.Boolean(),
    "first_at": pl.Datetime("us", "UTC"),
    "example": pl.String(),
}


@dataclass(frozen=True, slots=True)
class MovedTemplates:
    """The templates of a window against those of the time before.

    Args:
        frame: One row a template of either stretch, the most moved first: template_id, template, before and during
            (lines), expected (lines during, at the rate of before), g2 (signed: above 0 where there are more), p_value,
            is_new (none before), first_at (in the window), example (its first message there).
        start: The first instant of the window.
        end: The first instant after it.
        before_start: The first instant of the time before.
        placebos: How many windows of the same length before it were compared likewise.
        reason: Why there are no p-values; empty where there are.
    """

    frame: pl.DataFrame
    start: datetime
    end: datetime
    before_start: datetime
    placebos: int
    reason: str = ""


def moved_templates(
    logs: pl.DataFrame, *, start: datetime, end: datetime, before_start: datetime | None = None
) -> MovedTemplates:
    """Templates ranked by how much their share of the lines moved in a window.

    The signed G2 of Dunning, 1993, https://aclanthology.org/J93-1003: for each template a table of two by two, the
    microseconds with a line of it and those without, before and during; so a flood of one template makes no other one
    look rare. Its chi-squared distribution is not to be believed where lines come in bursts, so significance is taken
    from placebo windows: as many windows of the same length as the time before has, but for the last, as trouble
    often begins before it is noticed; each is compared with the rest of them. A template's p-value is the share of
    them in which *any* template moved as much: (1 + as much) / (1 + windows).

    Args:
        logs: timestamp, message, template_id and template (`with_template`); lines without a time are left out.
        start: The first instant of the window.
        end: The first instant after it.
        before_start: From when on the time before is taken; by default from the first line on.

    Raises:
        ParameterError: The window has no length.
    """
    if end <= start:
        raise ParameterError("the window", expected="an end after its start", found=f"{start} to {end}")
    told = logs.select("timestamp", "message", "template_id", "template")
    lines = told.filter(pl.col("timestamp").is_not_null() & pl.col("template_id").is_not_null())
    first: datetime | None = lines["timestamp"].min()  # type: ignore[assignment]  # polars' min is of any type
    begins = before_start or min(first or start, start)
    known = lines.filter((pl.col("timestamp") >= begins) & (pl.col("timestamp") < end))
    if known.is_empty() or begins >= start:
        reason = "there are no lines before the window" if not known.is_empty() else "there are no lines"
        return MovedTemplates(_ranked(known, start, None, begins, end), start, end, begins, 0, reason)
    placebos = _placebo_extremes(known, begins, start, end - start)
    reason = "" if placebos.size else f"the time before is shorter than {FEWEST_PLACEBOS + _NOT_QUIET} windows"
    ranked = _ranked(known, start, placebos if placebos.size else None, begins, end)
    return MovedTemplates(ranked, start, end, begins, placebos.size, reason)


def onset_window(before_start: datetime, start: datetime, end: datetime) -> datetime:
    """The end of the longest window from the start on that has enough placebo windows before it.

    An incident of ninety minutes after four quiet hours has two windows of its own length to be compared with; its
    first minutes have as many as are needed.
    """
    longest = (start - before_start) // (FEWEST_PLACEBOS + _NOT_QUIET)
    return min(end, start + max(longest, _SHORTEST))


def signed_g2(
    before: npt.NDArray[np.float64], during: npt.NDArray[np.float64], length_before: float, length_during: float
) -> npt.NDArray[np.float64]:
    """Dunning's G2 of each count, with the sign of the move.

    The table is [[before, during], [rest before, rest during]], its expectation that of equal shares.

    >>> float(signed_g2(np.array([2442.0]), np.array([110.0]), 29114 + 2442, 111 + 110)[0].round(4))
    270.7219

    Args:
        before: How often each came before.
        during: How often it came during.
        length_before: How often it could have come before: all words of a text, all microseconds of a stretch.
        length_during: The same during.
    """
    total = length_before + length_during
    observed = np.stack([before, during, length_before - before, length_during - during])
    of_template = before + during
    expected = np.stack(
        [
            of_template * length_before / total,
            of_template * length_during / total,
            (total - of_template) * length_before / total,
            (total - of_template) * length_during / total,
        ]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    g2 = np.maximum(2 * parts.sum(axis=0), 0.0)
    signed: npt.NDArray[np.float64] = np.where(during * length_before >= before * length_during, g2, -g2)
    return signed


def _ranked(
    known: pl.DataFrame, start: datetime, placebos: npt.NDArray[np.float64] | None, begins: datetime, end: datetime
) -> pl.DataFrame:
    is_during = pl.col("timestamp") >= start
    here = pl.col("timestamp").filter(is_during)
    counts = known.group_by("template_id", "template").agg(
        (~is_during).sum().cast(pl.Int64).alias("before"),
        is_during.sum().cast(pl.Int64).alias("during"),
        here.min().alias("first_at"),
        pl.col("message").filter(is_during).get(here.arg_min(), null_on_oob=True).alias("example"),
    )
    length_before, length_during = _microseconds(start - begins), _microseconds(end - start)
    before, during = (counts[name].to_numpy().astype(np.float64) for name in ("before", "during"))
    if length_before > 0:
        g2 = signed_g2(before, during, length_before, length_during)
        expected = before * length_during / length_before
    else:
        g2 = expected = np.full(counts.height, np.nan)
    p_values = _p_values(before * length_during / max(length_before, 1.0), during, length_during, placebos)
    return (
        counts.with_columns(
            pl.Series("expected", expected).fill_nan(None),
            pl.Series("g2", g2).fill_nan(None),
            pl.Series("p_value", p_values).fill_nan(None),
            (pl.col("before") == 0).alias("is_new"),
        )
        .sort(pl.col("g2").abs(), "template", descending=[True, False], nulls_last=True)
        .select([pl.col(name).cast(dtype) for name, dtype in MOVED_SCHEMA.items()])
    )


def _p_values(
    usual: npt.NDArray[np.float64],
    during: npt.NDArray[np.float64],
    length: float,
    placebos: npt.NDArray[np.float64] | None,
) -> npt.NDArray[np.float64]:
    """The share of placebos that moved as much.

    A placebo is compared with one window less than the window itself could be, and a lone line that was not there
    before is rarer the longer that before is: so the window is compared with as many as they are, at the usual rate.
    """
    if placebos is None:
        return np.full(during.size, np.nan)
    rest = placebos.size - 1
    moved = np.abs(signed_g2(usual * rest, during, length * rest, length))
    as_much = placebos.size - np.searchsorted(np.sort(placebos), moved * (1 - _DUST), side="left")
    return np.asarray((1 + as_much) / (1 + placebos.size), dtype=np.float64)


def _placebo_extremes(
    known: pl.DataFrame, begins: datetime, start: datetime, length: timedelta
) -> npt.NDArray[np.float64]:
    """The largest |G2| of any template in each window of the time before; none where there are too few windows."""
    windows = min((start - begins) // length - _NOT_QUIET, _MOST_PLACEBOS)
    if windows < FEWEST_PLACEBOS:
        return np.empty(0)
    last = start - _NOT_QUIET * length
    back = (pl.lit(last) - pl.col("timestamp")).dt.total_microseconds() - 1
    cells = (
        known.filter((pl.col("timestamp") < last) & (pl.col("timestamp") >= last - windows * length))
        .select("template_id", (back // int(_microseconds(length))).alias("window"))
        .group_by("template_id", "window")
        .len()
    )
    if cells.is_empty():
        return np.zeros(windows)
    codes = cells["template_id"].rank("dense").cast(pl.Int64).to_numpy() - 1
    counts = np.zeros((int(codes.max()) + 1, windows))
    counts[codes, cells["window"].to_numpy()] = cells["len"].to_numpy()
    others = counts.sum(axis=1, keepdims=True) - counts
    each = _microseconds(length)
    return np.asarray(np.abs(signed_g2(others, counts, each * (windows - 1), each)).max(axis=0), dtype=np.float64)


def _microseconds(length: timedelta) -> float:
    return length.total_seconds() * 1e6
