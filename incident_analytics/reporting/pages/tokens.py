"""The colours of a page by name, read from its style sheet, where they are written once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TEMPLATE = Path(__file__).parent / "template"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DARK = "prefers-color-scheme: dark"
TOKEN = re.compile(r"--(?P<name>\w+):\s*(?P<colour>#[0-9A-Fa-f]{6})")


@cache
def style_sheet() -> str:
    """The style sheet of every page, without its comments and indents."""
    return without_comments((TEMPLATE / "report.css").read_text(encoding="utf-8"))


def without_comments(source: str) -> str:
    """A style sheet or script as the page carries it: no comments on lines of their own, no indents."""
    lines = (line.strip() for line in COMMENT.sub("", source).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def tokens() -> dict[str, dict[str, str]]:
    """The colours of the two schemes, ``light`` and ``dark``, each by name as ``#RRGGBB``."""
    light, dark = style_sheet().split(DARK, 1)
    return {scheme: _colours(text) for scheme, text in (("light", light), ("dark", dark))}


def _colours(text: str) -> dict[str, str]:
    return {found["name"]: found["colour"].upper() for found in TOKEN.finditer(text)}
