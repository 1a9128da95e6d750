"""`incident database`: long-running sessions, connections or lock waits, as they were captured."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from incident_analytics.cli.door import DONE
from incident_analytics.cli.logs import ZoneOption, length_of
from incident_analytics.cli.options import DataOption, RedactOption, TableFormat, shown
from incident_analytics.cli.streams import put, tell
from incident_analytics.cli.tables import put_table

if TYPE_CHECKING:
    from incident_analytics.analysis.database import BlockingChain, Capture, Session

What: TypeAlias = Literal["sessions", "connections", "locks"]
Cell: TypeAlias = "str | int | float | list[int] | None"
Row: TypeAlias = "dict[str, Cell]"

WhatArgument = Annotated[What, typer.Argument(metavar="WHAT", help="sessions, connections or locks.")]
PathArgument = Annotated[
    str, typer.Argument(metavar="PATH", help="An incident's id, folder or zip, an answer's file, or a folder of them.")
]
OverOption = Annotated[
    str, typer.Option("--over", metavar="TIME", help="For sessions: active ones whose query has run for longer.")
]

EXAMPLES = """\b
Examples:
  incident database sessions INC-2024-001
  incident database connections INC-2024-001
  incident database locks data/INC-2024-001/evidence/database --format json"""

_HEADINGS: dict[What, dict[str, str]] = {
    "sessions": {
        "session": "SESSION", "state": "STATE", "seconds": "FOR", "application": "APPLICATION",
        "waits": "WAITS", "query": "QUERY", "where": "WHERE",
    },
    "connections": {"application": "APPLICATION", "state": "STATE", "count": "CONNECTIONS", "share": "OF THE LIMIT"},
    "locks": {
        "session": "SESSION", "behind": "BEHIND", "root": "ROOT", "state": "STATE", "seconds": "FOR",
        "application": "APPLICATION", "waits": "WAITS", "query": "QUERY", "where": "WHERE",
    },
}  # fmt: skip


def database(
    what: WhatArgument,
    path: PathArgument,
    *,
    over: OverOption = "5m",
    data: DataOption = None,
    zone: ZoneOption = None,
    redact_queries: RedactOption = False,
    table_format: Annotated[TableFormat, typer.Option("--format", help="How to print them.")] = "table",
) -> int:
    """Print what was captured of a database: long-running sessions, connections, or lock waits with who blocks.

    Sessions are active ones over five minutes and those idle in transaction; connections are counted by application
    and state against the limit; locks are the waiting sessions behind the one that holds them up. Every capture is
    printed, in order of time.
    """
    seconds = length_of(over, option="--over").total_seconds()
    from incident_analytics.analysis.database import captures_of  # noqa: PLC0415 -- --help needs no polars
    from incident_analytics.sources.named_evidence import open_database  # noqa: PLC0415 -- --help needs no polars

    reading = open_database(path, data=data, zone=zone, redact=redact_queries)
    for finding in reading.findings:
        tell("note", shown(finding))
    captures = sorted(captures_of(reading), key=lambda each: (each.at is None, each.at, each.folder))
    rows = [row for capture in captures for row in _rows(what, capture, seconds)]
    if table_format == "json":
        put(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        columns = {"captured_at": "CAPTURED", **_HEADINGS[what]}
        put_table(tuple(columns.values()), [[_text(name, row.get(name)) for name in columns] for row in rows])
    return DONE


def _rows(what: What, capture: "Capture", over: float) -> Iterator[Row]:
    at = None if capture.at is None else _moment(capture.at)
    found = {"sessions": _sessions, "connections": _connections, "locks": _locks}[what](capture, over)
    return ({"captured_at": at, **row} for row in found)


def _sessions(capture: "Capture", over: float) -> Iterator[Row]:
    from incident_analytics.analysis.database import idle_in_transaction, long_running  # noqa: PLC0415 -- as above

    for session in long_running(capture, over=over):
        yield _session(session, session.seconds)
    for session in idle_in_transaction(capture):
        yield _session(session, session.state_seconds)
    if not any(row["state"] for row in capture.activity):
        tell("note", "no file of this capture tells which sessions were active, so none is called long-running")


def _session(session: "Session", seconds: float | None) -> Row:
    return {
        "session": session.pid,
        "state": session.state,
        "seconds": seconds,
        "application": session.application,
        "user": session.user,
        "waits": session.wait,
        "blocked_by": None if session.blocked_by is None else list(session.blocked_by),
        "query": session.query,
        "where": _place(session.file, session.line),
    }


def _connections(capture: "Capture", over: float) -> Iterator[Row]:
    from incident_analytics.analysis.database import connections  # noqa: PLC0415 -- --help needs no polars

    del over  # only sessions have a length
    found = connections(capture)
    if found is None:
        tell("note", "no file of this capture counts connections")
        return
    for group in found.groups:
        share = group.count / found.limit if found.limit else None
        yield {"application": group.application, "state": group.state, "count": group.count, "share": share}
    yield {"application": "all", "state": None, "count": found.total, "share": found.share, "limit": found.limit}
    if found.limit is None:
        tell("note", "the server's limit (max_connections) was not captured")


def _locks(capture: "Capture", over: float) -> Iterator[Row]:
    from incident_analytics.analysis.database import chain_of  # noqa: PLC0415 -- --help needs no polars

    del over  # every wait is printed
    chain = chain_of(capture)
    states: dict[object, str] = {row["pid"]: str(row["state"]) for row in capture.activity if row["state"]}
    for root in chain.roots:
        facts: Row = {"state": root.state, "seconds": root.seconds, "application": root.application}
        waits = f"{root.waiting} behind it"
        yield {"session": root.pid, **facts, "waits": waits, "query": root.query, "where": _place(root.file, root.line)}
    for each in chain.blocked:
        yield {
            "session": each.pid,
            "behind": each.behind,
            "root": list(each.roots),
            "state": states.get(each.pid),
            "blocked_by": list(each.blocked_by),
            "seconds": each.seconds,
            "application": each.application,
            "waits": each.wait,
            "query": each.query,
            "where": _place(each.file, each.line),
        }
    yield from _unclear(chain)


def _unclear(chain: "BlockingChain") -> Iterator[Row]:
    for pid in chain.in_circle:
        yield {"session": pid, "waits": "in a circle"}
    for pid in chain.unexplained:
        yield {"session": pid, "waits": "for a lock; who holds it was not captured"}


def _text(name: str, cell: Cell) -> str:
    if cell is None:
        return ""
    from incident_analytics.reporting import words  # noqa: PLC0415 -- --help needs no reports

    if name == "seconds" and isinstance(cell, float):
        return words.duration(cell)
    if name == "share" and isinstance(cell, float):
        return f"{cell:.0%}"
    return " ".join(map(str, cell)) if isinstance(cell, list) else str(cell)


def _moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _place(file: str, line: int | None) -> str | None:
    return (f"{file}:{line}" if line else file) or None
