"""Words that blame: a warning with the line and what to write instead, never a block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from incident_analytics.analysis.lint.persons import name_pattern, without_names
from incident_analytics.errors import shortened
from incident_analytics.model.lint_rules import PERSON
from incident_analytics.model.measurement import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from incident_analytics.model.runbook import Runbook

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_QUOTE = re.compile(r"\s*(>|[-*]\s+>)")
_COMMENT = re.compile(r"<!--.*?(-->|$)")


def blameless_lint(texts: Iterable[tuple[str, Place]], people: Iterable[str], runbook: Runbook) -> tuple[Finding, ...]:
    """A warning for each stretch of words that blames, or that makes a person the cause.

    Code, fenced or between backticks, and lines quoted with ``>`` are passed over: they are somebody else's
    words. The message never repeats a person's name.

    Args:
        texts: Each text with the file and line where it begins.
        people: The persons of the incident.
        runbook: Its ``lints`` name the words and what to write instead.

    Returns:
        Findings in the order of the texts and lines, one for words that overlap.
    """
    named = tuple(people)
    rules = _rules(named, runbook)
    findings: list[Finding] = []
    for text, place in texts:
        for number, line in _prose_lines(text):
            where = Place(place.file, None if place.line is None else place.line + number)
            findings += _found(line, rules, where, named)
    return tuple(findings)


def _rules(people: Sequence[str], runbook: Runbook) -> list[tuple[str, re.Pattern[str], str]]:
    lints = runbook.lints
    names = name_pattern(people)
    rules = []
    if names is not None:
        for cause in lints.persons_as_causes:
            # Names keep their case; the words around them do not.
            words = f"(?i:{cause.words.replace(PERSON, f')(?:{names})(?i:')})"
            rules.append(("person-as-cause", re.compile(words), cause.instead))
    rules += [("blaming-words", re.compile(one.words, re.IGNORECASE), one.instead) for one in lints.blameless]
    return rules


def _found(
    line: str, rules: list[tuple[str, re.Pattern[str], str]], where: Place, people: Sequence[str]
) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    found = []
    for rule, pattern, instead in rules:
        for match in pattern.finditer(line):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                found.append((match.start(), rule, match[0], instead))
    for _, rule, words, instead in sorted(found):
        seen = shortened(without_names(words, people))
        said = "a person as the cause" if rule == "person-as-cause" else f'"{seen}" puts blame on people'
        yield Finding(rule, "warning", f"{said}; say {instead}", where, seen, instead)


def _prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are somebody's own prose, counted from 0, with code and comments blanked."""
    fence = ""
    for number, line in enumerate(text.splitlines()):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            continue
        if mark:
            fence = mark[1]
            continue
        if not _QUOTE.match(line):
            yield number, _COMMENT.sub(" ", _CODE.sub(" ", line))
