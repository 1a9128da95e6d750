"""Open questions for the review, and the answers people wrote under them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from incident_analytics.reporting.narrative.lines import (
    code_lines,
    margins,
    newline_of,
    split_lines,
    without_end,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SECTION = "questions"
_HEADING = re.compile(r" {0,3}###[ \t]++(?P<text>.*)\{#question-(?P<id>[^\s{}]+)[^{}]*\}[ \t]*")
_WHY = re.compile(r"> (?P<why>.*) <!-- asked:(?P<digest>[0-9a-f]{8}) -->[ \t]*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question a finding raises.

    Args:
        id: A stable id, with or without ``question-`` in front.
        text: The question, one blameless sentence.
        why: The data that raised it.
    """

    id: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it stands in the document.

    Args:
        id: Its id, without ``question-``.
        text: The question as written there.
        why: The data that raised it; empty where a person changed or removed that line.
        answer: What people wrote under it; empty while it is open.
        source: All its lines.
        is_untouched: Whether nobody answered it or changed its words.
    """

    id: str
    text: str
    why: str
    answer: str
    source: str
    is_untouched: bool


def parse_questions(body: str) -> tuple[str, tuple[AskedQuestion, ...]]:
    """What stands before the first question, and the questions in order.

    Args:
        body: The text of the section `questions`.
    """
    lines = split_lines(body)
    starts = [
        at for at, is_code in enumerate(code_lines(lines)) if not is_code and _HEADING.fullmatch(without_end(lines[at]))
    ]
    asked = tuple(_asked(lines[start:end]) for start, end in pairwise([*starts, len(lines)]))
    return "".join(lines[: starts[0]] if starts else lines), asked


def _asked(lines: list[str]) -> AskedQuestion:
    heading = _HEADING.fullmatch(without_end(lines[0]))
    question_id, text = (heading["id"], heading["text"].strip(" \t")) if heading else ("", "")
    source, content = "".join(lines), "".join(lines[1:])
    _, words, _ = margins(content)
    first, *rest = split_lines(words) or [""]
    why = _WHY.fullmatch(without_end(first))
    if why is None or why["digest"] != _digest(question_id, text, why["why"]):
        return AskedQuestion(question_id, text, "", words, source, is_untouched=False)
    answer = margins("".join(rest))[1]
    return AskedQuestion(question_id, text, why["why"], answer, source, is_untouched=not answer)


def merge_questions(body: str, current: Sequence[Question], *, newline: str = "") -> str:
    """The section's text with the current questions in it.

    A question somebody answered, or whose words somebody changed, stays byte for byte, also when it no
    longer arises. An untouched one is brought up to date, or leaves when it no longer arises.
    New ones are appended.

    Args:
        body: The text of the section `questions`.
        current: The questions the findings raise now.
        newline: The line end for new lines: the document's; by default the one most lines of the text have.
    """
    preface, asked = parse_questions(body)
    newline = newline or newline_of(body)
    arising = {_bare(question.id): question for question in current}
    kept = [preface]
    for question in asked:
        now = arising.pop(question.id, None)
        if not question.is_untouched or (now and _words(now) == (question.text, question.why)):
            kept.append(question.source)
        elif now:
            kept.append(_entry(now, newline))
    return margins(_spaced(["".join(kept), *(_entry(new, newline) for new in arising.values())], newline))[1]


def merge_answers(ours: str, theirs: str) -> str | None:
    """Two edited versions of the section as one, where they only answer different questions.

    Args:
        ours: The version in the document.
        theirs: The version in the notebook.

    Returns:
        The merged text, or None where both changed the same words.
    """
    preface, asked = parse_questions(ours)
    other_preface, others = parse_questions(theirs)
    kept = {question.id: question for question in asked}
    if len(kept) != len(asked) or other_preface.strip() not in preface:
        return None
    for other in others:
        question = kept.get(other.id)
        if question is None or question.is_untouched or question.source.strip() in other.source:
            kept[other.id] = other
        elif not other.is_untouched and other.source.strip() not in question.source:
            return None
    newline = newline_of(ours)
    sources = [question.source.replace("\r\n", "\n").replace("\n", newline) for question in kept.values()]
    return margins(_spaced([preface, *sources], newline))[1]


def _entry(question: Question, newline: str) -> str:
    name = _bare(question.id)
    text, why = _words(question)
    digest = _digest(name, text, why)
    return newline.join([f"### {text} {{#question-{name}}}", "", f"> {why} <!-- asked:{digest} -->", "", ""])


def _words(question: Question) -> tuple[str, str]:
    return " ".join(question.text.split()), " ".join(question.why.split())


def _spaced(parts: Sequence[str], newline: str) -> str:
    text = ""
    for part in parts:
        if text.strip() and not text.endswith(newline * 2):
            text += newline if text.endswith(newline) else newline * 2
        text += part
    return text


def _bare(question_id: str) -> str:
    return re.sub(r"[\s{}]+", "-", question_id.removeprefix("question-"))


def _digest(question_id: str, text: str, why: str) -> str:
    # It tells words this program wrote from words a person changed.
    return hashlib.sha256(f"{question_id}\n{text}\n{why}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
