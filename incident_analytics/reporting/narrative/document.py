"""`postmortem.md`: sections keyed by stable ids, printed back byte for byte."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.reporting.narrative.lines import (
    code_lines,
    margins,
    newline_of,
    open_fence,
    split_lines,
    with_closed_fence,
    without_end,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FILE = "postmortem.md"
PREFACE = "before the first heading"  # no heading can give this id: it holds blanks
_HEADING = re.compile(r" {0,3}##[ \t]++(?P<title>.*)\{#(?P<id>[^\s{}]+)[^{}]*\}[ \t]*")
_PLAIN_HEADING = re.compile(r" {0,3}##[ \t]++(?P<title>\S.*)")
_WORD = re.compile(r"[^\W_]+")
_TITLES: Mapping[str, str] = {"questions-for-the-review": "questions"}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document that begins with ``## Title {#id}`` or ``## Title``.

    Args:
        id: The stable id; without one in braces, the section that has this title, else the title as an id.
        title: The title as written.
        heading: The heading line with its line end.
        content: Everything up to the next such heading.
        line: The line of the heading, counted from 1.
        is_plain: Whether the heading has no id in braces.
    """

    id: str
    title: str
    heading: str
    content: str
    line: int
    is_plain: bool = False

    @property
    def body(self) -> str:
        """What a person wrote, without the blank lines around it."""
        return margins(self.content)[1]


