"""Text that applications write: Log4j and Logback layouts, loguru, OpenStack's oslo, zap's console, klog."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.formats.text_format import DIGITS, TextFormat, pattern
from incident_analytics.sources.logs.severity import severity_of_word

if TYPE_CHECKING:
    from incident_analytics.sources.logs.record import LogRecord

_ISO: Final = r"\d\d\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?"
_LEVELS: Final = "TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE|CRITICAL"

# [time] LEVEL message (logger): Log4j's layout of Kafka.
KAFKA: Final = TextFormat(
    "log4j",
    frozenset("["),
    pattern(rf"\[(?P<time>{_ISO})\] (?P<level>{_LEVELS}) +(?P<message>.*?)(?: \((?P<logger>[\w.$-]+)\))?"),
)

# time - LEVEL  [thread:class@line] - message: Log4j's layout of Zookeeper.
ZOOKEEPER: Final = TextFormat(
    "log4j",
    DIGITS,
    pattern(
        rf"(?P<time>{_ISO}) (?:\[myid:\d*\] )?- (?P<level>{_LEVELS}) +\[(?P<thread>[^\n]*):"
        r"(?P<class>[\w.$]+)@(?P<source_line>\d+)\] - (?P<message>.*)"
    ),
    numbers=frozenset({"source_line"}),
)

# yyMMdd HHmmss thread LEVEL class: message: Hadoop's oldest layout.
HADOOP: Final = TextFormat(
    "log4j",
    DIGITS,
    pattern(rf"(?P<time>\d{{6}} \d{{6}}) (?P<thread>\d+) (?P<level>{_LEVELS}) (?P<logger>[\w.$]+): (?P<message>.*)"),
)

SPRING_BOOT: Final = TextFormat(
    "logback",
    DIGITS,
    pattern(
        rf"(?P<time>{_ISO}) +(?P<level>{_LEVELS}) (?P<pid>\d+) --- (?:\[(?P<application>[^\]]*)\] )??"
        r"\[(?P<thread>[^\]]*)\] (?P<logger>[\w.$\[\]/-]+) *: (?P<message>.*)"
    ),
    numbers=frozenset({"pid"}),
)

# time [thread] LEVEL logger - message: Logback's default, and time LEVEL [thread] logger - message.
LOGBACK: Final = TextFormat(
    "logback",
    DIGITS,
    pattern(
        rf"(?P<time>{_ISO}) \[(?P<thread>[^\]]+)\] (?P<level>{_LEVELS}) +(?P<logger>[\w.$/\[\]-]+) - (?P<message>.*)"
    ),
)
LOGBACK_LEVEL_FIRST: Final = TextFormat(
    "logback",
    DIGITS,
    pattern(rf"(?P<time>{_ISO}) (?P<level>{_LEVELS}) +\[(?P<thread>[^\]]+)\] (?P<logger>[\w.$/-]+) - (?P<message>.*)"),
)

LOGURU: Final = TextFormat(
    "loguru",
    DIGITS,
    pattern(
        rf"(?P<time>{_ISO}) \| (?P<level>[A-Z]+) *\| (?P<logger>[\w.<>]+):(?P<function>[\w<>]+):"
        r"(?P<source_line>\d+) - (?P<message>.*)"
    ),
    numbers=frozenset({"source_line"}),
)

# Python's logging: time,ms LEVEL logger message; a bracket behind the level is another layout's.
STDLIB: Final = TextFormat(
    "stdlib",
    DIGITS,
    pattern(
        r"(?P<time>\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\d,\d\d\d) (?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL)[ ]+"
        r"(?:(?P<logger>(?:\w+\.)+\w+|root|__main__) )?(?P<message>(?:[\w\"'(</*+#].*)?)"
    ),
)

# OpenStack writes a file's name in front where several files were put into one.
OSLO: Final = TextFormat(
    "oslo",
    frozenset("abcdefghijklmnopqrstuvwxyz0123456789"),
    pattern(
        r"(?:(?P<log_file>[\w.-]{1,80}[.]log[\w.:-]{0,80}) )?(?P<time>\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) "
        rf"(?P<pid>\d+) (?P<level>{_LEVELS}|AUDIT) (?P<logger>[\w.]+) "
        r"(?:\[(?P<request>-|req-[^\]]*)\] )?(?P<message>.*)"
    ),
    numbers=frozenset({"pid"}),
)


def _zap_fields(record: LogRecord) -> None:
    """Zap's console puts the fields behind the message as JSON."""
    message, tab, tail = (record.message or "").rpartition("\t")
    if not tab or not tail.startswith("{"):
        return
    try:
        fields = json.loads(tail)
    except ValueError:
        return
    if isinstance(fields, dict):
        record.message = message
        record.attributes.update(fields)


ZAP_CONSOLE: Final = TextFormat(
    "zap",
    DIGITS,
    pattern(
        rf"(?P<time>{_ISO}|\d{{10}}\.\d+)\t(?P<level>(?i:debug|info|warn|error|dpanic|panic|fatal))"
        r"\t(?:(?P<logger>[\w.-]+)\t)?(?:(?P<caller>[\w./@-]+:\d+)\t)?(?P<message>.*)"
    ),
    finish=_zap_fields,
)

_KLOG_LEVELS: Final = {"I": 9, "W": 13, "E": 17, "F": 21}


def _klog_level(letter: str) -> int | None:
    return _KLOG_LEVELS.get(letter) or severity_of_word(letter)


KLOG: Final = TextFormat(
    "klog",
    frozenset("IWEF"),
    pattern(
        r"(?P<level>[IWEF])(?P<time>\d{4} \d\d:\d\d:\d\d\.\d+) +(?P<thread>\d+) "
        r"(?P<caller>[\w.-]+:\d+)\] (?P<message>.*)"
    ),
    severity=_klog_level,
    numbers=frozenset({"thread"}),
)

FORMATS: Final = (
    KAFKA, ZOOKEEPER, HADOOP, SPRING_BOOT, LOGBACK, LOGBACK_LEVEL_FIRST, LOGURU, STDLIB, OSLO, ZAP_CONSOLE, KLOG,
)  # fmt: skip
