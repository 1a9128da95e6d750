"""Gives a record's fields their types, one at a time, and remembers what could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from incident_analytics.errors import RecordError
from incident_analytics.model.measurement import Finding, Level, Place
from incident_analytics.model.money import Money, read_money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.model.money import CurrencyRules
    from incident_analytics.sources.records.files import RawRecord

# 15.000 is fifteen to some and fifteen thousand to others, so a fraction has one digit, two or none.
_COUNT = re.compile(r"(\d{1,3}(?:[, ]\d{3})+|\d{1,15}(?:_\d{3})*)(?:\.(\d{1,2}))?\s?([kKmM]?)", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?", re.ASCII)
_MULTIPLES = {"": 1, "k": 1_000, "m": 1_000_000}
_LARGEST_COUNT = 10**15
_UNKNOWN = frozenset({"unknown", "not known", "tbd", "to be determined", "n/a", "na", "?", "none yet", "not yet known"})
_ESTIMATE = re.compile(r"(?:[~≈]|about |approx\.? |ca\.? )\s*(.+)", re.IGNORECASE)
_STRETCH = re.compile(r"(.*\d.*?)\s*(?:-|–|—|\.\.|\bto\b)\s*(.*\d.*)")
_DIVIDERS = re.compile(r"[, _]")

Pointer = tuple[str | int, ...]


@dataclass
class FieldReader:
    """Reads the fields of one record.

    A method returns None for a field that is missing or null. For one that is written but means
    nothing it keeps a problem and also returns None; `problems` are raised together at the end.
    """

    raw: RawRecord
    problems: list[RecordError] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)

    def place(self, pointer: Pointer) -> Place:
        """The file and line of a field."""
        return Place(self.raw.file, self.raw.line(pointer))

    def problem(self, pointer: Pointer, expected: str, found: object, nearest: str = "") -> None:
        """Keeps that a field cannot be read, once."""
        name = ".".join(str(part) for part in pointer) or "the record"
        error = RecordError(
            name, where=str(self.place(pointer)), expected=expected, found=_shown(found), nearest=nearest
        )
        if str(error) not in self._told:
            self._told.add(str(error))
            self.problems.append(error)

    def part(self, value: object, pointer: Pointer) -> RecordPart:
        """The keys of a mapping, to be taken one by one; a missing one is empty."""
        if value is not None and not isinstance(value, dict):
            self.problem(pointer, "keys and values", value)
        return RecordPart(value if isinstance(value, dict) else {}, pointer)

    def doubt(self, rule: str, message: str, pointer: Pointer, *, level: Level = "warning", seen: str = "") -> None:
        """Keeps that a field was read, but is doubtful."""
        self.findings.append(Finding(rule, level, message, self.place(pointer), seen))

    def text(self, value: object, pointer: Pointer) -> str | None:
        """A text on one or more lines; numbers are taken as they are written."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, (dict, list)):
            self.problem(pointer, "a text", value)
            return None
        return str(value).strip()

    def texts(self, value: object, pointer: Pointer) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        items = value if isinstance(value, list) else [value]
        read = [self.text(item, (*pointer, index)) for index, item in enumerate(items)]
        return tuple(text for text in read if text)

    def count(self, value: object, pointer: Pointer) -> int | None:
        """A whole number such as 15000, 15,000 or 15k; a word for not knowing it is None, and told."""
        if value is None or self._is_unknown(value, pointer):
            return None
        match = _COUNT.fullmatch(_plain(value)) if isinstance(value, (str, int, float)) else None
        whole = _DIVIDERS.sub("", match[1]) if match else ""
        count = Decimal(f"{whole}.{match[2] or 0}") * _MULTIPLES[match[3].lower()] if match else None
        if isinstance(value, bool) or count is None or count != int(count) or count > _LARGEST_COUNT:
            self.problem(pointer, "a whole number such as 15000", value, _plain_amount(value))
            return None
        return int(count)

    def number(self, value: object, pointer: Pointer, *, expected: str) -> float | None:
        """A plain number."""
        if value is None or self._is_unknown(value, pointer):
            return None
        text = _plain(value).removesuffix("%").strip() if isinstance(value, (str, int, float)) else ""
        if isinstance(value, bool) or not _NUMBER.fullmatch(text):
            self.problem(pointer, expected, value, _plain_amount(value))
            return None
        return float(text)

    def _is_unknown(self, value: object, pointer: Pointer) -> bool:
        """Whether a word says that nobody knows the number yet."""
        is_unknown = isinstance(value, str) and _plain(value).lower() in _UNKNOWN
        if is_unknown:
            message = f"'{value}' stands for a number that nobody knows yet; it counts as not recorded"
            self.doubt("value-unknown", message, pointer, level="info", seen=str(value))
        return is_unknown

    def day(self, value: object, pointer: Pointer) -> date | None:
        """A calendar day; anything else is doubtful, not an error, as people write 'next sprint'."""
        text = self.text(value, pointer)
        if text is None:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            self.doubt("date-unreadable", f"'{text}' is not a date such as 2024-02-01", pointer, seen=text)
            return None

    def money(self, value: object, pointer: Pointer, rules: CurrencyRules) -> Money | None:
        """An amount with its currency; one without a currency is doubtful."""
        if value is None or self._is_unknown(value, pointer):
            return None
        if isinstance(value, dict):
            value = f"{value.get('currency') or ''} {_written(value.get('amount'))}".strip() or _shown(value)
        elif isinstance(value, (list, bool)):
            value = _shown(value)
        try:
            money = read_money(value, rules)
        except ValueError as error:
            self.problem(pointer, str(error), value, _plain_amount(value))
            return None
        if not money.currency:
            self.doubt("currency-unknown", f"'{value}' names no currency", pointer, seen=str(value))
        elif money.currency_assumed:
            self.doubt("currency-assumed", f"'{value}' was taken as {money.currency}", pointer, seen=str(value))
        return money

    def choice(self, value: object, pointer: Pointer, known: Iterable[str]) -> str | None:
        """One of the known words."""
        text = self.text(value, pointer)
        if text is None:
            return None
        words = list(known)
        word = text.lower().replace("-", "_").replace(" ", "_")
        if word in words:
            return word
        close = get_close_matches(word, words, n=1)
        self.problem(pointer, " or ".join(words), text, f"did you mean '{close[0]}'?" if close else "")
        return None

    def items(self, value: object, pointer: Pointer) -> list[tuple[Pointer, Any]]:
        """The items of a list with the pointer of each; a missing list is empty."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.problem(pointer, "a list", value)
            return []
        return [((*pointer, index), item) for index, item in enumerate(value)]


@dataclass
class RecordPart:
    """One mapping of a record, which knows what nobody has asked it for.

    Args:
        fields: Its keys and values, as written.
        pointer: Where it stands in the record.
        taken: The keys that were asked for.
    """

    fields: dict[str, Any]
    pointer: Pointer
    taken: set[str] = field(default_factory=set)

    def take(self, *names: str) -> tuple[Any, Pointer]:
        """The value of the first of these keys that has one, and its pointer."""
        written = [name for name in names if self.fields.get(name) is not None]
        name = written[0] if written else names[0]
        self.taken |= {name} | {other for other in names if other not in written}
        return self.fields.get(name), (*self.pointer, name)

    @property
    def unknown(self) -> dict[str, Any]:
        """The keys that nobody asked for, as written."""
        return {key: value for key, value in self.fields.items() if key not in self.taken}


def _plain_amount(value: object) -> str:
    """How to write an estimate or a range as the one number that a field holds; empty for anything else."""
    text = _plain(value) if isinstance(value, str) else ""
    estimate, stretch = _ESTIMATE.fullmatch(text), _STRETCH.fullmatch(text)
    if stretch:
        ends = [each.lstrip("~≈ ") for each in stretch.groups()]
        return f"write one of its ends, {ends[0]} or {ends[1]}"
    return f"write {estimate[1]}" if estimate and any(sign.isdigit() for sign in text) else ""


def _written(value: object) -> str:
    return "" if value is None else str(value)


def _plain(value: object) -> str:
    return " ".join(str(value).split())


def _shown(found: object) -> str:
    if isinstance(found, dict):
        return f"a mapping of {', '.join(str(key) for key in found) or 'nothing'}"
    return f"a list of {len(found)}" if isinstance(found, list) else str(found)
