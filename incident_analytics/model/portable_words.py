r"""Regular expressions that find the same lines on every engine.

polars searches with Rust's regex, pandas and DuckDB with RE2. The two differ: ``\d`` takes Arabic digits in one only,
``[a&&b]`` is an intersection in one only, ``{`` alone is an error in one only. A pattern is therefore read here once,
refused with the position where it is wrong, and written down in what both understand alike.

The dialect is that of `grep -E` with the shorthands people use:
    ``. ^ $ | ( ) (?: ) [ ]``, POSIX classes such as ``[[:alpha:]]``, and ``* + ? {m} {m,} {m,n}``, lazy with ``?``
    ``(?i)``, ``(?m)`` and ``(?s)`` in front of the pattern, or ``(?i: )`` around a part of it
    ``\d \w \s \D \W \S`` for ASCII; ``\b \B \A``; ``\t \n \r \f \v``; ``\x41``; a backslash before punctuation
Neither engine knows look-around or back-references, so they are refused. One difference is left: next to letters
beyond ASCII ``\b`` finds a word's edge with RE2 and none with Rust.
"""

from __future__ import annotations

import re
import string
from typing import Final, NoReturn

from incident_analytics.errors import ParameterError

_SHORTHANDS: Final = {"d": "0-9", "w": "0-9A-Za-z_", "s": r"\t\n\v\f\r "}
_POSIX: Final = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r"\t ",
    "digit": "0-9",
    "lower": "a-z",
    "punct": r"!-/:-@\[-`{-\~",
    "space": r"\t\n\v\f\r ",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
_EDGES: Final = "bBA"
_CONTROLS: Final = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
_PUNCTUATION: Final = f"{string.punctuation} "
_MOST_REPEATS: Final = 1000  # RE2's limit
_REPEAT: Final = re.compile(r"(?:[*+?]|\{(\d+)(?:,(\d*))?\})")
_GROUP: Final = re.compile(r"\((?:\?P<\w+>|\?[ims]*:|(?!\?))")
_FLAGS: Final = re.compile(r"\(\?[ims]+\)")
_HEX: Final = re.compile(r"\\x([0-9A-Fa-f]{2})")
_POSIX_NAME: Final = re.compile(r"\[:(\w+):\]")


def portable_words(pattern: str) -> str:
    r"""The pattern in words that Rust's regex and RE2 understand alike; groups no longer capture.

    Raises:
        ParameterError: What is wrong with the pattern, and at which character (from 1).

    >>> portable_words(r"took \d+ms (GET|POST)")
    'took [0-9]+ms (?:GET|POST)'
    """
    return _Reader(pattern).read()


