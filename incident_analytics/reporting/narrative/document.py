"""`postmortem.md`: sections keyed by stable ids, printed back byte for byte."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
    from collections.abc import Iterable

FILE = "postmortem.md"
_HEADING = re.compile(r" {0,3}##[ \t]++(?P<title>.*)\{#(?P<id>[^\s{}]+)[^{}]*\}[ \t]*")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document that begins with ``## Title {#id}``.

    Args:
        id: The stable id.
        title: The title as written.
        heading: The heading line with its line end.
        content: Everything up to the next such heading.
        line: The line of the heading, counted from 1.
    """

    id: str
    title: str
    heading: str
    content: str
    line: int

    @property
    def body(self) -> str:
        """What a person wrote, without the blank lines around it."""
        return margins(self.content)[1]


@dataclass(frozen=True, slots=True)
class Narrative:
    """The whole document.

    A heading begins a section only with an id in braces, at level two and outside closed code blocks;
    any other heading is text of the section it stands in.

    Args:
        preface: What stands before the first section.
        sections: The sections in order, unknown and repeated ones included.
    """

    preface: str
    sections: tuple[Section, ...]

    @classmethod
    def parse(cls, text: str) -> Narrative:
        """The document; `text` gives back the same characters.

        Args:
            text: Read it as UTF-8 with ``errors="surrogateescape"`` and without newline translation,
                and store `encoded`, so that also bytes that are not UTF-8 survive.
        """
        # A byte order mark belongs to the file, not to its first heading.
        mark = text[:1] if text.startswith("\ufeff") else ""
        lines = split_lines(text[len(mark) :])
        starts = [at for at, is_code in enumerate(code_lines(lines)) if not is_code and _heading(lines, at)]
        preface = mark + "".join(lines[: starts[0]] if starts else lines)
        return cls(preface, tuple(_section(lines, *span) for span in pairwise([*starts, len(lines)])))

    @classmethod
    def decode(cls, data: bytes) -> Narrative:
        """The document from a file's bytes."""
        return cls.parse(data.decode("utf-8", "surrogateescape"))

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
        """The text of a section; empty where it is missing or has none."""
        found = self.find(section_id)
        return found.body if found else ""

    def with_section(self, section_id: str, body: str, *, title: str = "") -> Narrative:
        """The document with another text in one section; a missing section is appended.

        A code block the text leaves open is closed behind it, or the following sections would become code.

        Args:
            section_id: The section's id.
            body: Its new text.
            title: The title where the section is new; made from the id without one.
        """
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
            content=before + with_closed_fence(body) + after,
        )
        sections = (*whole.sections[:at], changed, *whole.sections[at + 1 :])
        return Narrative.parse(Narrative(whole.preface, sections).text())

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
        return Narrative.parse(text)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should look at: repeated ids, a code block without end."""
        seen: set[str] = set()
        found: list[Finding] = []
        for section in self.sections:
            if section.id in seen:
                found.append(_repeated(section))
            seen.add(section.id)
        if mark := open_fence(self.text()):
            found.append(Finding("open-code-block", "warning", f"A code block ({mark}) is never closed.", Place(FILE)))
        return tuple(found)


def _heading(lines: list[str], at: int) -> re.Match[str] | None:
    return _HEADING.fullmatch(without_end(lines[at]))


def _section(lines: list[str], start: int, end: int) -> Section:
    heading = _HEADING.fullmatch(without_end(lines[start]))
    title, section_id = (heading["title"].strip(" \t"), heading["id"]) if heading else ("", "")
    return Section(section_id, title, lines[start], "".join(lines[start + 1 : end]), start + 1)


def _repeated(section: Section) -> Finding:
    return Finding(
        "repeated-section",
        "warning",
        "This section id occurs more than once; the first one is shown in the report, all are kept.",
        Place(FILE, section.line),
        seen=section.id,
        expected="each id once",
    )
