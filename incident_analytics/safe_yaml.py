"""Text to guarded values with line numbers: a YAML reader that never guesses a type.

Every scalar stays the string that was written, so ``14:15`` is not 855 (YAML 1.1 reads
base 60), ``no`` is not False and ``012`` is not 10; only an empty plain scalar, ``~`` and
``null`` are None. Whoever knows a field's meaning gives it its type.

The text is refused, with its line, when it is over 1 MiB, nests deeper than 64, uses an
alias (a record never needs one, and ten levels of them make a billion), repeats a key or
carries a tag that would construct something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import yaml

from incident_analytics.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Pointer: TypeAlias = tuple[str | int, ...]

LARGEST_BYTES = 1024 * 1024
DEEPEST_NESTING = 64
# libyaml keeps its own stack; a text this deep is refused before it sees it.
DEEPEST_BRACKETS = 1000

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_PLAIN_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "!")
_BRACKETS = re.compile(r"[\[{\]}]")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its value, and the line of each of its parts.

    Args:
        value: Strings, None, lists and dicts of them.
        lines: For each pointer, such as ``("impact", "revenue_lost")``, its line counted from 1.
    """

    value: Value
    lines: dict[Pointer, int] = field(default_factory=dict)

    def line(self, pointer: Pointer) -> int | None:
        """The line of the pointed part, or of the nearest part around it that has one."""
        while pointer and pointer not in self.lines:
            pointer = pointer[:-1]
        return self.lines.get(pointer)


def decoded(data: bytes, *, where: str, largest: int = LARGEST_BYTES) -> str:
    """The bytes as text: UTF-8 with or without a mark, or UTF-16 with one.

    Args:
        data: The bytes.
        where: The file's name, for messages.
        largest: How many bytes are still a record.

    Raises:
        RecordError: The bytes are too many, or are not text.
    """
    if len(data) > largest:
        raise RecordError(
            "the file is too large for a record",
            where=where,
            expected=f"at most {largest // LARGEST_BYTES} MiB",
            nearest="logs and metrics belong under evidence/",
        )
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RecordError(
            "this is not text",
            where=f"{where}:{line}",
            expected="UTF-8",
            found=repr(data[error.start : error.end])[2:-1],
        ) from None
    unreadable = _UNREADABLE.search(text)
    if unreadable:
        line = text.count("\n", 0, unreadable.start()) + 1
        check_printable(unreadable[0], where=f"{where}:{line}")
    return text


def check_printable(text: str, *, where: str) -> None:
    """Refuses a text with control characters or half a character, which an escape in YAML or JSON can spell.

    Raises:
        RecordError: It has one.
    """
    unreadable = _UNREADABLE.search(text)
    if unreadable:
        raise RecordError(
            "this is not text", where=where, expected="printable characters", found=ascii(unreadable[0])[1:-1]
        )


def bracket_depth(text: str) -> int:
    """How deep the square and curly brackets of a text nest, quoted ones counted too.

    >>> bracket_depth("[[1], {a: [2]}]")
    3
    """
    depth = deepest = 0
    for match in _BRACKETS.finditer(text):
        depth += 1 if match[0] in "[{" else -1 if depth else 0
        deepest = max(deepest, depth)
    return deepest


def load_documents(text: str, *, where: str) -> list[Document]:
    """Every YAML document of a text, empty ones left out.

    Args:
        text: The text, already decoded.
        where: The file's name, for messages.

    Raises:
        RecordError: The text is not YAML, or one of the guards refuses it.
    """
    if len(text) > LARGEST_BYTES:
        raise RecordError("the text is too large for a record", where=where, expected="at most 1 MiB")
    if bracket_depth(text) > DEEPEST_BRACKETS:
        raise RecordError("the text nests too deep", where=where, expected=f"at most {DEEPEST_NESTING} levels")
    try:
        return [document for document in _documents(text, where) if document.value is not None]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise RecordError(f"this is not YAML ({error.problem})", where=f"{where}{line}") from None
    except yaml.reader.ReaderError as error:
        line = f":{text.count(chr(10), 0, error.position) + 1}"
        raise RecordError(f"this is not YAML ({error.reason})", where=f"{where}{line}") from None
    except yaml.YAMLError as error:
        raise RecordError(f"this is not YAML ({error})", where=where) from None


def _documents(text: str, where: str) -> Iterator[Document]:
    builder = _Builder(where)
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.DocumentStartEvent):
            builder = _Builder(where)
        elif isinstance(event, yaml.DocumentEndEvent):
            yield Document(builder.root, builder.lines)
        elif isinstance(event, (yaml.NodeEvent, yaml.CollectionEndEvent)):
            builder.take(event)


class _Builder:
    """Builds one document from libyaml's events without recursion."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.root: Value = None
        self.lines: dict[Pointer, int] = {}
        self._stack: list[tuple[list[Value] | dict[str, Value], Pointer]] = []
        self._keys: list[str | None] = []

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()
            self._keys.pop()
            return
        self._guard(event)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        else:
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], event)

    def _guard(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(event, "anchors and aliases are not read; write the value out where it is meant")
        tag = getattr(event, "tag", None)
        if tag and tag not in _PLAIN_TAGS:
            self._refuse(event, f"the tag {tag} is not read; write a plain value")
        if len(self._stack) >= DEEPEST_NESTING:
            self._refuse(event, f"the text nests deeper than {DEEPEST_NESTING} levels")

    def _refuse(self, event: yaml.Event, message: str) -> None:
        raise RecordError(message, where=f"{self.where}:{_line_of(event)}")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._stack and isinstance(self._stack[-1][0], dict) and self._keys[-1] is None:
            self._key(event)
            return
        self._check(event)
        is_plain = event.style in {None, ""}
        self._put(None if is_plain and event.value in _NULLS else event.value, event)

    def _check(self, event: yaml.ScalarEvent) -> None:
        if event.style == '"':  # only a quoted text has escapes
            check_printable(event.value, where=f"{self.where}:{_line_of(event)}")

    def _key(self, event: yaml.ScalarEvent) -> None:
        self._check(event)
        container, pointer = self._stack[-1]
        if isinstance(container, dict) and event.value in container:
            first = self.lines.get((*pointer, event.value))
            self._refuse(event, f"the key '{event.value}' stands twice, first on line {first}")
        self._keys[-1] = event.value
        self.lines[(*pointer, event.value)] = _line_of(event)

    def _open(self, container: list[Value] | dict[str, Value], event: yaml.Event) -> None:
        pointer = self._put(container, event)
        self._stack.append((container, pointer))
        self._keys.append(None)

    def _put(self, value: Value, event: yaml.Event) -> Pointer:
        line = _line_of(event)
        if not self._stack:
            self.root = value
            self.lines[()] = line
            return ()
        container, pointer = self._stack[-1]
        if isinstance(container, list):
            here: Pointer = (*pointer, len(container))
            container.append(value)
            self.lines[here] = line
            return here
        key = self._keys[-1]
        if key is None:
            self._refuse(event, "a key must be a plain word")
            return pointer
        container[key] = value
        self._keys[-1] = None
        return (*pointer, key)


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
