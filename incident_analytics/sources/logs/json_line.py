"""One JSON line as a log record: every flavour through one plan of which key goes to which column."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from incident_analytics.sources.logs import flavours
from incident_analytics.sources.logs.record import LogRecord, as_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.logs.flavours import Flavour
    from incident_analytics.sources.logs.times import TimeReader

DEEPEST: Final = 200  # far below the interpreter's recursion limit, whoever calls
MOST_PLANS: Final = 4_096
NAMELESS_LOGGERS: Final = frozenset({"__main__", "root"})

KeyPath: TypeAlias = tuple[str, ...]
Read = TypeVar("Read")

_DECODER: Final = json.JSONDecoder(parse_constant=str, strict=False)
# A string that never ends runs to the end of the line, so that no quote is tried twice.
_BRACKETS: Final = re.compile(r'"(?:[^"\\]|\\.)*+\\?(?:"|$)|([\[{])|([\]}])', re.DOTALL)


def decoded_object(line: str) -> dict[str, object] | None:
    """The object a line holds, or None where it is no JSON object or nests deeper than 200 levels.

    >>> decoded_object('{"a": NaN}'), decoded_object("[1]")
    ({'a': 'NaN'}, None)
    """
    # A line of twice the depth cannot nest deeper and close again.
    if line[:1] != "{" or (len(line) > 2 * DEEPEST and is_too_deep(line)):
        return None
    try:
        found, end = _DECODER.raw_decode(line)
    except ValueError:
        return None
    if end != len(line) and line[end:].strip() not in {"", ","}:  # a comma: an array printed one record a line
        return None
    return found if isinstance(found, dict) else None


def is_too_deep(line: str) -> bool:
    """Whether JSON nests deeper than 200 levels."""
    if line.count("[") + line.count("{") <= DEEPEST:
        return False
    depth = 0
    for bracket in _BRACKETS.finditer(line):
        if bracket[1]:
            depth += 1
            if depth > DEEPEST:
                return True
        elif bracket[2]:
            depth -= 1
    return False


@dataclass(frozen=True, slots=True)
class Where:
    """Where a column may stand in records of one set of keys: under a key, or deeper inside objects."""

    keys: tuple[str, ...]
    paths: tuple[KeyPath, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """For one set of keys: the flavour, and where each column may stand; None where it cannot."""

    flavour: Flavour
    time: Where | None
    level: Where | None
    message: Where | None
    service: Where | None
    logger: Where | None
    trace: Where | None
    span: Where | None
    user: Where | None


def _where(keys: frozenset[str], names: tuple[str, ...]) -> Where | None:
    paths = (tuple(name.split(".")) for name in names if "." in name)
    deeper = tuple(path for path in paths if path[0] in keys)
    direct = tuple(name for name in names if name in keys)
    return Where(direct, deeper) if direct or deeper else None


def plan_for(keys: frozenset[str], level: type) -> Plan:
    """The plan for records with these keys and this type of level."""
    flavour = flavours.flavour_of(keys, level)
    return Plan(
        flavour=flavour,
        time=_where(keys, flavour.time),
        level=_where(keys, flavour.level),
        message=_where(keys, flavour.message),
        service=_where(keys, flavour.service),
        logger=_where(keys, flavours.LOGGER_KEYS),
        trace=_where(keys, flavours.TRACE_KEYS),
        span=_where(keys, flavours.SPAN_KEYS),
        user=_where(keys, flavours.USER_KEYS),
    )


def _deeper(fields: dict[str, object], path: KeyPath) -> object:
    value: object = fields
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def _remove_deeper(fields: dict[str, object], path: KeyPath) -> None:
    """Removes a value, and the objects that are empty without it."""
    child = fields.get(path[0])
    if len(path) == 1:
        fields.pop(path[0], None)
    elif isinstance(child, dict):
        _remove_deeper(child, path[1:])
        if not child:
            del fields[path[0]]


def _take(fields: dict[str, object], where: Where | None, read: Callable[[object], Read | None]) -> Read | None:
    """The first value that can be read; it is taken out of the fields."""
    if where is None:
        return None
    for key in where.keys:
        value = read(fields.get(key))
        if value is not None:
            del fields[key]
            return value
    for path in where.paths:
        value = read(_deeper(fields, path))
        if value is not None:
            _remove_deeper(fields, path)
            return value
    return None


def _name(value: object) -> str | None:
    """A name or an id as text; None for what can be neither."""
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) or value is None else as_json(value)


def _level(value: object) -> str | float | None:
    """A level as written, numbers as numbers; an object cannot be one."""
    if isinstance(value, bool):
        return as_json(value)
    return value if isinstance(value, (str, int, float)) else None


def _logger(fields: dict[str, object], where: Where) -> str | None:
    values = [fields.get(key) for key in where.keys] + [_deeper(fields, path) for path in where.paths]
    names = (_name(value) for value in values)
    return next((name for name in names if name and name not in NAMELESS_LOGGERS), None)


class JsonReader:
    """Turns JSON objects into records; the plan for each set of keys is made once.

    Args:
        times: Reads the times.
    """

    def __init__(self, times: TimeReader) -> None:
        self.times = times
        self._plans: dict[tuple[tuple[str, ...], type], Plan] = {}

    def record(self, fields: dict[str, object]) -> LogRecord:
        """The record these fields tell; the fields are used up, what is left of them are the attributes."""
        plan = self._plan_of(fields)
        record = LogRecord(plan.flavour.name, attributes=fields)
        time = _take(fields, plan.time, self.times.read)
        if time is not None:
            record.timestamp, record.zone_assumed = time
        level = _take(fields, plan.level, _level)
        if isinstance(level, str):
            record.severity_text, record.severity_number = level, plan.flavour.severity_of_text(level)
        elif isinstance(level, (int, float)):
            record.severity_text = str(level)
            record.severity_number = plan.flavour.severity_of_number(level)
        record.message = _take(fields, plan.message, _text)
        record.service = _take(fields, plan.service, _name)
        record.trace_id = _take(fields, plan.trace, _name)
        record.span_id = _take(fields, plan.span, _name)
        record.user_id = _take(fields, plan.user, _name)
        if record.service is None and plan.logger is not None:
            # The logger names a service only where nothing better does, so it stays an attribute too.
            record.logger = _logger(fields, plan.logger)
        if plan.flavour.finish is not None:
            plan.flavour.finish(record)
        return record

    def _plan_of(self, fields: dict[str, object]) -> Plan:
        shape = (tuple(fields), type(fields.get("level")))
        plan = self._plans.get(shape)
        if plan is None:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            plan = self._plans[shape] = plan_for(frozenset(fields), shape[1])
        return plan
