"""The bar of phases with their names, and the silences below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.durations import duration_words
from incident_analytics.reporting.figures.lanes import Lanes, Wish, in_lanes
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, Sheet, box, label, line
from incident_analytics.reporting.figures.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.analysis.phases import Phase
    from incident_analytics.analysis.silences import Silence
    from incident_analytics.reporting.figures.clock import FigureClock

BAR: Final = 26
_BELOW: Final = 18  # a row of words below the bar
_FADE: Final = (0.8, 0.62, 0.46, 0.32, 0.2, 0.1)
_SHORT_OF: Final = 3  # pixels between the lines of two silences that one entry parts, on either side
_FINE: Final = 1800  # seconds: on a longer stretch less than a second is less than a pixel


@dataclass(slots=True)
class Drawing:
    """A layout under way, where one unit of the vertical axis is one pixel and the bar stands on 0.

    Args:
        sheet: What it is drawn on.
        clock: The stretch of time it shows.
        shapes: Its shapes so far.
        words: Its labels so far.
        depth: How far below the bar it reaches.
    """

    sheet: Sheet
    clock: FigureClock
    shapes: list[Part]
    words: list[Part]
    depth: float = 0

    def at(self, when: datetime) -> float:
        """Where an instant lies, in pixels from the left edge."""
        return self.sheet.x(self.clock, when)

    def when(self, x: float) -> str:
        """The place on the axis that lies at a pixel."""
        digits = 0 if self.clock.seconds > _FINE else 3
        share = (x - self.sheet.left) / self.sheet.plot
        return self.clock.position(self.clock.start + timedelta(seconds=round(share * self.clock.seconds, digits)))


def draw_phases(drawing: Drawing, phases: Sequence[Phase]) -> None:
    """The bar, each phase named in it where the name fits, else below; at least its duration where neither does."""
    outside: list[tuple[Phase, str]] = []
    for phase in phases:
        colour, _ = palette.PHASES.get(phase.name.split(" ")[0], palette.OTHER_PHASE)
        _draw_stretch(drawing, drawing.at(phase.start), drawing.at(phase.end), colour, is_open=phase.is_open)
        text = f"{phase.name}, {duration_words(phase.duration_seconds)}{' so far' if phase.is_open else ''}"
        if not _has_name_inside(drawing, phase, text):
            outside.append((phase, text))
    for phase in _not_outside(drawing, outside):
        _has_name_inside(drawing, phase, duration_words(phase.duration_seconds))


def _has_name_inside(drawing: Drawing, phase: Phase, text: str) -> bool:
    _, ink = palette.PHASES.get(phase.name.split(" ")[0], palette.OTHER_PHASE)
    start, end = drawing.at(phase.start), drawing.at(phase.end)
    end -= _faded(start, end) if phase.is_open else 0
    if text_width(text, drawing.sheet.size, bold=True) + 12 > end - start:
        return False
    drawing.words.append(
        label(
            drawing.when((start + end) / 2), BAR / 2, plot_text(text, bold=True),
            size=drawing.sheet.size, color=ink, xanchor="center", yanchor="middle",
        )
    )  # fmt: skip
    return True


def _faded(start: float, end: float) -> float:
    return min((end - start) / 3, 60)


def _draw_stretch(drawing: Drawing, start: float, end: float, colour: str, *, is_open: bool) -> None:
    faded = _faded(start, end) if is_open else 0
    gap = 1.5 if end - start > 6 and not is_open else 0  # noqa: PLR2004 - a thinner phase would vanish in its gap
    drawing.shapes.append(box(drawing.when(start), drawing.when(end - faded - gap), 0, BAR, color=colour))
    for step, opacity in enumerate(_FADE if is_open else ()):
        x0, x1 = (end - faded + faded * part / len(_FADE) for part in (step, step + 1))
        fading = palette.see_through(colour, opacity)
        drawing.shapes.append(box(drawing.when(x0), drawing.when(x1), 0, BAR, color=fading))


def _not_outside(drawing: Drawing, outside: Sequence[tuple[Phase, str]]) -> list[Phase]:
    """Names phases that are narrower than their names in rows below the bar; returns those that found no room."""
    sheet = drawing.sheet
    middles = [(drawing.at(phase.start) + drawing.at(phase.end)) / 2 for phase, _ in outside]
    wishes = [Wish(x, text, least=len(text)) for x, (_, text) in zip(middles, outside, strict=True)]
    rows = in_lanes(wishes, Lanes(0, sheet.width, max(len(outside), 1), sheet.size, sheet.width))
    for place, row in rows.items():
        x, depth = drawing.when(middles[place]), 14 + row.lane * _BELOW
        drawing.shapes.append(line(x, x, 0, -depth, color=palette.LINE_STRONG))
        tip = 5 if row.side == "right" else -5
        anchor = "left" if row.side == "right" else "right"
        drawing.words.append(
            label(x, -depth, plot_text(row.text), size=sheet.size, xanchor=anchor, yanchor="middle", xshift=tip)
        )
        drawing.depth = max(drawing.depth, depth + _BELOW / 2)
    return [phase for place, (phase, _) in enumerate(outside) if place not in rows]


def draw_silences(drawing: Drawing, silences: Sequence[Silence]) -> None:
    """A dotted line for each silence; the longest is named, and the others where their words fit beside it."""
    shown = [each for each in silences if drawing.clock.start <= each.start and each.end <= drawing.clock.end]
    if not shown:
        return
    level = drawing.depth + 12
    named: list[tuple[float, float]] = []
    for silence in sorted(shown, key=lambda each: (-each.duration_seconds, each.start)):
        start, end = drawing.at(silence.start) + _SHORT_OF, drawing.at(silence.end) - _SHORT_OF
        ends = (drawing.when(start), drawing.when(max(start, end)))
        drawing.shapes.append(line(*ends, -level, -level, color=palette.WARN, width=2, dash="dot"))
        lasted = duration_words(silence.duration_seconds)
        for words in (f"{lasted} without an entry in the record", f"{lasted} without an entry", lasted):
            if _has_named_silence(drawing, words, (start + end) / 2, level + 12, named):
                break
    drawing.depth = level + 12 + _BELOW / 2


def _has_named_silence(
    drawing: Drawing, words: str, middle: float, depth: float, named: list[tuple[float, float]]
) -> bool:
    sheet = drawing.sheet
    half = text_width(words, sheet.size, bold=True) / 2
    middle = min(max(middle, half), sheet.width - half)
    if half * 2 > sheet.width or any(middle - half < high + 16 and low - 16 < middle + half for low, high in named):
        return False
    named.append((middle - half, middle + half))
    drawing.words.append(
        label(
            drawing.when(middle), -depth, plot_text(words, bold=True),
            size=sheet.size, color=palette.WARN, xanchor="center", yanchor="middle",
        )
    )  # fmt: skip
    return True
