"""Tests of the colours of figures."""

from __future__ import annotations

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.pages.tokens import tokens


def test_every_colour_is_a_token_of_the_page() -> None:
    """The page can give only its own tokens their dark counterparts."""
    used = [value for name, value in vars(palette).items() if name.isupper() and isinstance(value, str)]
    used += [colour for pair in (*palette.PARTS, palette.UNKNOWN_PART) for colour in pair]
    used += [colour for pair in palette.SEVERITIES.values() for colour in pair if colour.startswith("#")]
    used += [*palette.SERIES, *palette.OTHER_PHASE, *(colour for pair in palette.PHASES.values() for colour in pair)]
    assert set(used) <= set(tokens()["light"].values())


def test_see_through_colour_keeps_the_form_the_page_can_read() -> None:
    """Red, green, blue and opacity."""
    assert palette.see_through("#A5380B", 0.5) == "rgba(165,56,11,0.5)"


def test_see_through_severity_is_the_warning_colour() -> None:
    """The page recolours red, green and blue of a see-through colour as those of its token."""
    assert palette.SEVERITIES["SEV2"][0] == palette.see_through(palette.WARN, 0.55)