class _Reader:
    """Walks once through a pattern and writes it down again."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.written: list[str] = []
        self.open_groups: list[int] = []
        self.repeatable = False

    def read(self) -> str:
        """The whole pattern, written portably."""
        if flags := _FLAGS.match(self.pattern):
            self._take(flags.end(), flags.group(), repeatable=False)
        while self.at < len(self.pattern):
            self._step()
        if self.open_groups:
            self._refuse("this bracket is never closed", self.open_groups[-1])
        return "".join(self.written)

    def _step(self) -> None:
        character = self.pattern[self.at]
        if repeat := _REPEAT.match(self.pattern, self.at):
            self._repeat(repeat)
        elif character == "(":
            self._group()
        elif character == ")":
            if not self.open_groups:
                self._refuse("this bracket was never opened")
            self.open_groups.pop()
            self._take(1, ")")
        elif character == "[":
            self._character_class()
        elif character == "\\":
            self._escape()
        elif character in "{}]":
            self._take(1, f"\\{character}")
        else:
            self._take(1, character, repeatable=character not in "|^$")

    def _take(self, length: int, written: str, *, repeatable: bool = True) -> None:
        self.at += length
        self.written.append(written)
        self.repeatable = repeatable

    def _repeat(self, repeat: re.Match[str]) -> None:
        least, most = repeat.group(1), repeat.group(2)
        if not self.repeatable:
            self._refuse("nothing stands here to repeat")
        if least is not None and max(int(least), int(most or 0)) > _MOST_REPEATS:
            self._refuse(f"at most {_MOST_REPEATS} repeats")
        if most and int(least) > int(most):
            self._refuse("the smaller number stands first")
        written = repeat.group()
        if self.pattern[repeat.end() : repeat.end() + 1] == "?":
            written += "?"
        self._take(len(written), written, repeatable=False)

    def _group(self) -> None:
        group = _GROUP.match(self.pattern, self.at)
        if group is None:
            self._refuse("look-around, references and further flags are not understood here")
        self.open_groups.append(self.at)
        opening = group.group()
        self._take(len(opening), opening if opening.endswith(":") else "(?:", repeatable=False)

    def _escape(self) -> None:
        name = self.pattern[self.at + 1 : self.at + 2]
        if name and name in _EDGES:
            self._take(2, f"\\{name}", repeatable=False)
        elif name and name in "DWS":
            self._take(2, f"[^{_SHORTHANDS[name.lower()]}]")
        elif name and name in _SHORTHANDS:
            self._take(2, f"[{_SHORTHANDS[name]}]")
        elif name and name in "<>":  # in Rust \< is the start of a word
            self._refuse(f"\\{name} is not understood here")
        else:
            length, character = self._escaped_character()
            self._take(length, _spelled(character))

    def _escaped_character(self) -> tuple[int, str]:
        """Length of the escape that stands here, and the one character it means."""
        name = self.pattern[self.at + 1 : self.at + 2]
        if not name:
            self._refuse("a backslash needs a character after it")
        if name in _CONTROLS:
            return 2, _CONTROLS[name]
        if hexadecimal := _HEX.match(self.pattern, self.at):
            return 4, chr(int(hexadecimal.group(1), base=16))
        if name not in _PUNCTUATION:
            self._refuse(f"\\{name} is not understood here")
        return 2, name

    def _character_class(self) -> None:
        start = self.at
        opening = "[^" if self.pattern.startswith("[^", start) else "["
        self._take(len(opening), opening)
        first = self.at
        while self.at == first or self.pattern[self.at : self.at + 1] != "]":
            at = self.at
            lower = self._class_item(start)
            if lower and self.pattern[self.at : self.at + 1] == "-" and self.pattern[self.at + 1 : self.at + 2] != "]":
                self._take(1, "-")
                upper = self._class_item(start)
                if upper < lower:
                    self._refuse("a range goes from a smaller to a larger character", at)
        self._take(1, "]")

    def _class_item(self, start: int) -> str:
        """Take one item of the class that begins at `start`; the character, or nothing where it is a set of them."""
        if self.at >= len(self.pattern):
            self._refuse("this bracket is never closed", start)
        if posix := _POSIX_NAME.match(self.pattern, self.at):
            if posix.group(1) not in _POSIX:
                self._refuse(f"there is no class {posix.group()}")
            self._take(len(posix.group()), _POSIX[posix.group(1)])
            return ""
        character = self.pattern[self.at]
        length = 1
        if character == "\\":
            name = self.pattern[self.at + 1 : self.at + 2]
            if name in _SHORTHANDS:
                self._take(2, _SHORTHANDS[name])
                return ""
            length, character = self._escaped_character()
        self._take(length, _spelled(character))
        return character

    def _refuse(self, reason: str, at: int | None = None) -> NoReturn:
        position = (self.at if at is None else at) + 1
        raise ParameterError(f"pattern, character {position}: {reason}", found=self.pattern)


def _spelled(character: str) -> str:
    """One character as both engines take it for itself, inside a class and outside."""
    if character in "<>":
        return character
    return f"\\{character}" if character in string.punctuation else character
