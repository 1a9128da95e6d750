"""`incident logs`: recent errors, one service, a pattern, or the templates of what was written."""

import json
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from incident_analytics.cli.door import DONE
from incident_analytics.cli.options import DataOption, RedactOption, TableFormat, shown
from incident_analytics.cli.streams import put, tell
from incident_analytics.cli.tables import put_table
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.sources.logs.prefilter import Wanted
    from incident_analytics.sources.logs.reading import LogReading

What: TypeAlias = Literal["errors", "service", "search", "templates"]
UNREADABLE = "log-lines-unreadable"
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}
_LENGTH = re.compile(r"\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>s|min|m|h|d)\s*")
_SHOWN = ("timestamp", "severity_number", "service", "message", "raw", "file", "line")

WhatArgument = Annotated[What, typer.Argument(metavar="WHAT", help="errors, service, search or templates.")]
PathArgument = Annotated[
    str, typer.Argument(metavar="PATH", help="An incident's id, folder or zip, a log file, or a folder of them.")
]
LastOption = Annotated[
    str | None,
    typer.Option("--last", metavar="TIME", help="Only the last stretch before the newest line, such as 10m or 1h."),
]
ServiceOption = Annotated[str | None, typer.Option("--service", metavar="NAME", help="Only lines of this service.")]
PatternOption = Annotated[
    str | None, typer.Option("--pattern", metavar="RE", help="Only lines in which this is found, as grep -E finds it.")
]
ZoneOption = Annotated[
    str | None, typer.Option("--zone", metavar="NAME", help="The zone of times that name none, such as Europe/Berlin.")
]
NoKeepOption = Annotated[
    bool, typer.Option("--no-keep", help="Keep no Parquet, in derived/ beside it, of a large file that is read whole.")
]

EXAMPLES = """\b
Examples:
  incident logs errors INC-2024-001 --last 10m
  incident logs service INC-2024-001 --service payment-processor
  incident logs search app.log --pattern "timeout|connection refused"
  incident logs templates INC-2024-001 --format json"""


def logs(  # noqa: PLR0913 -- one parameter an option
    what: WhatArgument,
    path: PathArgument,
    *,
    last: LastOption = None,
    service: ServiceOption = None,
    pattern: PatternOption = None,
    data: DataOption = None,
    zone: ZoneOption = None,
    no_keep: NoKeepOption = False,
    redact_queries: RedactOption = False,
    table_format: Annotated[TableFormat, typer.Option("--format", help="How to print them.")] = "table",
) -> int:
    """Print log lines: errors, those of a service, those with a pattern; or the templates behind them all.

    The options narrow each of the four further. Lines that cannot be understood are kept and counted, and every line
    is printed: nothing is cut off.
    """
    _check(what, service, pattern)
    from incident_analytics.sources.log_source import open_logs  # noqa: PLC0415 -- --help needs no polars

    cache = None if no_keep else "derived"
    wanted = _wanted(what, last, service, pattern)
    source = open_logs(path, data=data, zone=zone, wanted=wanted, cache=cache, redact=redact_queries)
    _tell_doubts(source)
    if service is not None:
        _known(service, source, lambda: open_logs(path, data=data, zone=zone, cache=cache))
    frame = _narrowed(source, what, last, service, pattern)
    if what == "templates":
        from incident_analytics.analysis.logs import message_templates  # noqa: PLC0415 -- --help needs no polars

        _put_templates(message_templates(frame), table_format)
    else:
        _put_lines(frame, table_format)
    return DONE


def _tell_doubts(source: "LogReading") -> None:
    unread = sum(file.unreadable for file in source.files)
    if unread:
        rows = sum(file.rows for file in source.files)
        tell("note", f"{unread:,} of {rows:,} records could not be understood; they are kept as they were")
    if source.left_out:
        tell(
            "note", f"{source.left_out:,} lines were passed over at a look; whether they can be understood is not known"
        )
    for finding in source.findings:
        if finding.rule != UNREADABLE:
            tell("note", shown(finding))


def _check(what: What, service: str | None, pattern: str | None) -> None:
    if what == "service" and service is None:
        raise ParameterError("incident logs service", expected="--service NAME")
    if what == "search" and pattern is None:
        raise ParameterError("incident logs search", expected="--pattern RE")


