"""How many lines were errors, minute by minute, in all and by service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.numbers import compact, nice_top
from incident_analytics.reporting.figures.plot_text import one_line
from incident_analytics.reporting.figures.sheet import Part, drawn
from incident_analytics.reporting.figures.stack import PAGE, PHONE, Row, axis_of, stack_layout
from incident_analytics.reporting.figures.window import Frame, Stretch, framed

if TYPE_CHECKING:
    import polars as pl

    from incident_analytics.reporting.blocks.figure import FigureBlock

_MINUTE: Final = timedelta(minutes=1)
_SERVICES: Final = 4
_BARS: Final = 480  # more than that are narrower than a pixel
_MINUTES_A_BAR: Final = (1, 2, 5, 10, 15, 30, 60, 120, 360, 1440)
_WHOLE: Final = 110
_SMALL: Final = 44


@dataclass(frozen=True, slots=True)
class _Counts:
    """Errors by minute, in order; None where no line of the minute tells."""

    name: str
    by_minute: dict[datetime, int | None]

    @property
    def total(self) -> int:
        return sum(errors or 0 for errors in self.by_minute.values())


def error_rate_figure(
    errors: pl.DataFrame,
    *,
    by_service: pl.DataFrame | None,
    window: Stretch | None,
    zone: str,
    onset: datetime | None = None,
    over: datetime | None = None,
) -> FigureBlock | None:
    """Errors per minute as bars from zero; below them the services with the most, on the same scale.

    Args:
        errors: Columns minute_at, errors, error_share; a minute without lines has no row and no bar.
        by_service: Columns minute_at, service, errors; None where lines name no service.
        window: The incident as recorded.
        zone: The zone in which times are shown.
        onset: When the evidence says the impact began.
        over: When the evidence says it was over.

    Returns:
        The figure, or None where no minute has a count.
    """
    whole = _Counts("All services", dict(errors.select("minute_at", "errors").iter_rows()))
    known = {at: count for at, count in whole.by_minute.items() if count is not None}
    if not known:
        return None
    frame = framed(zone, min(whole.by_minute), max(whole.by_minute) + _MINUTE, window, onset, over)
    many = round((max(whole.by_minute) - min(whole.by_minute)) / _MINUTE) + 1
    wide = next((step for step in _MINUTES_A_BAR if many / step <= _BARS), _MINUTES_A_BAR[-1])
    services = _services(by_service)
    top = nice_top(max(known.values()))
    rows = [_row(counts, top, wide, is_first=place == 0) for place, counts in enumerate([whole, *services])]
    traces = [_bars(counts, place, wide, frame) for place, counts in enumerate([whole, *services])]
    worst = max(known, key=lambda at: known[at])
    share = errors.filter(errors["minute_at"] == worst)["error_share"].item()
    return drawn(
        traces,
        page=stack_layout(PAGE, rows, frame),
        phone=stack_layout(PHONE, rows, frame),
        alt=_alt(whole, services, frame, worst, share),
        caption=_caption(whole, services, frame, worst, share),
    )


def _services(by_service: pl.DataFrame | None) -> list[_Counts]:
    """The services with the most errors, the rest as one; none where there is only one service to show."""
    counts: dict[str, dict[datetime, int | None]] = {}
    if by_service is not None:
        for at, service, errors in by_service.select("minute_at", "service", "errors").iter_rows():
            counts.setdefault(one_line(service) if service else "no service named", {})[at] = errors
    ordered = sorted((_Counts(name, each) for name, each in counts.items()), key=lambda each: (-each.total, each.name))
    failing = [each for each in ordered if each.total]
    if len(ordered) < 2:  # noqa: PLR2004 - one service is the whole
        return []
    rest = failing[_SERVICES:]
    if len(rest) <= 1:  # "1 other" would take the same room as its name
        return failing
    others: dict[datetime, int | None] = {}
    for each in rest:
        for at, errors in each.by_minute.items():
            others[at] = (others.get(at) or 0) + (errors or 0)
    return [*failing[:_SERVICES], _Counts(f"{len(rest)} others", others)]


def _row(counts: _Counts, top: float, wide: int, *, is_first: bool) -> Row:
    if not is_first:
        return Row(counts.name, (0, top), (), _SMALL, f"{counts.total:,} errors")
    ticks = tuple((value, compact(value)) for value in (0, top / 2, top))
    each = "" if wide == 1 else f"each bar the worst of {wide} minutes"
    return Row("Errors per minute", (0, top), ticks, _WHOLE, each)


def _bars(counts: _Counts, place: int, wide: int, frame: Frame) -> Part:
    step = timedelta(minutes=wide)
    first = min(counts.by_minute)
    first -= (first - datetime(1970, 1, 1, tzinfo=UTC)) % step
    bars: list[int | None] = [None] * ((max(counts.by_minute) - first) // step + 1)
    for at, errors in counts.by_minute.items():
        if errors is not None:
            number = (at - first) // step
            bars[number] = max(bars[number] or 0, errors)
    length = round(step.total_seconds() * 1000)
    return {
        "type": "bar",
        "x0": frame.clock.position(first),
        "dx": length,
        "offset": 0,
        "width": length,
        "y": bars,
        "yaxis": axis_of(place),
        "marker": {"color": palette.ACCENT, "line": {"width": 0}},
        "hovertemplate": "%{x} %{y} errors<extra></extra>",
    }


def _worst(whole: _Counts, frame: Frame, worst: datetime, share: float | None) -> str:
    told = f"{frame.clock.time(worst)} with {whole.by_minute[worst]:,} errors"
    return told if share is None else f"{told}, {share:.0%} of its lines".replace("%", " %")


def _alt(whole: _Counts, services: list[_Counts], frame: Frame, worst: datetime, share: float | None) -> str:
    most = _worst(whole, frame, worst, share)
    alt = f"Errors per minute, {frame.clock.span()}: {whole.total:,} in all, most at {most}."
    by_service = ", ".join(f"{each.name} {each.total:,}" for each in services)
    return f"{alt} By service: {by_service}." if by_service else alt


def _caption(whole: _Counts, services: list[_Counts], frame: Frame, worst: datetime, share: float | None) -> str:
    if not whole.total:
        return " ".join(part for part in ("No line is an error.", frame.words()) if part)
    sentences = [f"The worst minute is {_worst(whole, frame, worst, share)}."]
    if services:
        sentences.append(f"{services[0].name} wrote {services[0].total:,} of {whole.total:,} errors.")
    return " ".join(part for part in (*sentences, frame.words()) if part)
