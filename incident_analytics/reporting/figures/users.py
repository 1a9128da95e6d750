"""How many users had met an error by when, beside the number that was recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.numbers import compact, nice_top
from incident_analytics.reporting.figures.sheet import Part, drawn
from incident_analytics.reporting.figures.stack import PAGE, PHONE, Beside, Row, stack_layout
from incident_analytics.reporting.figures.window import Frame, Stretch, framed

if TYPE_CHECKING:
    from datetime import datetime

    import polars as pl

    from incident_analytics.reporting.blocks.figure import FigureBlock

_MINUTE: Final = timedelta(minutes=1)
_HEIGHT: Final = 170
_STEPS: Final = 240


def users_figure(
    users: pl.DataFrame,
    *,
    recorded: int | None,
    window: Stretch | None,
    zone: str,
    onset: datetime | None = None,
    over: datetime | None = None,
) -> FigureBlock | None:
    """Users affected so far, each counted once, minute by minute.

    Args:
        users: Columns minute_at, users_affected (so far): one row a minute that brought a new user.
        recorded: The number of the record, shown as a dashed line.
        window: The incident as recorded.
        zone: The zone in which times are shown.
        onset: When the evidence says the impact began.
        over: When the evidence says it was over.

    Returns:
        The figure, or None where no user is known.
    """
    so_far: list[tuple[datetime, int]] = list(users.select("minute_at", "users_affected").sort("minute_at").iter_rows())
    if not so_far:
        return None
    first, (last, total) = so_far[0][0], so_far[-1]
    frame = framed(zone, first, last + _MINUTE, window, onset, over)
    row = _row(total, recorded)
    by = frame.clock.time(last + _MINUTE)
    record = f"; the record says {recorded:,}" if recorded is not None else ""
    begins = f"from {so_far[0][1]:,} in the first minute to {total:,} by {by}"
    answer = f"By {by} the logs show {total:,} different {'user' if total == 1 else 'users'} with an error{record}."
    return drawn(
        [_steps(so_far, frame)],
        page=stack_layout(PAGE, [row], frame),
        phone=stack_layout(PHONE, [row], frame),
        alt=f"Users affected so far, {frame.clock.span()}: {begins}{record}.",
        caption=" ".join(part for part in (answer, frame.words()) if part),
    )


def _row(total: int, recorded: int | None) -> Row:
    top = nice_top(max(total, recorded or 0))
    beside = [Beside(total, f"counted {total:,}", palette.ACCENT)]
    if recorded is not None:
        beside.append(Beside(recorded, f"recorded {recorded:,}", palette.INK_THIRD, is_line=True))
    ticks = tuple((value, compact(value)) for value in (0, top / 2, top))
    return Row("Users affected so far", (0, top), ticks, _HEIGHT, "", tuple(beside))


def _steps(so_far: list[tuple[datetime, int]], frame: Frame) -> Part:
    """A step at the end of each minute, whose users are only then all counted; level from the last one on."""
    every = -(-len(so_far) // _STEPS)
    kept = [*so_far[:-1][::-every][::-1], so_far[-1]]
    points = [(so_far[0][0], 0), *((at + _MINUTE, users) for at, users in kept), (frame.clock.end, so_far[-1][1])]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [frame.clock.position(at) for at, _ in points],
        "y": [users for _, users in points],
        "line": {"color": palette.ACCENT, "width": 2, "shape": "hv"},
        "fill": "tozeroy",
        "fillcolor": palette.see_through(palette.ACCENT, 0.16),
        "hovertemplate": "%{x} %{y:,} users<extra></extra>",
    }
