"""One line of text as the start of a log record: a leading time, a level, a logger and a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.json_line import NAMELESS_LOGGERS, JsonReader, decoded_object
from incident_analytics.sources.logs.record import PLAIN, LogRecord
from incident_analytics.sources.logs.severity import ANSI_COLOUR, severity_of_word
from incident_analytics.sources.logs.times import ABBREVIATIONS

if TYPE_CHECKING:
    from incident_analytics.sources.logs.times import TimeReader

_WORDS: Final = (
    r"TRACE|DEBUG|VERBOSE|INFO|NOTICE|SUCCESS|WARN(?:ING)?|ERR(?:OR)?|SEVERE|CRIT(?:ICAL)?|ALERT|FATAL|PANIC|EMERG"
)
_TIME: Final = (
    r"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9}|,\d{3,9})?)?"
    rf"(?:(?:[+-]\d\d|\s?(?:Z|[+-]\d\d:?\d\d|{ABBREVIATIONS}))(?![\w:]))?"
)
_LEADING_TIME: Final = re.compile(rf"\[?({_TIME})\]?(?=\W|$)(.*)", re.DOTALL)
_CLOCK_AND_LEVEL: Final = re.compile(rf"(\d\d:\d\d:\d\d(?:[.,]\d+)?)\s+({_WORDS})\b(.*)", re.DOTALL)
_LOG4JS: Final = re.compile(rf"\[({_TIME})\] \[(\w+)\] (\S+) - (.*)", re.DOTALL)
_LEVEL: Final = re.compile(
    # Lower case counts only where its place shows that it is the level: in brackets, or before : | or a tab.
    rf"\s*[-:|]?\s*(?:\[[^\]]{{1,80}}\]\s*)?(?:(?:[\[(<]\s*((?i:{_WORDS}))\s*[\])>])|({_WORDS})(?!\w)"
    rf"|((?i:{_WORDS}))(?=[:|\t]))\s*(?:[|:]|-(?=\s))?(.*)",
    re.DOTALL,
)
_LOGGER_LEVEL: Final = re.compile(rf"\s*[-|]?\s*([\w.$/-]{{1,120}})\s+[-|]\s+({_WORDS})\s+[-|]\s+(.*)", re.DOTALL)
_PYTHON_LOGGER: Final = re.compile(r"\s*((?:\w+\.)+\w+|root|__main__) (.*)", re.DOTALL)
_PYTHON_BASIC: Final = re.compile(r"(DEBUG|INFO|WARNING|ERROR|CRITICAL):([\w.-]+):(.*)", re.DOTALL)
_WINSTON_SIMPLE: Final = re.compile(r"(error|warn|info|http|verbose|debug|silly): (.*)", re.DOTALL)
_OTHER_START: Final = re.compile(
    r"<\d{1,3}>"  # syslog
    r"|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d "  # syslog without its priority
    r"|\S+ \S+ .{1,80}? ?\[\d\d/[A-Z][a-z]{2}/\d{4}:"  # access logs
    r"|(?:ts|time|timestamp|level|lvl|severity)=\S"  # logfmt
    r"|[IWEF]\d{4} \d\d:\d\d:\d\d"  # klog
)

_MOST_TAILS: Final = 20


def is_start_of_another_format(line: str) -> bool:
    """Whether a line without a time of its own begins a record all the same, as syslog and logfmt lines do.

    >>> is_start_of_another_format("ts=2026-11-23T02:51:36.497Z level=info")
    True
    """
    return _OTHER_START.match(line) is not None


class TextReader:
    """Turns lines of text into records.

    Args:
        times: Reads the times.
        json: Reads the fields that winston puts behind a message.
    """

    def __init__(self, times: TimeReader, json: JsonReader) -> None:
        self.times = times
        self.json = json

    def start(self, line: str) -> LogRecord | None:
        """The record that begins on this line, or None where nothing shows that one does."""
        if "\x1b" in line:
            line = ANSI_COLOUR.sub("", line)
        first = line[:1]
        if first.isdigit() or first == "[":
            return self._log4js(line) or self._with_time(line) or self._with_clock(line)
        if found := _WINSTON_SIMPLE.match(line):
            return self._winston(found[1], found[2])
        if found := _PYTHON_BASIC.match(line):
            return _leveled(LogRecord("stdlib"), found[1], found[3], logger=found[2])
        return None

    def _log4js(self, line: str) -> LogRecord | None:
        found = _LOG4JS.match(line)
        if not found or severity_of_word(found[2]) is None:
            return None
        return self._timed(LogRecord("log4js"), found[1], found[2], found[4], logger=found[3])

    def _with_time(self, line: str) -> LogRecord | None:
        found = _LEADING_TIME.match(line)
        if not found or self.times.read(found[1]) is None:
            return None
        time, rest = found[1], found[2]
        if named := _LOGGER_LEVEL.match(rest):
            return self._timed(LogRecord("stdlib"), time, named[2], named[3], logger=named[1])
        leveled = _LEVEL.match(rest)
        if not leveled:
            return self._timed(LogRecord(PLAIN), time, None, rest)
        level, message = leveled[1] or leveled[2] or leveled[3], leveled[4]
        # Python's logging writes a comma before the milliseconds.
        if "," in time:
            logger = _PYTHON_LOGGER.match(message)
            name, message = (logger[1], logger[2]) if logger else (None, message)
            return self._timed(LogRecord("stdlib"), time, level, message, logger=name)
        return self._timed(LogRecord(PLAIN), time, level, message)

    def _with_clock(self, line: str) -> LogRecord | None:
        found = _CLOCK_AND_LEVEL.match(line)
        if not found:
            return None
        # A clock without a date is kept as text: the date would be a guess.
        record = _leveled(LogRecord(PLAIN), found[2], re.sub(r"\s*[-:|]\s+", "", found[3], count=1))
        record.attributes["clock"] = found[1]
        return record

    def _timed(
        self, record: LogRecord, time: str, level: str | None, message: str, *, logger: str | None = None
    ) -> LogRecord:
        read = self.times.read(time)
        if read is not None:
            record.timestamp, record.zone_assumed = read
        return _leveled(record, level, message, logger=logger)

    def _winston(self, level: str, message: str) -> LogRecord:
        """Winston's simple format: the message, then the other fields as JSON on the same line."""
        position = -1
        for _ in range(_MOST_TAILS):
            position = message.find(" {", position + 1)
            if position < 0:
                break
            fields = decoded_object(message[position + 1 :])
            if fields is not None:
                record = self.json.record(fields)
                record.format = "winston-simple"
                return _leveled(record, level, message[:position])
        return _leveled(LogRecord("winston-simple"), level, message)


def _leveled(record: LogRecord, level: str | None, message: str, *, logger: str | None = None) -> LogRecord:
    record.message = message.strip()
    if level is not None:
        record.severity_text = level
        record.severity_number = severity_of_word(level)
    if logger is not None:
        record.logger = None if logger in NAMELESS_LOGGERS else logger
        record.attributes["logger"] = logger
    return record
