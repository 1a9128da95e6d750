"""The colours of figures: the light tokens of the page, which changes them for its dark scheme."""

from __future__ import annotations

from typing import Final

BACKGROUND: Final = "#FAF9F6"
SURFACE: Final = "#FFFFFF"
LINE: Final = "#DFDBD3"
LINE_STRONG: Final = "#8F8A80"
INK: Final = "#17191C"
INK_SECOND: Final = "#464B52"
INK_THIRD: Final = "#62676F"
ACCENT: Final = "#14578C"
ACCENT_SOFT: Final = "#DDE9F4"
WARN: Final = "#A5380B"

# Each phase with the ink that is read on it, in both schemes.
PHASES: Final = {
    "Detection": ("#DDE9F4", INK),
    "Acknowledgment": ("#8DB6DA", INK),
    "Diagnosis": ("#2F74AD", BACKGROUND),
    "Mitigation": ("#0E3B61", BACKGROUND),
    "Monitoring": ("#8DB6DA", INK),
}
OTHER_PHASE: Final = ("#8DB6DA", INK)

# Parts of a bar with the ink that is read on each: light and dark in turn, so that hue is never needed.
SEVERITIES: Final = {
    "SEV1": ("#7A1608", BACKGROUND),
    "SEV2": ("rgba(165,56,11,0.55)", INK),  # WARN, see through
    "SEV3": (ACCENT, BACKGROUND),
    "SEV4": ("#8DB6DA", INK),
}
PARTS: Final = ((ACCENT, BACKGROUND), ("#8DB6DA", INK), ("#0E3B61", BACKGROUND), (ACCENT_SOFT, INK))
UNKNOWN_PART: Final = (LINE, INK)

# The first line of a panel carries it; the others are context.
SERIES: Final = (ACCENT, INK_THIRD, "#2F74AD", LINE_STRONG)


def see_through(colour: str, opacity: float) -> str:
    """The colour with an opacity from 0 to 1, in the form that the page can still recolour.

    >>> see_through("#14578C", 0.2)
    'rgba(20,87,140,0.2)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"
