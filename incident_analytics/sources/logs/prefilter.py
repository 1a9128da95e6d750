r"""Which lines of JSON cannot be wanted, told by one look at the line; whatever is in doubt is kept.

A line is left out only where no reading of it could give a record that is wanted: the expression finds every line
that could, and more. What it must not miss: spellings with other cases, blanks and escapes (``\u0045RROR``), levels
as numbers, letters and HTTP statuses, and lines that hold other lines.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.sources.logs.envelopes import MARKS
from incident_analytics.sources.logs.flavours import MESSAGE_KEYS, REQUEST_KEYS
from incident_analytics.sources.logs.severity import FIRST_ERROR, SEVERITY_OF_WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Only an object that opens with its first key begins a record of its own whatever stands before and after it.
_NOT_AN_OBJECT: Final = r'^(?:[^{]|\{(?:[^"]|$)|$)'
# An escape may spell any letter of a key or a level, and a control character may stand inside a word as a colour does.
_DISGUISED: Final = r"\\u00|[\x00-\x09\x0b-\x1f]"
# Lines whose records lie deeper inside.
_HOLDERS: Final = '"(?:' + "|".join(map(re.escape, sorted({"log", "__REALTIME_TIMESTAMP", *MARKS}))) + ')"'
_IN_DOUBT: Final = f"{_NOT_AN_OBJECT}|{_DISGUISED}|{_HOLDERS}"
_EDGE: Final = r"(?:[^!-~]|\\[tnrfb])*"  # what is stripped from a level
_WORDS: Final = tuple(word for word, severity in SEVERITY_OF_WORD.items() if severity >= FIRST_ERROR)
_ANY_WORD: Final = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in word) for word in _WORDS)
_ERRORS: Final = "|".join(
    (
        rf'"{_EDGE}(?:{_ANY_WORD})(?:[^!-~]|\\[tnrfb]|[1-5])*"',
        '"level" *: *[056]',  # a number from 50 to 69 begins with 5 or 6, or is 0.5e2
        '"s" *: *"[EF]',  # MongoDB's letters
        '"short_message"',  # GELF's priorities
        '"status" *: *(?:5|"(?:[05]|[^ -~]))',  # what access logs tell their severity by
    )
)
_ASSERTIONS: Final = frozenset({"^", "$", r"\b", r"\B", r"\A", r"\z", r"\<", r"\>"})
_REPEATS: Final = frozenset("*+?{")
_ODD_GROUP: Final = re.compile(r"\?(?![ims]*[:)]|P?<)")
# A message that is no text is printed as JSON, and then reads otherwise than the line does.
_PRINTED_MESSAGE: Final = '"(?:' + "|".join((*MESSAGE_KEYS, *REQUEST_KEYS)) + r')" *: *[-0-9\[{]'
_PLAIN: Final = frozenset(string.ascii_letters + string.digits + " _-")
_TELLING: Final = frozenset(string.ascii_letters) - frozenset("eE" + "Infinity")  # no printed number holds these


@dataclass(frozen=True, slots=True)
class Wanted:
    """Records that are wanted; every condition that is named must hold.

    Args:
        errors: Whether only errors are: severity_number 17 or more.
        service: The service, exactly.
        pattern: A regular expression, as polars reads it, found in the message or in the raw text.
    """

    errors: bool = False
    service: str | None = None
    pattern: str | None = None

    def condition(self) -> pl.Expr:
        """Whether a record is wanted, told by its columns."""
        holds = [pl.lit(value=True)]
        if self.errors:
            holds.append(pl.col("severity_number") >= FIRST_ERROR)
        if self.service is not None:
            holds.append(pl.col("service") == self.service)
        if self.pattern is not None:
            found = (pl.col(name).str.contains(self.pattern).fill_null(value=False) for name in ("message", "raw"))
            holds.append(pl.any_horizontal(*found))
        return pl.all_horizontal(*holds).fill_null(value=False)


def wanted_records(wanted: Sequence[Wanted]) -> pl.Expr:
    """Whether a record is one that any of these wants."""
    return pl.any_horizontal(*(each.condition() for each in wanted))


def may_be_wanted(line: pl.Expr, wanted: Sequence[Wanted], folder: str | None) -> pl.Expr | None:
    """Whether a line may be of a record that any of these wants; None where every line may.

    Args:
        line: The lines as they are.
        wanted: What is wanted.
        folder: The service that the file's folder names, for records that name none.
    """
    looks = [list(_looks(each, folder)) for each in wanted]
    if not all(looks):
        return None
    whole = [_IN_DOUBT, *(look[0] for look in looks if len(look) == 1)]
    several = [pl.all_horizontal(*map(line.str.contains, look)) for look in looks if len(look) > 1]
    return pl.any_horizontal(line.str.contains("|".join(f"(?:{look})" for look in whole)), *several)


@dataclass(frozen=True, slots=True)
class Quick:
    """What tells most lines that cannot be wanted without a closer look.

    Args:
        errors: Whether lines are wanted for their level.
        words: Lines that are wanted for what they say hold one of these.
    """

    errors: bool
    words: tuple[str, ...]


def quick_looks(wanted: Sequence[Wanted], folder: str | None) -> Quick | None:
    """What tells quickly, or None where only a closer look does."""
    errors, words = False, list[str]()
    for each in wanted:
        alternatives = plain_words(each.pattern) if each.pattern is not None else None
        if alternatives is not None:
            words += alternatives
        elif each.errors:
            errors = True
        elif each.service is not None and each.service != folder and _is_plain(each.service):
            words.append(each.service)
        else:
            return None
    return Quick(errors, tuple(words))


def _looks(wanted: Wanted, folder: str | None) -> Iterator[str]:
    """Expressions that every line of such records matches."""
    if wanted.errors:
        yield _ERRORS
    if wanted.service is not None and wanted.service != folder:
        # JSON may write a character outside ASCII, a quote, a backslash and a slash in other ways than themselves.
        yield re.escape(wanted.service) + ("" if _is_plain(wanted.service) else r"|\\")
    if wanted.pattern is not None:
        yield _wider(wanted.pattern)


def _is_plain(text: str) -> bool:
    return text != "" and text.isascii() and text.isprintable() and not set(text) & set('"\\/')


def plain_words(pattern: str) -> list[str] | None:
    """The words of a pattern that is nothing but words, or None.

    >>> plain_words("^timeout$|connection refused"), plain_words("time.*out"), plain_words("500|e1")
    (['timeout', 'connection refused'], None, None)
    """
    words = (_without_assertions(pattern) or "").split("|")
    return words if all(set(word) <= _PLAIN and set(word) & _TELLING for word in words) else None


def _wider(pattern: str) -> str:
    """What finds at least the raw lines of the messages that a pattern is found in."""
    words = plain_words(pattern)
    if words is not None:
        return "|".join(words)
    return rf"\\|{_PRINTED_MESSAGE}|(?:{_without_assertions(pattern) or ''})"


def _without_assertions(pattern: str) -> str | None:
    r"""The pattern without what it asks of the place it is found at, which a message and its line differ in.

    None where it is written in ways that are not told apart here.

    >>> _without_assertions(r"^a\b[$^]|\$x$")
    'a[$^]|\\$x'
    """
    kept, is_in_class, at = [], False, 0
    while at < len(pattern):
        step = pattern[at : at + 2] if pattern[at] == "\\" else pattern[at]
        at += len(step)
        if is_in_class:
            is_in_class = step != "]"
            if step == "[":  # Rust knows sets inside sets
                return None
        elif step == "[":
            opening = re.compile(r"\^?\]?").match(pattern, at)
            step += opening[0] if opening else ""
            at += len(step) - 1
            is_in_class = True
        elif step == "(" and _ODD_GROUP.match(pattern, at):
            return None
        elif step in _ASSERTIONS:
            if pattern[at : at + 1] in _REPEATS:
                return None
            continue
        kept.append(step)
    widened = "".join(kept)
    return widened if _is_expression(widened) else None


def _is_expression(text: str) -> bool:
    try:
        pl.select(pl.lit("").str.contains(text))
    except pl.exceptions.ComputeError:
        return False
    return True
