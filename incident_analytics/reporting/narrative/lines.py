"""Lines of a Markdown text, with every byte kept, and which of them are code."""

from __future__ import annotations

import difflib
import re

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
_OTHER_END = re.compile(r"\r\n?")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLANK_START = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*")
_BLANK_END = re.compile(r"(?<![ \t\r\n])[ \t\r\n]*\Z")


def split_lines(text: str) -> list[str]:
    r"""The lines with their ends, CRLF, LF or CR; joined they are the text again.

    `str.splitlines` would also cut at form feeds and U+2028, which are text here.

    >>> split_lines("a\r\nb\x0cc")
    ['a\r\n', 'b\x0cc']
    """
    return _LINE.findall(text)


def without_end(line: str) -> str:
    """The line without its line end."""
    return line.rstrip("\r\n")


def newline_of(text: str) -> str:
    r"""The line end most lines have.

    >>> newline_of("a\r\nb\r\nc\n")
    '\r\n'
    """
    windows = text.count("\r\n")
    return "\r\n" if windows > text.count("\n") - windows else "\n"


def code_lines(lines: list[str]) -> list[bool]:
    """For each line, whether it belongs to a fenced code block that is closed again."""
    is_code = [False] * len(lines)
    never_closed: dict[str, int] = {}  # what closes a long mark closes a short one: look only once
    start = 0
    while start < len(lines):
        opening = _FENCE.match(without_end(lines[start]))
        mark = opening["mark"] if opening else ""
        if mark and len(mark) < never_closed.get(mark[0], len(mark) + 1):
            end = _closing(lines, start, mark)
            if end is None:
                never_closed[mark[0]] = len(mark)
            else:
                is_code[start : end + 1] = [True] * (end + 1 - start)
                start = end
        start += 1
    return is_code


def _closing(lines: list[str], start: int, mark: str) -> int | None:
    closing = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*")
    return next((at for at in range(start + 1, len(lines)) if closing.fullmatch(without_end(lines[at]))), None)


def open_fence(text: str) -> str:
    """The mark of a code block that the text opens and never closes; empty where there is none."""
    lines = split_lines(text)
    is_code = code_lines(lines)
    for line, inside in zip(lines, is_code, strict=True):
        opening = None if inside else _FENCE.match(without_end(line))
        if opening is not None:
            return opening["mark"]
    return ""


def with_closed_fence(text: str, newline: str = "") -> str:
    """The text, with its last code block closed, so that what follows it stays what it is."""
    mark = open_fence(text)
    if not mark:
        return text
    return text + ("" if text.endswith(("\n", "\r")) else newline or newline_of(text)) + mark


def margins(text: str) -> tuple[str, str, str]:
    r"""Blank lines, then the text proper, then blank space; joined they are the text again.

    >>> margins("\n\n  a\nb \n\n")
    ('\n\n', '  a\nb', ' \n\n')
    """
    if not text.strip(" \t\r\n"):
        return text, "", ""
    begins = _BLANK_START.match(text)
    start = begins.end() if begins else 0
    ends = _BLANK_END.search(text)
    end = ends.start() if ends else len(text)
    return text[:start], text[start:end], text[end:]


def cell_text(text: str) -> str:
    """The text as a notebook cell holds it: LF only, and no bytes that are not UTF-8.

    JupyterLab turns every line end into LF as soon as someone types, which is no edit.
    """
    return _SURROGATE.sub("\ufffd", _OTHER_END.sub("\n", text))


def restored(original: str, edited: str, newline: str) -> str:
    """An edit made in a cell, where lines that were not touched keep the bytes they had in the file.

    Args:
        original: The text in the file.
        edited: The text of the cell, made from `cell_text(original)` by a person.
        newline: The line end for lines that are new.
    """
    if cell_text(original) == original and newline == "\n":
        return edited
    old, new = split_lines(original), split_lines(edited)
    result = [without_end(line) + newline if line.endswith("\n") else line for line in new]
    keys = [without_end(cell_text(line)) for line in old]
    matcher = difflib.SequenceMatcher(None, keys, [without_end(line) for line in new], autojunk=False)
    for old_at, new_at, size in matcher.get_matching_blocks():
        for step in range(size):
            kept = old[old_at + step]
            bare = without_end(kept)
            end = (kept[len(bare) :] or newline) if new[new_at + step].endswith("\n") else ""
            result[new_at + step] = bare + end
    return "".join(result)
