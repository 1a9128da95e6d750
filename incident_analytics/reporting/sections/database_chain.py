"""The chain of waits as boxes: root blockers, those behind them, and the waits that nothing explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Chain, ChainBox, Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from incident_analytics.analysis.database import BlockingChain, RootBlocker, WaitingGroup
    from incident_analytics.reporting.blocks import Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_MOST_ROOTS: Final = 5
_MOST_GROUPS: Final = 6
_MOST_NAMED: Final = 6
# What a wait for each kind of lock is for (PostgreSQL's documentation, table 27.11).
_WAITS: Final = {
    "Lock transactionid": "for the transaction ahead to end",
    "Lock tuple": "for their turn at a row",
    "Lock relation": "for a table",
    "Lock advisory": "for an advisory lock",
    "Lock extend": "for a table to grow",
    "Lock virtualxid": "for a transaction to end",
}


def blocking_drawing(
    report: PostMortem, chain: BlockingChain, behind: Sequence[tuple[WaitingGroup, ...]]
) -> tuple[Chain, ...]:
    """The drawing; nothing where nobody waits."""
    boxes = [_root(report, root, groups) for root, groups in zip(chain.roots, behind, strict=True)]
    rest = chain.roots[_MOST_ROOTS:]
    if rest:
        waiting = sum(root.waiting for root in rest)
        note = f"{words.counted(waiting, 'session waits', 'sessions wait')} behind {_pids([root.pid for root in rest])}"
        boxes[_MOST_ROOTS:] = [ChainBox(f"{len(rest)} more that hold others up", "root", note=note)]
    boxes += _unclear(chain)
    if not boxes:
        return ()
    return (Chain("Who waits behind whom in the database", tuple(boxes), _caption(chain)),)


def _caption(chain: BlockingChain) -> str:
    told = {"pg_blocking_pids": "as pg_blocking_pids() tells", "pg_locks": "by the locks held and waited for"}
    if not chain.roots:
        return ""
    return f"Each box waits for the one it hangs from, {told[chain.told_by]}. Sessions alike are one box, a dot each."


def _root(report: PostMortem, root: RootBlocker, groups: Sequence[WaitingGroup]) -> ChainBox:
    since = f" for {words.duration(root.seconds)}" if root.seconds is not None else ""
    facts = [_client(root.application, root.user), _since(report, root.since)]
    if not root.file:
        facts = ["the capture does not list what it was doing"]
    label = "" if root.state == "active" else "last ran "
    return ChainBox(
        f"Session {root.pid} holds up {root.waiting:,}",
        "root",
        f"{root.state}{since}" if root.state else "",
        _query(label, root.query),
        "; ".join(fact for fact in facts if fact),
        behind=tuple(_groups(groups, root.query, root.application)),
    )


def _since(report: PostMortem, since: datetime | None) -> str:
    if since is None:
        return ""
    start = report.anchors["started_at"].at
    told = f"since {words.clock_time(since, report.zone)}"
    if start is None:
        return told
    apart = (start.earliest - since).total_seconds()
    if abs(apart) < 1:
        return told
    return f"{told}, {words.duration(abs(apart))} {'before' if apart > 0 else 'after'} the recorded start"


def _groups(groups: Sequence[WaitingGroup], query: str | None, application: str | None) -> Iterator[ChainBox]:
    for group in groups[:_MOST_GROUPS]:
        yield _group(group, query, application)
    rest = groups[_MOST_GROUPS:]
    if rest:
        sessions = sum(len(each.sessions) for each in rest)
        behind = sum(_size(each) for each in rest) - sessions
        note = f"{words.counted(behind, 'session waits', 'sessions wait')} behind them" if behind else ""
        title = f"{words.counted(sessions, 'more session')} with {len(rest)} other queries"
        yield ChainBox(title, "waiting", note=note, sessions=sessions)


def _group(group: WaitingGroup, query: str | None, application: str | None) -> ChainBox:
    first, many = group.sessions[0], len(group.sessions)
    waits = _WAITS.get(first.wait or "", f"for {first.wait}" if first.wait else "")
    if many == 1:
        waits = waits.replace("their", "its")
    also = f"also behind {_pids(group.also_behind)}" if group.also_behind else ""
    is_named = first.application == application or (many > 1 and first.application)
    client = "" if is_named else _client(first.application, first.user)
    is_same = first.query is not None and first.query == query
    parts = (client, "the same query" if is_same else "", also)
    return ChainBox(
        _title(group),
        "waiting",
        f"waits {waits}{_how_long(group)}" if many == 1 else f"wait {waits}{_how_long(group)}",
        "" if is_same else _query("", first.query),
        "; ".join(part for part in parts if part),
        sessions=many,
        behind=tuple(_groups(group.groups, first.query, first.application)),
    )


def _title(group: WaitingGroup) -> str:
    many, first = len(group.sessions), group.sessions[0]
    if many == 1:
        return f"Session {first.pid}"
    of = f" of {first.application}" if first.application else ""
    if group.is_further:
        return f"{many:,} sessions{of} further behind"
    return f"{many:,} sessions{of}, {'one behind the other' if group.is_queue else 'side by side'}"


def _how_long(group: WaitingGroup) -> str:
    seconds = [each.seconds for each in group.sessions if each.seconds is not None]
    if not seconds:
        return ""
    longest, shortest = words.duration(max(seconds)), words.duration(min(seconds))
    return f", {longest}" if longest == shortest else f", {longest} down to {shortest}"


def _unclear(chain: BlockingChain) -> Iterator[ChainBox]:
    if chain.in_circle:
        many = len(chain.in_circle)
        note = "A circle such as PostgreSQL breaks by ending one of them; those stuck behind it are counted in."
        yield ChainBox(
            f"{many:,} sessions wait for each other: {_pids(chain.in_circle)}", "unclear", note=note, sessions=many
        )
    if chain.unexplained:
        many = len(chain.unexplained)
        title = f"{words.counted(many, 'session waits', 'sessions wait')} for a lock: {_pids(chain.unexplained)}"
        note = "Nothing captured tells who holds it; pg_blocking_pids() or the whole of pg_locks does."
        yield ChainBox(title, "unclear", note=note, sessions=many)


def _client(application: str | None, user: str | None) -> str:
    # A role may be a person's; it is needed only where no application is named.
    return application or (f"role {user}" if user else "")


def _query(label: str, query: str | None) -> Inline:
    return (label, Code(words.shortened(query, 140))) if query and query.strip() else ""


def _pids(pids: Sequence[int]) -> str:
    named = [str(pid) for pid in pids[:_MOST_NAMED]]
    more = len(pids) - len(named)
    if more:
        return f"{', '.join(named)} and {more:,} more"
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]


def _size(group: WaitingGroup) -> int:
    return len(group.sessions) + sum(_size(each) for each in group.groups)
