"""What was taken, minute by minute, against what was expected; the area between is what was lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.numbers import Scale, compact, nice_top, scale_of, seen
from incident_analytics.reporting.figures.sheet import Part, drawn
from incident_analytics.reporting.figures.stack import PAGE, PHONE, Beside, Row, stack_layout
from incident_analytics.reporting.figures.window import Frame, Stretch, framed

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.amounts import Course
    from incident_analytics.reporting.blocks.figure import FigureBlock

_HEIGHT: Final = 190


def demand_figure(
    course: Course | None,
    *,
    title: str,
    unit: str,
    impact: Stretch,
    not_taken: str,
    window: Stretch | None,
    zone: str,
) -> FigureBlock | None:
    """Actual as a line, what was expected dashed, and the area between them while the impact lasted.

    Args:
        course: Actual and usual at even steps.
        title: What is counted, such as ``Revenue per minute``.
        unit: Its unit, where it is no plain count.
        impact: The measured start and end.
        not_taken: The amount of the area with its interval, in words.
        window: The incident as recorded.
        zone: The zone in which times are shown.

    Returns:
        The figure, or None where nothing usual is known.
    """
    if course is None or all(value is None for value in course.actual):
        return None
    step = timedelta(seconds=course.step_seconds)
    end = course.first_at + step * len(course.actual)
    frame = framed(zone, course.first_at, end, window, impact[0], impact[1])
    known = [value for value in (*course.actual, *course.usual) if value is not None]
    scale = scale_of(unit, max(known))
    top = nice_top(max(known) / scale.divisor)
    ticks = tuple((value, compact(value)) for value in (0, top / 2, top))
    row = Row(f"{title}, {scale.unit}" if scale.unit else title, (0, top), ticks, _HEIGHT, "", _beside(course, scale))
    lowest = min((value, place) for place, value in enumerate(course.actual) if value is not None)
    at = frame.clock.time(course.first_at + step * lowest[1])
    usual = course.usual[lowest[1]]
    expected = f", where {scale.written(usual)} was expected" if usual is not None else ""
    times = f"{frame.clock.time(impact[0])} to {frame.clock.time(impact[1])}"
    return drawn(
        [*_area(course, impact, scale, frame), _line(course, scale, frame), _expected(course, scale, frame)],
        page=stack_layout(PAGE, [row], frame),
        phone=stack_layout(PHONE, [row], frame),
        alt=(
            f"{title}, {frame.clock.span()}: lowest at {at} with {scale.written(lowest[0])}{expected}. "
            f"Not taken from {times}: {not_taken}."
        ),
        caption=f"Filled: {not_taken} not taken while the impact lasted. Dashed: expected. {frame.words()}".strip(),
    )


def _beside(course: Course, scale: Scale) -> tuple[Beside, ...]:
    last = {
        name: next((value for value in reversed(values) if value is not None), None)
        for name, values in (("actual", course.actual), ("expected", course.usual))
    }
    colours = {"actual": palette.ACCENT, "expected": palette.INK_THIRD}
    return tuple(
        Beside(value / scale.divisor, name, colours[name]) for name, value in last.items() if value is not None
    )


def _middle(course: Course) -> timedelta:
    return timedelta(seconds=course.step_seconds / 2)


def _values(values: tuple[float | None, ...], scale: Scale) -> list[float | int | None]:
    return [None if value is None else seen(value / scale.divisor) for value in values]


def _line(course: Course, scale: Scale, frame: Frame) -> Part:
    return {
        "type": "scatter",
        "mode": "lines",
        "x0": frame.clock.position(course.first_at + _middle(course)),
        "dx": round(course.step_seconds * 1000),
        "y": _values(course.actual, scale),
        "line": {"color": palette.ACCENT, "width": 1.8},
        "hovertemplate": f"%{{x}} %{{y}} {scale.unit}<extra></extra>",
    }


def _expected(course: Course, scale: Scale, frame: Frame) -> Part:
    return {
        **_line(course, scale, frame),
        "y": _values(course.usual, scale),
        "line": {"color": palette.INK_THIRD, "width": 1.4, "dash": "dot"},
        "hovertemplate": f"%{{x}} expected %{{y}} {scale.unit}<extra></extra>",
    }


def _area(course: Course, impact: Stretch, scale: Scale, frame: Frame) -> list[Part]:
    """What lies between both lines during the impact, as one closed outline."""
    step = timedelta(seconds=course.step_seconds)
    both = zip(course.actual, course.usual, strict=True)
    inside = [
        (course.first_at + step * place + _middle(course), actual, usual)
        for place, (actual, usual) in enumerate(both)
        if actual is not None
        and usual is not None
        and impact[0] <= course.first_at + step * place + _middle(course) <= impact[1]
    ]
    if not inside:
        return []
    there = [(frame.clock.position(at), seen(usual / scale.divisor)) for at, _, usual in inside]
    back = [(frame.clock.position(at), seen(actual / scale.divisor)) for at, actual, _ in reversed(inside)]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for x, _ in there + back],
            "y": [y for _, y in there + back],
            "fill": "toself",
            "fillcolor": palette.see_through(palette.WARN, 0.2),
            "line": {"width": 0},
            "hoverinfo": "skip",
        }
    ]
