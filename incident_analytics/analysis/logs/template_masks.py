"""What in a message surely varies, masked: times, ids, addresses, paths, and every word that holds a digit.

All of it is one expression on a whole column, so a million lines take a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

ANY: Final = "<*>"
# ASCII classes, as those of Unicode take twice as long; a letter beyond it is a letter of a word all the same.
_ADDRESS: Final = r"[A-Za-z][A-Za-z0-9+.-]*://[^ \t\"',;)\]]+"
_PATH_WITH_QUERY: Final = r"(?:/[A-Za-z0-9_.@%+~*<>-]+){2,}/?(?:\?[^ \t\"')\]]*)?"
_SIGNS: Final = r" \t\r\n=:,;()\[\]{}\"'<>|"
_WORD_WITH_DIGIT: Final = rf"[^{_SIGNS}]*[0-9][^{_SIGNS}]*"
# instants, host addresses and ids have become words between a few signs by now
_RUN: Final = r"<\*>(?:[^\sA-Za-z]{0,2}<\*>|\s+<\*>)+"


def masked(message: pl.Expr) -> pl.Expr:
    """The message with `ANY` for whatever surely varies; several in a row are one.

    >>> import polars as pl
    >>> pl.select(masked(pl.lit("GET /v2/a/b?x=1 took 12ms from 10.0.0.7:443"))).item()
    'GET <*> took <*> from <*>'
    """
    for shape in (_ADDRESS, _PATH_WITH_QUERY, _WORD_WITH_DIGIT, _RUN):
        message = message.str.replace_all(shape, ANY)
    return message.str.strip_chars()
