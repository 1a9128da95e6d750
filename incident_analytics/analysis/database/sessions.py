"""Sessions of a capture, each once: the long-running ones, and those that hold a transaction open and do nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from incident_analytics.analysis.database.captures import Capture, Cell, Row

# The runbook's query asks for more than five minutes.
LONG_RUNNING_SECONDS: Final = 300.0
IDLE_IN_TRANSACTION: Final = "idle in transaction"
# PostgreSQL's wait_event_type of those who wait for a heavyweight lock (documentation, table 27.4).
LOCK: Final = "Lock"


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a capture, put together from every file that lists it.

    Args:
        pid: Its process.
        state: Such as ``active``; None where no file tells.
        application: Its application_name.
        user: Its role.
        seconds: Since when its query began, or as the long-running query tells it.
        in_state_since: When its state last changed.
        transaction_since: When its transaction began.
        query: Its text as captured.
        wait: What it waits for, such as ``Lock transactionid``.
        blocked_by: The sessions that block it, where a file tells; None where none does.
        file: The fullest file that lists it.
        line: Its line there.
        state_seconds: From ``in_state_since`` to the capture.
        transaction_seconds: From ``transaction_since`` to the capture.
    """

    pid: int
    state: str | None
    application: str | None
    user: str | None
    seconds: float | None
    in_state_since: datetime | None
    transaction_since: datetime | None
    query: str | None
    wait: str | None
    blocked_by: tuple[int, ...] | None
    file: str
    line: int | None
    state_seconds: float | None = None
    transaction_seconds: float | None = None

    @property
    def is_waiting_for_lock(self) -> bool:
        """Whether it says itself that it waits for a lock, whoever holds that."""
        return (self.wait or "").partition(" ")[0] == LOCK


@dataclass(frozen=True, slots=True)
class _Told:
    rows: tuple[Row, ...]

    def first(self, name: str) -> Cell:
        return next((row[name] for row in self.rows if row[name] is not None), None)

    def text(self, name: str) -> str | None:
        return found if isinstance(found := self.first(name), str) else None

    def instant(self, name: str) -> datetime | None:
        return found if isinstance(found := self.first(name), datetime) else None


def sessions_of(capture: Capture) -> tuple[Session, ...]:
    """The sessions in order of process; what the fullest file does not tell comes from the others."""
    by_pid: dict[int, list[Row]] = {}
    for row in capture.activity:
        if isinstance(pid := row["pid"], int):
            by_pid.setdefault(pid, []).append(row)
    return tuple(_session(pid, rows, capture.at) for pid, rows in sorted(by_pid.items()))


def long_running(capture: Capture, *, over: float = LONG_RUNNING_SECONDS) -> tuple[Session, ...]:
    """Active sessions whose query has run for longer, the longest first.

    Idle sessions are none: the runbook's query lists them with the age of their last query. A session whose state
    no file tells is left out.
    """
    found = [each for each in sessions_of(capture) if each.state == "active" and (each.seconds or 0) > over]
    return tuple(sorted(found, key=lambda each: (-(each.seconds or 0), each.pid)))


def idle_in_transaction(capture: Capture) -> tuple[Session, ...]:
    """Sessions that hold a transaction open and run nothing, aborted ones included; the longest in that state first."""
    found = [each for each in sessions_of(capture) if (each.state or "").startswith(IDLE_IN_TRANSACTION)]
    return tuple(sorted(found, key=lambda each: (each.in_state_since is None, each.in_state_since, each.pid)))


def seconds_between(since: datetime | None, until: datetime | None) -> float | None:
    """How long; None where either end is not known, or where the clock of the capture is behind.

    >>> from datetime import UTC
    >>> seconds_between(datetime(2024, 1, 15, 14, 12, tzinfo=UTC), datetime(2024, 1, 15, 14, 27, 30, tzinfo=UTC))
    930.0
    """
    if since is None or until is None or until < since:
        return None
    return (until - since).total_seconds()


def _session(pid: int, rows: list[Row], at: datetime | None) -> Session:
    # pg_stat_activity tells the most; its rows have a time of the last change, or at least a state and a user.
    told = _Told(tuple(sorted(rows, key=lambda row: -sum(cell is not None for cell in row.values()))))
    seconds, blocked_by, line = told.first("duration_seconds"), told.first("blocked_by"), told.rows[0]["line"]
    wait = " ".join(part for name in ("wait_event_type", "wait_event") if (part := told.text(name)))
    return Session(
        pid,
        told.text("state"),
        told.text("application"),
        told.text("user"),
        seconds if isinstance(seconds, float) else None,
        told.instant("state_changed_at"),
        told.instant("transaction_started_at"),
        told.text("query"),
        wait or None,
        tuple(blocked_by) if isinstance(blocked_by, list) else None,
        str(told.rows[0]["file"]),
        line if isinstance(line, int) else None,
        seconds_between(told.instant("state_changed_at"), at),
        seconds_between(told.instant("transaction_started_at"), at),
    )
