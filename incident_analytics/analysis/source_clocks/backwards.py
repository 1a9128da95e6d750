"""Clocks that were set back within a file of logs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from datetime import datetime

# Lines of several threads or machines in one file overtake each other by less.
LEAST_SECONDS: Final = 5.0
# A file of several machines is out of order everywhere; a clock is set back once or twice.
_OFTEN: Final = 0.01
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class SetBack:
    """A file whose times go back.

    Args:
        file: The file.
        times: How often a line is 5 s or more earlier than the line before it.
        is_unordered: Whether that is so often that the file has no order of time, rather than a clock set back.
        seconds: How far the farthest goes back.
        before: The time of the line before that one.
        after: Its own time.
        place: Where it stands.
    """

    file: str
    times: int
    is_unordered: bool
    seconds: float
    before: datetime
    after: datetime
    place: Place


def clocks_set_back(logs: pl.DataFrame) -> tuple[SetBack, ...]:
    """The files whose times go back by 5 s or more, in order of name.

    Lines without a time are skipped. A line is compared with the line before it, so a clock set back is one step.

    Args:
        logs: The frame of logs, each file's lines in their order.
    """
    timed = logs.lazy().select("file", "line", "timestamp").filter(pl.col("timestamp").is_not_null())
    steps = timed.with_columns(before=pl.col("timestamp").shift(1), earlier=pl.col("file").shift(1))
    back = (pl.col("before") - pl.col("timestamp")).dt.total_microseconds() / 1e6
    found = steps.filter((pl.col("file") == pl.col("earlier")) & (back >= LEAST_SECONDS)).with_columns(seconds=back)
    told = found.collect()
    if told.is_empty():
        return ()
    lines = dict(timed.group_by("file").agg(pl.len()).collect().iter_rows())
    result = []
    for (file,), rows in told.sort("file", "line").group_by("file", maintain_order=True):
        far = rows.sort("seconds", descending=True, maintain_order=True).row(0, named=True)
        often = rows.height > _FEW and rows.height >= _OFTEN * lines[file]
        place = Place(str(file), far["line"])
        result.append(SetBack(str(file), rows.height, often, far["seconds"], far["before"], far["timestamp"], place))
    return tuple(result)
