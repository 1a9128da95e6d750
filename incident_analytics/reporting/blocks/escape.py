"""Untrusted text made harmless: in HTML, and in Markdown on its way to any renderer."""

from __future__ import annotations

import html
import re

# Controls that HTML forbids, lone surrogates that UTF-8 cannot write, and the marks that turn
# the reading direction around, with which a log line could make a page say something else.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
INLINE_SYNTAX = re.compile(r"[\\`*\[\]|~]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
LINE_SYNTAX = re.compile(r"(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|>|\d+(?=[.)](?:\s|$)))")
ENTITY = re.compile(r"&(?=#?\w+;)")
CODE_OR_TAG = re.compile(
    r"(?P<fence>^(?P<ticks>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=ticks)[^\n]*$|\Z))"
    r"|(?P<span>(?P<run>`+)(?!`).+?(?<!`)(?P=run)(?!`))"
    r"|(?P<link><(?:https?://|mailto:)[^\s<>]*>)"
    r"|(?P<tag><(?=[A-Za-z/!?]))",
    re.DOTALL | re.MULTILINE,
)


def printable(text: str) -> str:
    r"""The text with every character that no page may carry replaced by a visible mark.

    >>> printable("a\x00b") == "a\ufffdb"
    True
    """
    return UNPRINTABLE.sub("\ufffd", text)


def html_text(text: str) -> str:
    """The text as HTML shows it, in an element or in a quoted attribute.

    >>> html_text('<script>"&')
    '&lt;script&gt;&quot;&amp;'
    """
    return html.escape(printable(text), quote=True)


def markdown_text(text: str) -> str:
    r"""The text on one line, shown by Markdown as it stands, in a paragraph or a table cell.

    >>> markdown_text("<script>|x|</script> time_to_resolution *")
    '&lt;script>\\|x\\|&lt;/script> time_to_resolution \\*'
    """
    line = " ".join(printable(text).split())
    line = ENTITY.sub("&amp;", line)
    line = INLINE_SYNTAX.sub(r"\\\g<0>", line).replace("<", "&lt;")
    found = LINE_SYNTAX.match(line)
    if found is None:
        return line
    start = found.group(1)
    return f"{start}\\{line[len(start) :]}" if start.isdigit() else f"\\{line}"


def markdown_code(text: str) -> str:
    """The text as a code span, whatever backticks it holds; a pipe stays in its table cell.

    >>> markdown_code("a`b")
    '`` a`b ``'
    """
    line = " ".join(printable(text).split()).replace("|", "\\|")
    if not line:
        return ""
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    ticks = "`" * (longest + 1)
    return f"{ticks} {line} {ticks}" if longest else f"`{line}`"


def markdown_without_tags(text: str) -> str:
    """A person's Markdown with its raw HTML shown as text; code and plain links stay as they are.

    >>> markdown_without_tags("<b>x</b> `<b>`")
    '&lt;b>x&lt;/b> `<b>`'
    """
    return CODE_OR_TAG.sub(lambda found: "&lt;" if found.group("tag") else found.group(0), printable(text))
