"""JSON log lines by who writes them: which keys tell the flavour, and which key holds what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs import special_json as special
from incident_analytics.sources.logs.severity import severity_of_pino, severity_of_postgres, severity_of_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.logs.record import LogRecord

# Names are tried in this order; the first that holds a usable value wins. A name with dots is looked up as
# one dotted key and as a path through nested objects, as ECS writes both, at times in one record.
TIME_KEYS: Final = ("@timestamp", "timestamp", "time", "ts", "asctime", "datetime", "date", "eventTime")
LEVEL_KEYS: Final = ("level", "severity", "levelname", "log.level", "loglevel", "logLevel", "lvl", "severityText")
MESSAGE_KEYS: Final = ("msg", "message", "event", "text", "body")
SERVICE_KEYS: Final = ("service.name", "service", "serviceName", "service_name", "application", "app")
LOGGER_KEYS: Final = ("logger", "log.logger", "logger_name", "loggerName", "name", "record.name")
TRACE_KEYS: Final = ("trace_id", "traceId", "trace.id", "traceID", "TraceID", "traceid", "dd.trace_id")
SPAN_KEYS: Final = ("span_id", "spanId", "span.id", "spanID", "SpanID", "spanid", "dd.span_id")
USER_KEYS: Final = (
    "userId", "user_id", "user.id", "userID", "userid", "uid", "usr.id", "enduser.id",
    "customerId", "customer_id", "customer.id", "customerID", "user.userId", "user.user_id",
    "context.userId", "context.user_id", "extra.user_id", "record.extra.user_id", "record.extra.userId",
)  # fmt: skip


def _no_severity(_level: float) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Flavour:
    """A family of JSON log lines.

    Args:
        name: What the column ``format`` says.
        fits: Whether keys and the type of the level are this flavour's.
        time: Keys of the time.
        level: Keys of the level.
        message: Keys of the message.
        service: Keys of the service.
        severity_of_number: The severity of a numeric level; without it a number tells none.
        severity_of_text: The severity of a level written as text.
        finish: Reads what keys alone cannot tell; such lines are read one by one.
    """

    name: str
    fits: Callable[[frozenset[str], type], bool]
    time: tuple[str, ...] = TIME_KEYS
    level: tuple[str, ...] = LEVEL_KEYS
    message: tuple[str, ...] = MESSAGE_KEYS
    service: tuple[str, ...] = SERVICE_KEYS
    severity_of_number: Callable[[float], int | None] = _no_severity
    severity_of_text: Callable[[str], int | None] = severity_of_word
    finish: Callable[[LogRecord], None] | None = None

    def severity(self, level: str | float) -> int | None:
        """The severity number of a level."""
        return self.severity_of_text(level) if isinstance(level, str) else self.severity_of_number(level)


REQUEST_KEYS: Final = ("request", "req", "request_uri", "uri", "url", "path", "request_path")
DOCKER: Final = "docker"  # a wrapper: the line inside is detected again
NODE_PROCESS: Final = frozenset({"pid", "hostname"})
NOT_WINSTON: Final = frozenset({"@timestamp", "time", "ts", "logger", "logger_name", "caller", "asctime"})


def _is_number(level: type) -> bool:
    return level in (int, float)


def _fits_ecs(keys: frozenset[str], _level: type) -> bool:
    return "@timestamp" in keys and not keys.isdisjoint({"log.level", "ecs.version", "ecs", "log"})


def _fits_bunyan(keys: frozenset[str], level: type) -> bool:
    return _is_number(level) and keys >= {"name", "hostname", "pid", "v", "time"}


def _fits_pino(keys: frozenset[str], level: type) -> bool:
    if _is_number(level):
        return keys.isdisjoint({"levelname", "levelno", "short_message"})
    return keys >= NODE_PROCESS and not keys.isdisjoint({"level", "severity"})


def _fits_structlog(keys: frozenset[str], _level: type) -> bool:
    return "event" in keys and keys.isdisjoint({"msg", "message"}) and not keys.isdisjoint({"level", "timestamp"})


def _fits_python_json_logger(keys: frozenset[str], _level: type) -> bool:
    return "message" in keys and not keys.isdisjoint({"levelname", "asctime", "exc_info", "taskName"})


def _fits_winston(keys: frozenset[str], level: type) -> bool:
    return level is str and "message" in keys and keys.isdisjoint(NOT_WINSTON)


def _fits_docker(keys: frozenset[str], _level: type) -> bool:
    return keys >= {"log", "stream"} and keys <= {"log", "stream", "time", "attrs"}


def _fits_access(keys: frozenset[str], _level: type) -> bool:
    has_no_level = keys.isdisjoint({*LEVEL_KEYS, "log"}) and keys.isdisjoint({"msg", "message", "event", "body"})
    return has_no_level and "status" in keys and not keys.isdisjoint(REQUEST_KEYS)


def _fits_zap(keys: frozenset[str], level: type) -> bool:
    return level is str and keys >= {"level", "ts", "msg"}


_OF_PROCESS: Final = (*SERVICE_KEYS, "name")

# The first that fits is taken; the last one always does.
FLAVOURS: Final = (
    Flavour(DOCKER, _fits_docker, time=("time",), level=(), message=("log",), service=()),
    Flavour(
        "loguru", lambda keys, _level: keys == {"text", "record"},
        time=("record.time.timestamp", "record.time.repr"),
        level=("record.level.name",), message=("record.message",), service=("record.extra.service",),
    ),
    Flavour(
        "journald", lambda keys, _level: "MESSAGE" in keys and "__REALTIME_TIMESTAMP" in keys,
        time=("__REALTIME_TIMESTAMP",), level=("PRIORITY",), message=("MESSAGE",),
        service=("SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "_COMM"), severity_of_number=special.priority,
        severity_of_text=special.priority, finish=special.finish_journald,
    ),
    Flavour(
        "postgresql", lambda keys, _level: "error_severity" in keys, time=("timestamp",), level=("error_severity",),
        message=("message",), service=(), severity_of_text=severity_of_postgres,
    ),
    Flavour(
        "gelf", lambda keys, _level: keys >= {"version", "host", "short_message"}, time=("timestamp",),
        level=("level",), message=("short_message",), service=("_service", "_application", "host"),
        severity_of_number=special.priority, severity_of_text=special.priority,
    ),
    Flavour(
        "mongodb", lambda keys, _level: keys >= {"t", "s", "c", "msg"}, time=("t.$date",), level=("s",),
        message=("msg",), severity_of_text=special.letter,
    ),
    Flavour(
        "access-json", _fits_access, time=("msec", *TIME_KEYS, "time_iso8601", "time_local"), level=(),
        message=REQUEST_KEYS, finish=special.finish_access,
    ),
    Flavour("ecs", _fits_ecs, time=("@timestamp",), level=("log.level",), message=("message",)),
    Flavour(
        "bunyan", _fits_bunyan, time=("time",), message=("msg",), service=_OF_PROCESS,
        severity_of_number=severity_of_pino,
    ),
    Flavour("pino", _fits_pino, service=_OF_PROCESS, severity_of_number=severity_of_pino),
    Flavour("zap", _fits_zap, time=("ts",), message=("msg",)),
    Flavour(
        "logback", lambda keys, _level: keys >= {"@timestamp", "level", "logger_name", "thread_name", "message"},
        time=("@timestamp",), message=("message",),
    ),
    Flavour("structlog", _fits_structlog, message=("event",)),
    Flavour("python-json-logger", _fits_python_json_logger, time=("asctime", "timestamp"), message=("message",)),
    Flavour("winston", _fits_winston, time=("timestamp",), level=("level",), message=("message",)),
    Flavour("json", lambda _keys, _level: True),
)  # fmt: skip


def flavour_of(keys: frozenset[str], level: type) -> Flavour:
    """The first flavour whose keys these are.

    Args:
        keys: The keys of the record.
        level: The type of what stands under ``level``.

    >>> flavour_of(frozenset({"level", "time", "pid", "hostname", "msg"}), int).name
    'pino'
    """
    return next(flavour for flavour in FLAVOURS if flavour.fits(keys, level))
