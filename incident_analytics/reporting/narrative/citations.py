"""Numbers that prose cites, and the sentences whose number is not the report's any more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from incident_analytics.reporting.narrative.lines import code_lines, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOT_KNOWN = "not known"
# Where a sentence ends inside a paragraph. A full stop before a digit may be an abbreviation's.
_SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"')\]*_]*\s+(?=[^\Wa-z\d_]|[\"'(\[*_`])"
    r"|(?<=[!?])\s+(?=\d)"
)
_BLOCK_START = re.compile(r"\s{0,3}(?:[-*+]|\d{1,9}[.)]|#{1,6}|>|\|)(?:\s|$)|\s*\|")
# "30 min" is not cited by "1 h 30 min", nor is "1 h".
_LARGER_UNIT = re.compile(r"\d\s*(?:d|days?|h|hours?|min|minutes?)\s+\Z")
_SMALLER_UNIT = re.compile(r"\s+\d+\s*(?:h|hours?|min|minutes?|s|seconds?)\b")


class StaleSentence(NamedTuple):
    """A sentence that cites a number which has changed since the text was last edited.

    Args:
        sentence: The sentence as it stands in the text.
        name: The number's name, such as ``time_to_resolution``.
        then: What was displayed when the text was last edited, as the sentence cites it.
        now: What is displayed now; ``not known`` where there is none.
    """

    sentence: str
    name: str
    then: str
    now: str


def stale_sentences(body: str, then: Mapping[str, str], now: Mapping[str, str]) -> list[StaleSentence]:
    """The sentences whose cited number changed, in the order of the text.

    A sentence cites a number where the displayed text stands in it as words of its own: `5 min` is not
    cited by `15 min`. Two numbers that were displayed alike both count. Code blocks are not prose.

    Args:
        body: The text of a section. It is never altered.
        then: Displayed numbers by name when the text was last edited.
        now: Displayed numbers by name now.
    """
    changed = {name: text for name, text in then.items() if now.get(name, NOT_KNOWN) != text}
    return [
        StaleSentence(sentence, name, text, now.get(name, NOT_KNOWN))
        for sentence in sentences(body)
        for name, text in changed.items()
        if cites(sentence, text)
    ]


def cites(text: str, number: str) -> bool:
    """Whether a text holds a displayed number as words of its own.

    >>> cites("It took 1 h 30 min.", "1 h 30 min"), cites("It took 15 min.", "5 min")
    (True, False)
    """
    words = number.split()
    if not words:
        return False
    # Digits, letters and separators before or after would make it another number.
    pattern = r"(?<![\w.,:\-])" + r"\s+".join(map(re.escape, words)) + r"(?!\w|[.,:]\d)"
    return any(
        not _LARGER_UNIT.search(text, 0, found.start()) and not _SMALLER_UNIT.match(text, found.end())
        for found in re.finditer(pattern, text)
    )


def sentences(body: str) -> Iterator[str]:
    """The sentences of a Markdown text, each exactly as it stands there."""
    for block in _blocks(body):
        start = 0
        for end in _SENTENCE_END.finditer(block):
            yield block[start : end.end()].strip()
            start = end.end()
        if rest := block[start:].strip():
            yield rest


def _blocks(body: str) -> Iterator[str]:
    lines = split_lines(body)
    block = ""
    for line, is_code in zip(lines, code_lines(lines), strict=True):
        is_start = is_code or not line.strip() or _BLOCK_START.match(line)
        if is_start and block:
            yield block
            block = ""
        if not is_code:
            block += line
    if block:
        yield block
