"""Syslog of both kinds: RFC 3164, which tells neither year nor zone, and RFC 5424."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.formats.text_format import TextFormat, pattern
from incident_analytics.sources.logs.severity import severity_of_priority

if TYPE_CHECKING:
    from incident_analytics.sources.logs.record import LogRecord

_FACILITIES: Final = (
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp",
    "audit", "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
)  # fmt: skip
_ELEMENT: Final = re.compile(r'\[([^ \]="]+)((?: [^ =\]"]+="(?:[^"\\\]]|\\.)*")*)\]')
_PAIR: Final = re.compile(r' ([^ =\]"]+)="((?:[^"\\\]]|\\.)*)"')
_ESCAPED: Final = re.compile(r'\\(["\\\]])')


def _priority(written: str) -> int | None:
    return severity_of_priority(int(written) % 8)


def _finish(record: LogRecord) -> None:
    """The facility by its name, and the structured data as objects."""
    if record.severity_text is not None:
        number = int(record.severity_text) // 8
        record.attributes["facility"] = _FACILITIES[number] if number < len(_FACILITIES) else number
    data = record.attributes.pop("data", None)
    if isinstance(data, str):
        for element, pairs in _ELEMENT.findall(data):
            record.attributes[element] = {name: _ESCAPED.sub(r"\1", text) for name, text in _PAIR.findall(pairs)}
    if record.message is not None:
        record.message = record.message.removeprefix("\ufeff")


SYSLOG_5424: Final = TextFormat(
    "syslog-5424",
    frozenset("<"),
    pattern(
        r"""<(?P<level>\d{1,3})>[1-9]\d? (?P<time>-|\d\d\d\d-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:\d\d)) (?P<host>[^ ]+)[ ]
        (?P<service>[^ ]+) (?P<pid>[^ ]+) (?P<message_id>[^ ]+)[ ]
        (?P<data>-|(?:\[[^ \]="]+(?: [^ =\]"]+="(?:[^"\\\]]|\\.)*")*\])+)(?: (?P<message>.*))?"""
    ),
    severity=_priority,
    follows="indented",
    finish=_finish,
)

_MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"

# The tag ends at the first colon or bracket; without a priority it must end with a colon, or prose would fit.
SYSLOG_3164: Final = TextFormat(
    "syslog-3164",
    frozenset("<JFMASOND"),
    pattern(
        rf"""(?:<(?P<level>\d{{1,3}})>)?(?P<time>(?:{_MONTHS}) {{1,2}}\d{{1,2}} \d\d:\d\d:\d\d(?:\.\d+)?)[ ]
        (?P<host>[\w.:-]+) (?P<service>[^\[\]:\s]+)(?:\[(?P<pid>[^\]]*)\])?: ?(?P<message>.*)"""
    ),
    severity=_priority,
    follows="indented",
    finish=_finish,
)

# rsyslog's and systemd's file format since 2021: an ISO time, then as before.
SYSLOG_FILE: Final = TextFormat(
    "syslog-file",
    frozenset("12"),
    pattern(
        r"""(?P<time>\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:?\d\d)[ ]
        (?P<host>[A-Za-z][\w.-]*) (?P<service>[A-Za-z][\w./@-]*)(?:\[(?P<pid>\d+)\])?: (?P<message>.*)"""
    ),
)

FORMATS: Final = (SYSLOG_5424, SYSLOG_3164, SYSLOG_FILE)