def _wanted(what: What, last: str | None, service: str | None, pattern: str | None) -> "tuple[Wanted, ...]":
    """What large files are searched for; nothing where the newest line must be known, or all are wanted."""
    from incident_analytics.analysis.logs import portable_pattern  # noqa: PLC0415 -- --help needs no polars
    from incident_analytics.sources.logs.prefilter import Wanted  # noqa: PLC0415

    found = None if pattern is None else portable_pattern(pattern)
    wanted = Wanted(errors=what == "errors", service=service, pattern=found)
    return () if last is not None or wanted == Wanted() else (wanted,)


def _narrowed(
    source: "LogReading", what: What, last: str | None, service: str | None, pattern: str | None
) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415 -- --help needs no polars

    from incident_analytics.analysis.logs import search_logs, service_logs  # noqa: PLC0415
    from incident_analytics.analysis.logs.levels import ERROR  # noqa: PLC0415

    lines = source.frame
    if last is not None:
        newest = max((file.last_at for file in source.files if file.last_at is not None), default=None)
        if newest is None:
            raise ParameterError("--last", expected="lines with a time", found="none")
        lines = lines.filter(pl.col("timestamp") >= newest - length_of(last))
    if what == "errors":
        lines = lines.filter(pl.col("severity_number") >= ERROR)
    frame = lines.collect()
    if last is not None and what == "errors":
        frame = frame.sort("timestamp", "file", "line", maintain_order=True)
    if service is not None:
        frame = service_logs(frame, service)
    return frame if pattern is None else search_logs(frame, pattern)


def length_of(text: str, *, option: str = "--last") -> timedelta:
    """A stretch of time from the text of an option.

    >>> length_of("10m"), length_of("1h")
    (datetime.timedelta(seconds=600), datetime.timedelta(seconds=3600))

    Raises:
        ParameterError: It is none, or has no length.
    """
    found = _LENGTH.fullmatch(text)
    seconds = float(found["number"]) * _UNITS[found["unit"]] if found else 0.0
    if seconds <= 0:
        raise ParameterError(option, expected="a time such as 10m, 1h or 2d", found=text)
    return timedelta(seconds=seconds)


def _known(service: str, source: "LogReading", read_all: "Callable[[], LogReading]") -> None:
    """Refuses a service that no line names."""
    services = _services(source)
    if service not in services:  # what was searched for other conditions too need not show them all
        services = _services(read_all())
    if service not in services:
        from difflib import get_close_matches  # noqa: PLC0415 -- only for those who misspell

        close = get_close_matches(service, services, n=1)
        nearest = f"did you mean {close[0]}?" if close else ""
        raise ParameterError(
            "--service", expected=", ".join(services) or "none is named", found=service, nearest=nearest
        )


def _services(source: "LogReading") -> list[str]:
    return source.frame.select("service").unique().collect()["service"].drop_nulls().sort().to_list()


def _put_lines(frame: "pl.DataFrame", table_format: TableFormat) -> None:
    if table_format == "json":
        put(json.dumps([_plain(row) for row in frame.iter_rows(named=True)], indent=2, ensure_ascii=False))
        return
    from incident_analytics.analysis.logs.levels import level_name  # noqa: PLC0415 -- --help needs no polars
    from incident_analytics.reporting.words import counted  # noqa: PLC0415

    rows = [
        (_moment(at), level_name(level), service or "", raw if message is None else message, f"{file}:{line}")
        for at, level, service, message, raw, file, line in frame.select(_SHOWN).iter_rows()
    ]
    put_table(("TIME", "LEVEL", "SERVICE", "MESSAGE", "WHERE"), rows)
    tell("note", counted(frame.height, "line"))


def _put_templates(frame: "pl.DataFrame", table_format: TableFormat) -> None:
    if table_format == "json":
        put(json.dumps(frame.to_dicts(), indent=2, ensure_ascii=False))
        return
    rows = [(f"{count:,}", template, identity) for identity, template, count, _ in frame.iter_rows()]
    put_table(("LINES", "TEMPLATE", "ID"), rows)


def _plain(row: dict[str, object]) -> dict[str, object]:
    at = row["timestamp"]
    return row | {"timestamp": _moment(at) or None}


def _moment(at: object) -> str:
    if not isinstance(at, datetime):
        return ""
    spec = "microseconds" if at.microsecond % 1000 else "milliseconds" if at.microsecond else "seconds"
    return at.isoformat(timespec=spec).replace("+00:00", "Z")
