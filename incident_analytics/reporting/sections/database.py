"""Database: who waited behind whom, the connections, and the sessions that took long, as captured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Paragraph
from incident_analytics.reporting.sections.database_chain import blocking_drawing
from incident_analytics.reporting.sections.database_tables import captures_table, connection_blocks, session_tables

if TYPE_CHECKING:
    from incident_analytics.analysis.database import BlockingChain, DatabaseState
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.post_mortem import PostMortem


def database(report: PostMortem) -> tuple[Block, ...]:
    """A sentence, the chain of waits as a drawing, and tables; or that nothing was captured."""
    numbers = report.evidence.database_numbers
    state = numbers.shown
    if state is None:
        was_read = "could be read" if report.evidence.database.files else "was captured"
        return (Paragraph(f"No state of the database {was_read}."),)
    return (
        Paragraph(_sentence(report, state)),
        *blocking_drawing(report, state.chain, numbers.behind),
        *session_tables(state),
        *connection_blocks(state),
        *captures_table(report, numbers.states),
    )


def _sentence(report: PostMortem, state: DatabaseState) -> str:
    when = "At a time that nothing tells"
    if state.captured_at:
        when = f"At {words.moment(state.captured_at, report.zone)} {report.zone_name}"
    parts = [_waits(state.chain) if state.waiting else _no_waits(state)]
    if state.connections is not None:
        parts.append(f"{words.counted(state.connections.total, 'connection was', 'connections were')} open")
    is_one = len(report.evidence.database_numbers.states) == 1
    chosen = "" if is_one else ", the capture with the most waits,"
    return f"{when}{chosen} {'; '.join(parts)}."


def _no_waits(state: DatabaseState) -> str:
    if state.waiting is None:
        return "nothing was captured that tells whether sessions waited for locks"
    return "no session waited for a lock"


def _waits(chain: BlockingChain) -> str:
    if not chain.roots:
        waiting = words.counted(chain.waiting, "session")
        if chain.in_circle:
            return f"{waiting} waited for locks, {len(chain.in_circle)} of them in a circle"
        return f"{waiting} waited for locks, and the capture does not tell who held them"
    root = chain.roots[0]
    of = f" of {root.application}" if root.application else ""
    since = f" for {words.duration(root.seconds)}" if root.seconds is not None else ""
    state = f", {root.state}{since}," if root.state else ""
    told = f"{words.counted(root.waiting, 'session')} waited behind session {root.pid}{of}{state}".rstrip(",")
    rest = chain.waiting - root.waiting
    return f"{told}, and {rest:,} more elsewhere" if rest else told
