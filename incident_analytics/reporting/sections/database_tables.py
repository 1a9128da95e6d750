"""The tables of the database section: sessions that took long, connections against the limit, captures over time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.database import LONG_RUNNING_SECONDS
from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Folded, Paragraph, Quiet, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incident_analytics.analysis.database import ConnectionGroup, Connections, DatabaseState, Session
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_MOST_SESSIONS: Final = 4
_MOST_APPLICATIONS: Final = 10
_MOST_CAPTURES: Final = 12
_UNNAMED: Final = "no application named"
_STATES: Final = ("active", "idle in transaction", "idle in transaction (aborted)", "idle")
_OVER: Final = words.duration(LONG_RUNNING_SECONDS)


def session_tables(state: DatabaseState) -> Iterator[Block]:
    """Active sessions over five minutes and sessions idle in transaction, the longest first; the rest folded."""
    idle = [(each.state_seconds, each) for each in state.idle_in_transaction or ()]
    running = [(each.seconds, each) for each in state.long_running or ()]
    found = sorted((*idle, *running), key=lambda each: (-(each[0] or 0), each[1].pid))
    if not found:
        yield Paragraph(_no_sessions(state))
        return
    counts = (
        f"{words.counted(len(running), 'active session')} over {_OVER}" if state.long_running is not None else "",
        f"{len(idle)} idle in transaction" if state.idle_in_transaction is not None else "",
    )
    title = f"Sessions that took long: {', '.join(count for count in counts if count)}"
    waits = _waits(state)
    above = [None, *(each.query for _, each in found)]
    rows = [_session(seconds, each, waits, query) for (seconds, each), query in zip(found, above, strict=False)]
    yield _sessions_table(title, rows[:_MOST_SESSIONS])
    if rows[_MOST_SESSIONS:]:
        more = rows[_MOST_SESSIONS:]
        summary = f"{len(more):,} more"
        yield Folded(summary, (_sessions_table("More sessions that took long", more),))


def _no_sessions(state: DatabaseState) -> str:
    if state.long_running is None:
        return "No file captured lists every session with its state, so long-running ones cannot be told."
    return f"No active session ran longer than {_OVER}, and none was idle in transaction."


def _sessions_table(title: str, rows: Sequence[tuple[Inline | None, ...]]) -> Table:
    columns = (
        Column("Session"),
        Column("Application", is_whole=True),
        Column("State"),
        Column("For", "right"),
        Column("Waits"),
        Column("Query"),
    )
    return Table(title, columns, tuple(rows))


def _session(
    seconds: float | None, session: Session, waits: dict[int, str], above: str | None
) -> tuple[Inline | None, ...]:
    query = Code(words.shortened(session.query)) if session.query else None
    return (
        str(session.pid),
        session.application or _UNNAMED,
        session.state,
        None if seconds is None else words.duration(seconds),
        waits.get(session.pid),
        Quiet("the same query") if query and session.query == above else query,
    )


def _waits(state: DatabaseState) -> dict[int, str]:
    told = {each.pid: f"behind {each.behind}" for each in state.chain.blocked}
    told |= dict.fromkeys(state.chain.unexplained, "for a lock") | dict.fromkeys(state.chain.in_circle, "in a circle")
    return told | {root.pid: f"{root.waiting:,} behind it" for root in state.chain.roots}


def connection_blocks(state: DatabaseState) -> tuple[Block, ...]:
    """Connections by application and state with their share of the limit."""
    found = state.connections
    if found is None:
        return (Paragraph("Connections were not counted."),)
    if all(group.state is None and group.application is None for group in found.groups):
        return (Paragraph(f"{words.counted(found.total, 'connection')} in all{_of_limit(found)}."),)
    return (_connections(found),)


def _connections(found: Connections) -> Table:
    states = _states(found.groups)
    by_application: dict[str, Counter[str]] = {}
    for group in found.groups:
        counter = by_application.setdefault(group.application or _UNNAMED, Counter())
        counter[group.state or "state unknown"] += group.count
    ordered = sorted(by_application.items(), key=lambda each: (-each[1].total(), each[0]))
    shown = ordered[:_MOST_APPLICATIONS]
    rest = ordered[_MOST_APPLICATIONS:]
    if rest:
        shown.append((f"{len(rest)} more", sum((counter for _, counter in rest), Counter())))
    rows = [_connection_row(name, counter, states, found.limit) for name, counter in shown]
    if len(rows) > 1:
        whole = sum((counter for _, counter in ordered), Counter())
        rows.append(_connection_row("all", whole, states, found.limit))
    columns = (
        Column("Application"),
        *(Column(state.capitalize(), "right") for state in states),
        Column("Connections", "right"),
        *([Column(f"Of {found.limit:,}", "right")] if found.limit else []),
    )
    own = ""
    if found.background:
        own = f"{words.counted(found.background, 'process', 'processes')} of the server itself take no connection."
    title = f"{words.counted(found.total, 'connection')} by application and state{_of_limit(found)}"
    return Table(title, columns, tuple(rows), note=own)


def _connection_row(
    name: str, counter: Counter[str], states: Sequence[str], limit: int | None
) -> tuple[Inline | None, ...]:
    total = counter.total()
    share = [_percent(total / limit)] if limit else []
    cells = [words.count(counter[state]) if counter[state] else None for state in states]
    return (name, *cells, words.count(total), *share)


def _states(groups: Sequence[ConnectionGroup]) -> tuple[str, ...]:
    present = {group.state or "state unknown" for group in groups}
    return (*(state for state in _STATES if state in present), *sorted(present.difference(_STATES)))


def _of_limit(found: Connections) -> str:
    if found.limit is None or found.share is None:
        return "; the server's limit (max_connections) was not captured"
    return f": {_percent(found.share)} of the limit of {found.limit:,}"


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def captures_table(report: PostMortem, states: Sequence[DatabaseState]) -> tuple[Block, ...]:
    """Every capture in order of time, where there are several."""
    if len(states) < 2:  # noqa: PLR2004 -- one capture is no course
        return ()
    columns = (
        Column(f"Captured ({report.zone_name})"),
        Column("Connections", "right"),
        Column("Waiting for a lock", "right"),
        Column(f"Active over {_OVER}", "right"),
        Column("Idle in transaction", "right"),
    )
    rows = tuple(_capture(report, state) for state in states)
    title = f"The database in {len(states)} captures, first to last"
    table = Table(title, columns, rows)
    return (table,) if len(rows) <= _MOST_CAPTURES else (Folded(title, (table,)),)


def _capture(report: PostMortem, state: DatabaseState) -> tuple[Inline | None, ...]:
    at = state.captured_at
    numbers = (
        state.connections.total if state.connections else None,
        state.waiting,
        None if state.long_running is None else len(state.long_running),
        None if state.idle_in_transaction is None else len(state.idle_in_transaction),
    )
    return (
        words.moment(at, report.zone) if at else f"time unknown ({state.folder})",
        *(None if number is None else words.count(number) for number in numbers),
    )
