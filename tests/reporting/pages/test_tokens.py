"""The colours of a page, and whether everyone can read them."""

from __future__ import annotations

import pytest

from incident_analytics.reporting.pages.tokens import tokens

TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "ink2", "ink3", "accent", "warn", "good", "sev1")
        for ground in ("bg", "surface")
    ),
    ("ink", "sunken"),
    ("ink2", "sunken"),
    ("ink3", "sunken"),
    ("ink", "warnsoft"),
    ("warn", "warnsoft"),
    ("ink", "accentsoft"),
    ("accent", "accentsoft"),
    ("bg", "ph1"),
    ("bg", "ph2"),
    ("ink", "ph3"),
    ("ink", "ph4"),
]
SHAPES = [("line2", "bg"), ("line2", "surface"), ("accent", "surface"), ("warn", "surface")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21 to 1 by definition; #767676 on white is the well-known 4.54."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert round(contrast("#767676", "#FFFFFF"), 2) == 4.54


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable_on_its_ground(scheme: str, ink: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3, level AA: at least 4.5 to 1 for text."""
    colours = tokens()[scheme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_lines_and_marks_are_visible_on_their_ground(scheme: str, shape: str, ground: str) -> None:
    """WCAG 2.2, 1.4.11, level AA: at least 3 to 1 for what one must see to understand."""
    colours = tokens()[scheme]
    assert contrast(colours[shape], colours[ground]) >= 3


def test_schemes_have_the_same_colours() -> None:
    """A name without a counterpart would stay light in the dark."""
    found = tokens()
    assert list(found["light"]) == list(found["dark"])
    assert len(found["light"]) == 18


def test_light_colours_with_one_value_have_one_counterpart() -> None:
    """Figures are recoloured by value, so one light value must mean one dark value."""
    found = tokens()
    counterparts: dict[str, set[str]] = {}
    for name, colour in found["light"].items():
        counterparts.setdefault(colour, set()).add(found["dark"][name])
    assert {colour: len(others) for colour, others in counterparts.items()} == dict.fromkeys(counterparts, 1)
