"""How wide a label will be, before any browser has seen it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

# Advance widths in thousandths of the font size, rounded up, of DejaVu Sans: the widest of the faces that
# `system-ui` stands for, so a label that fits in it fits in all of them.
_REGULAR: Final = {
    280: "'ijl",
    320: " ,.IJ",
    360: "/:;\\f|",
    400: "()-[]t",
    440: "!r",
    480: '"',
    520: "*_`",
    560: "?Lcsz",
    600: "Fkvxy",
    640: "$0123456789EPSTYabdeghnopqu{}",
    680: "K",
    720: "ABCRVXZ",
    760: "HNU",
    800: "&DGOQ",
    840: "#+<=>^w~",
    880: "M",
    960: "%",
    1000: "@Wm",
}
_BOLD: Final = {
    320: "'",
    360: " ijl",
    400: ",./:;IJ\\|",
    440: "-f",
    480: "!()[]t",
    520: "_`r",
    560: '"*',
    600: "?csz",
    640: "L",
    680: "aekvxy",
    720: "$0123456789EFSTbdghnopqu{}",
    760: "CPYZ",
    800: "ABKRVX",
    840: "#+<=>DGHNU^~",
    880: "&OQ",
    960: "w",
    1000: "@M",
    1040: "%",
    1080: "m",
    1120: "W",
}
_WIDTH: Final = {
    is_bold: {sign: width for width, signs in table.items() for sign in signs}
    for is_bold, table in ((False, _REGULAR), (True, _BOLD))
}
_OTHER_LETTER: Final = 800
_SQUARE: Final = 1000
_ELLIPSIS: Final = "…"


@lru_cache(maxsize=4096)
def text_width(text: str, size: int, *, bold: bool = False) -> float:
    """Pixels that the text takes on one line, at most.

    >>> text_width("14:15", 10)
    29.2
    >>> text_width("障害", 10), text_width("", 10)
    (20.0, 0.0)
    """
    table = _WIDTH[bold]
    return sum(table.get(sign) or _unlisted(sign) for sign in text) * size / 1000


@lru_cache(maxsize=4096)
def shortened(text: str, size: int, most: float, *, bold: bool = False) -> str:
    """The text, cut to at most so many pixels; what is cut ends in an ellipsis, at a word where one is near.

    >>> shortened("connection pool resized", 10, 100)
    'connection pool…'
    >>> shortened("pool", 10, 100)
    'pool'
    """
    if text_width(text, size, bold=bold) <= most:
        return text
    # sign by sign from the left: a log line of a megabyte must not be measured again for each sign that is cut
    table, taken, end = _WIDTH[bold], text_width(_ELLIPSIS, 1000, bold=bold), 0
    while end < len(text) and (taken := taken + (table.get(text[end]) or _unlisted(text[end]))) * size / 1000 <= most:
        end += 1
    kept = text[:end]
    words, space, rest = kept.rpartition(" ")
    is_near = space and len(rest) <= max(len(kept) // 3, 1) and text[len(kept) : len(kept) + 1].strip()
    return (words if is_near else kept).rstrip(" ,;:") + _ELLIPSIS if kept else ""


def _unlisted(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return _SQUARE if unicodedata.east_asian_width(sign) in "WFA" else _OTHER_LETTER
