"""Which templates are new in a window or came more or less often, and whether chance alone moves so much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from incident_analytics.analysis.logs.signed_g2 import signed_g2
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
    "services": pl.String(),
    "p_new": pl.Float64(),
}
# What a program or a kernel says once and means: no number of lines is needed to take it seriously.
TELLING: Final = (
    r"(?i)\b(out of memory|oom[- ]?kill\w*|killed|panic\w*|fatal|segfault|segmentation fault|core dumped|crash\w*"
    r"|deadlock\w*|corrupt\w*|data loss|no space left)\b"
)


@dataclass(frozen=True, slots=True)
class MovedTemplates:
    """The templates of a window against those of the time before.

    Args:
        frame: One row a template of either stretch, the most moved first: template_id, template, before and during
            (lines), expected (lines during, at the rate of before), g2 (signed: above 0 where there are more), p_value,
            is_new (none before), first_at (in the window), example (its first message there), services (who said it
            there with how many lines, most first: ``shop 539, edge 538``), p_new (of a new template that is telling:
            the share of stretches in which such a one came that is in no other; null of all others).
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

    One line never moves far, whatever it says. So a template that is new and telling (TELLING: a kill by the kernel, a
    panic) is held against those windows that have such a one too, however many lines it has: p_new.

    Args:
        logs: timestamp, message, template_id and template (`with_template`), service where there is one; lines without
            a time are left out.
        start: The first instant of the window.
        end: The first instant after it.
        before_start: From when on the time before is taken; by default from the first line on.

    Raises:
        ParameterError: The window has no length.
    """
    if end <= start:
        raise ParameterError("the window", expected="an end after its start", found=f"{start} to {end}")
    service = pl.col("service") if "service" in logs.columns else pl.lit(None, dtype=pl.String).alias("service")
    told = logs.select("timestamp", "message", "template_id", "template", service)
    lines = told.filter(pl.col("timestamp").is_not_null() & pl.col("template_id").is_not_null())
    first: datetime | None = lines["timestamp"].min()  # type: ignore[assignment]  # polars' min is of any type
    begins = before_start or min(first or start, start)
    known = lines.filter((pl.col("timestamp") >= begins) & (pl.col("timestamp") < end))
    if known.is_empty() or begins >= start:
        reason = "there are no lines before the window" if not known.is_empty() else "there are no lines"
        return MovedTemplates(_ranked(known, start, None, begins, end), start, end, begins, 0, reason)
    placebos = _placebos(known, begins, start, end - start)
    many = placebos.extremes.size
    reason = "" if many else f"the time before is shorter than {FEWEST_PLACEBOS + _NOT_QUIET} windows"
    ranked = _ranked(known, start, placebos if many else None, begins, end)
    return MovedTemplates(ranked, start, end, begins, many, reason)


def onset_window(before_start: datetime, start: datetime, end: datetime) -> datetime:
    """The end of the longest window from the start on that has enough placebo windows before it.

    An incident of ninety minutes after four quiet hours has two windows of its own length to be compared with; its
    first minutes have as many as are needed.
    """
    longest = (start - before_start) // (FEWEST_PLACEBOS + _NOT_QUIET)
    return min(end, start + max(longest, _SHORTEST))


@dataclass(frozen=True, slots=True)
class _Placebos:
    """The windows of the time before.

    Args:
        extremes: The largest |G2| of any template in each.
        n_telling: In how many a telling template came that is in no other.
    """

    extremes: npt.NDArray[np.float64]
    n_telling: int = 0


def _ranked(
    known: pl.DataFrame, start: datetime, placebos: _Placebos | None, begins: datetime, end: datetime
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
    extremes = None if placebos is None else placebos.extremes
    p_values = _p_values(before * length_during / max(length_before, 1.0), during, length_during, extremes)
    is_fresh = (pl.col("before") == 0) & (pl.col("during") > 0) & pl.col("template").str.contains(TELLING)
    p_new = None if placebos is None else (1 + placebos.n_telling) / (1 + placebos.extremes.size)
    return (
        counts.join(_services(known.filter(is_during)), on="template_id", how="left")
        .with_columns(
            pl.Series("expected", expected).fill_nan(None),
            pl.Series("g2", g2).fill_nan(None),
            pl.Series("p_value", p_values).fill_nan(None),
            (pl.col("before") == 0).alias("is_new"),
            pl.when(is_fresh).then(pl.lit(p_new, dtype=pl.Float64)).alias("p_new"),
        )
        .sort(pl.col("g2").abs(), "template", descending=[True, False], nulls_last=True)
        .select([pl.col(name).cast(dtype) for name, dtype in MOVED_SCHEMA.items()])
    )


def _services(during: pl.DataFrame) -> pl.DataFrame:
    """Who said each template, with how many lines, in words."""
    counted = during.drop_nulls("service").group_by("template_id", "service").len()
    ordered = counted.sort("len", "service", descending=[True, False])
    one = pl.format("{} {}", "service", "len")
    return ordered.group_by("template_id", maintain_order=True).agg(one.str.join(", ").alias("services"))


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


def _placebos(known: pl.DataFrame, begins: datetime, start: datetime, length: timedelta) -> _Placebos:
    """What the windows of the time before show; nothing where there are too few of them."""
    windows = min((start - begins) // length - _NOT_QUIET, _MOST_PLACEBOS)
    if windows < FEWEST_PLACEBOS:
        return _Placebos(np.empty(0))
    last = start - _NOT_QUIET * length
    back = (pl.lit(last) - pl.col("timestamp")).dt.total_microseconds() - 1
    cells = (
        known.filter((pl.col("timestamp") < last) & (pl.col("timestamp") >= last - windows * length))
        .select("template_id", "template", (back // int(_microseconds(length))).alias("window"))
        .group_by("template_id", "template", "window")
        .len()
    )
    if cells.is_empty():
        return _Placebos(np.zeros(windows))
    codes = cells["template_id"].rank("dense").cast(pl.Int64).to_numpy() - 1
    counts = np.zeros((int(codes.max()) + 1, windows))
    counts[codes, cells["window"].to_numpy()] = cells["len"].to_numpy()
    others = counts.sum(axis=1, keepdims=True) - counts
    is_telling = np.zeros((counts.shape[0], 1), dtype=np.bool_)
    is_telling[codes, 0] = cells["template"].str.contains(TELLING).to_numpy()
    n_telling = int((is_telling & (counts > 0) & (others == 0)).any(axis=0).sum())
    each = _microseconds(length)
    g2 = signed_g2(others, counts, each * (windows - 1), each)
    return _Placebos(np.asarray(np.abs(g2).max(axis=0), dtype=np.float64), n_telling)


def _microseconds(length: timedelta) -> float:
    return length.total_seconds() * 1e6