@dataclass(frozen=True, slots=True)
class Narrative:
    """The whole document.

    Every heading at level two and outside closed code blocks begins a section; any other heading is text
    of the section it stands in.

    Args:
        preface: What stands before the first section.
        sections: The sections in order, unknown and repeated ones included.
        titles: Ids of sections by their title, lower case and with dashes between the words.
    """

    preface: str
    sections: tuple[Section, ...]
    titles: Mapping[str, str] = field(default_factory=lambda: _TITLES)

    @classmethod
    def parse(cls, text: str, titles: Mapping[str, str] = _TITLES) -> Narrative:
        """The document; `text` gives back the same characters.

        Args:
            text: Read it as UTF-8 with ``errors="surrogateescape"`` and without newline translation,
                and store `encoded`, so that also bytes that are not UTF-8 survive.
            titles: Ids by title, as in `Narrative.titles`.
        """
        # A byte order mark belongs to the file, not to its first heading.
        mark = text[:1] if text.startswith("\ufeff") else ""
        lines = split_lines(text[len(mark) :])
        starts = [at for at, is_code in enumerate(code_lines(lines)) if not is_code and _heading(lines, at)]
        preface = mark + "".join(lines[: starts[0]] if starts else lines)
        found = [_section(lines, *span) for span in pairwise([*starts, len(lines)])]
        return cls(preface, tuple(_with_ids(found, titles)), titles)

    @classmethod
    def decode(cls, data: bytes) -> Narrative:
        """The document from a file's bytes."""
        return cls.parse(data.decode("utf-8", "surrogateescape"))

    def knowing(self, sections: Iterable[tuple[str, str]]) -> Narrative:
        """The same document, with headings matched to these sections by their titles.

        Args:
            sections: Ids and titles, as `template_sections` gives them.
        """
        return Narrative.parse(self.text(), {**_TITLES, **{slug(title): name for name, title in sections if title}})

    def text(self) -> str:
        """The document as text, every character as it was."""
        return self.preface + "".join(section.heading + section.content for section in self.sections)

    def encoded(self) -> bytes:
        """The document as bytes for the file."""
        return self.text().encode("utf-8", "surrogateescape")

    def find(self, section_id: str) -> Section | None:
        """The first section of that id."""
        return next((section for section in self.sections if section.id == section_id), None)

    def section(self, section_id: str) -> str:
        """The text of a section, or of the `PREFACE`; empty where it is missing or has none."""
        if section_id == PREFACE:
            return margins(self.preface.removeprefix("\ufeff"))[1]
        found = self.find(section_id)
        return found.body if found else ""

    def with_section(self, section_id: str, body: str, *, title: str = "") -> Narrative:
        """The document with another text in one section; a missing section is appended.

        A code block that it leaves open is closed behind it, one left open before it where its own fence would.

        Args:
            section_id: The section's id.
            body: Its new text.
            title: The title where the section is new; made from the id without one.
        """
        if section_id == PREFACE:
            return self._with_preface(body)
        whole = self.with_sections([(section_id, title)])
        if body == whole.section(section_id):
            return whole
        at = next(at for at, section in enumerate(whole.sections) if section.id == section_id)
        changed, newline = whole.sections[at], newline_of(whole.text())
        before, _, after = margins(changed.content)
        if not changed.body:
            before, after = newline, newline * (1 if changed is whole.sections[-1] else 2)
        ends = changed.heading != without_end(changed.heading)
        changed = replace(
            changed,
            heading=changed.heading if ends else changed.heading + newline,
            content=before + with_closed_fence(body, newline) + after,
        )
        earlier = Narrative(whole.preface, whole.sections[:at]).text()
        if (mark := open_fence(earlier)) and mark in body:
            earlier = with_closed_fence(earlier, newline) + newline
        return Narrative.parse(earlier + Narrative("", (changed, *whole.sections[at + 1 :])).text(), self.titles)

    def _with_preface(self, body: str) -> Narrative:
        if body == self.section(PREFACE):
            return self
        newline = newline_of(self.text())
        mark = self.preface[:1] if self.preface.startswith("\ufeff") else ""
        before, words, after = margins(self.preface.removeprefix(mark))
        after = after if words else newline * 2
        text = mark + before + with_closed_fence(body, newline) + after
        return Narrative.parse(text + self.text()[len(self.preface) :], self.titles)

    def with_sections(self, wanted: Iterable[tuple[str, str]]) -> Narrative:
        """The document with each missing section appended empty; nothing else is touched.

        Args:
            wanted: Ids and titles, in the order to append them.
        """
        known = {section.id for section in self.sections}
        text = self.text()
        newline = newline_of(text)
        for section_id, title in wanted:
            if section_id in known:
                continue
            known.add(section_id)
            if text.removeprefix("\ufeff"):
                text += "" if text.endswith(("\n", "\r")) else newline
                text += "" if text.endswith(newline * 2) else newline
            text += f"## {title or section_id.replace('-', ' ').capitalize()} {{#{section_id}}}{newline}"
        return Narrative.parse(text, self.titles)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should look at: repeated ids, a code block without end."""
        seen: set[str] = set()
        found: list[Finding] = []
        for section in self.sections:
            if section.id in seen and section.body:
                found.append(_repeated(section))
            seen.add(section.id)
        if mark := open_fence(self.text()):
            found.append(Finding("open-code-block", "warning", f"A code block ({mark}) is never closed.", Place(FILE)))
        return tuple(found)


def slug(title: str) -> str:
    """A title as an id: its words in lower case with dashes between them.

    >>> slug("What went well?")
    'what-went-well'
    """
    return "-".join(_WORD.findall(title.casefold()))


def _heading(lines: list[str], at: int) -> re.Match[str] | None:
    line = without_end(lines[at])
    return _HEADING.fullmatch(line) or _PLAIN_HEADING.fullmatch(line)


def _section(lines: list[str], start: int, end: int) -> Section:
    found = _heading(lines, start)
    parts = found.groupdict() if found else {"title": ""}
    title, content = parts["title"].strip(" \t"), "".join(lines[start + 1 : end])
    if "id" in parts:
        return Section(parts["id"], title, lines[start], content, start + 1)
    bare = title.rstrip("#")  # the closing sequence of a heading, where a blank sets it off
    title = bare.rstrip(" \t") if bare.endswith((" ", "\t")) else title
    return Section("", title, lines[start], content, start + 1, is_plain=True)


def _with_ids(sections: Sequence[Section], titles: Mapping[str, str]) -> Iterator[Section]:
    # An id in braces wins over a title, unless nothing is written under it yet.
    taken = {section.id for section in sections if not section.is_plain and section.body}
    empty: set[str] = set()
    for section in sections:
        if section.is_plain:
            bare = slug(section.title) or "section"
            name = wanted = titles.get(bare, bare)
            number = 1
            while name in taken | empty:
                number += 1
                name = f"{wanted}-{number}"
            taken.add(name)
            yield replace(section, id=name)
        else:
            empty.add(section.id)
            yield section


def _repeated(section: Section) -> Finding:
    return Finding(
        "repeated-section",
        "warning",
        "This section id occurs more than once; the first one is shown in the report, all are kept.",
        Place(FILE, section.line),
        seen=section.id,
        expected="each id once",
    )
