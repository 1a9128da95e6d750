"""The sessions of the payments database at 14:27:30: one holds the lock, eleven stand behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import story
from seeds import stream

if TYPE_CHECKING:
    from random import Random

SETTLE = (
    "update settlement_batches\n"
    "   set total_cents = total_cents + $1, charges = charges + 1\n"
    " where batch_date = $2 and region = $3"
)
INSERT = "insert into charges (id, customer, amount_cents, state) values ($1, $2, $3, 'pending')"
LOOK = "COPY (SELECT * FROM pg_stat_activity) TO STDOUT (FORMAT csv, HEADER)"
READING = ("Client", "ClientRead")
# Application, user, sessions, mean seconds since their last statement, and that statement.
OTHERS = (
    ("checkout-api", "checkout_app", 8, 40, "select id, state from charges where request_id = $1"),
    ("order-service", "orders_app", 12, 25, "commit"),
    ("notification-worker", "notify_app", 4, 620, "select * from receipts where sent_at is null limit 50"),
    ("postgres_exporter", "monitor", 1, 14, "select * from pg_stat_database"),
)
BLOCKER, WAITERS, WORKING, CALLING = 4187, 11, 8, 3


@dataclass(frozen=True, slots=True)
class Session:
    """One backend as `pg_stat_activity` shows it; instants are epoch seconds.

    Args:
        pid: The backend's process id.
        application: `application_name`; empty for the server's own.
        user: `usename`; empty for the server's own.
        state: active, idle, idle in transaction; empty for the server's own.
        backend_at: When the backend started.
        xact_at: When its transaction began; None outside one.
        query_at: When its last statement began; None for the server's own.
        changed_at: When its state last changed; None for the server's own.
        wait: Wait event type and wait event; empty where it runs.
        xid: Its transaction id; 0 where it has written nothing.
        query: Its last statement.
        kind: `backend_type`.
        port: The client's port; 0 for the server's own.
    """

    pid: int
    application: str
    user: str
    state: str
    backend_at: float
    xact_at: float | None = None
    query_at: float | None = None
    changed_at: float | None = None
    wait: tuple[str, str] = ("", "")
    xid: int = 0
    query: str = ""
    kind: str = "client backend"
    port: int = 0


PAYMENT = Session(0, "payment-processor", "payments_app", "active", 0.0)


def server_sessions() -> list[Session]:
    """The server's own processes.

    Returns:
        Six sessions without a state.
    """
    waits = {
        "autovacuum launcher": "AutoVacuumMain",
        "logical replication launcher": "LogicalLauncherMain",
        "checkpointer": "CheckpointerMain",
        "background writer": "BgWriterMain",
        "walwriter": "WalWriterMain",
        "archiver": "ArchiverMain",
    }
    started = story.at("00:00") - 19 * 86400 + 11_742.118_402
    return [
        Session(61 + number, "", "", "", started + number / 1000, wait=("Activity", wait), kind=kind)
        for number, (kind, wait) in enumerate(waits.items())
    ]


def locked_sessions(chance: Random) -> list[Session]:
    """The session that holds the row of the settlement batch, and the eleven that want it.

    Args:
        chance: Where the scatter comes from.

    Returns:
        The holder first, then the others in the order they came.
    """
    started, held, xid = story.DEPLOYED - 0.4, story.LOCKED, 90_211_407
    holder = replace(
        PAYMENT, pid=BLOCKER, state="idle in transaction", wait=READING, xid=xid, query=SETTLE, port=41_202
    )
    found = [replace(holder, backend_at=started, xact_at=held, query_at=held + 0.0021, changed_at=held + 0.0034)]
    when = held + 0.31
    for number in range(WAITERS):
        wait = ("Lock", "transactionid" if number == 0 else "tuple")
        pid, born, asked = BLOCKER + 3 + 2 * number, started + number * 0.09, when + 0.0019
        waiter = replace(PAYMENT, pid=pid, backend_at=born, xact_at=when, query_at=asked, changed_at=asked, wait=wait)
        found.append(replace(waiter, xid=xid + 2 + number, query=SETTLE, port=41_206 + 2 * number))
        when += 0.3 + chance.random() * 0.85
    return found


def working_sessions(chance: Random) -> list[Session]:
    """The eight connections of the pool that still get work done.

    Args:
        chance: Where the scatter comes from.

    Returns:
        Three between two statements, waiting for the card provider, and five that run one.
    """
    found = []
    for number in range(WORKING):
        begun = story.CAPTURED - 0.2 - chance.random() * 1.4
        asked, born = begun + 0.002, story.DEPLOYED + 21 + number
        one = replace(PAYMENT, pid=BLOCKER + 31 + number, backend_at=born, xact_at=begun, query_at=asked)
        one = replace(one, changed_at=asked + 0.001, xid=90_233_018 + number, query=INSERT, port=41_310 + number)
        is_calling = number < CALLING
        found.append(replace(one, state="idle in transaction", wait=READING, query=SETTLE) if is_calling else one)
    return found


def other_sessions(chance: Random) -> list[Session]:
    """The other services' connections, all of them idle, and the one that looks.

    Args:
        chance: Where the scatter comes from.

    Returns:
        In order of pid.
    """
    found, pid = [], 2205
    for application, user, count, pause, query in OTHERS:
        for _ in range(count):
            pid += 1 + chance.randrange(9)
            asked = story.CAPTURED - chance.expovariate(1 / pause) - 0.3
            one = Session(pid, application, user, "idle", story.at("06:10") + chance.random() * 9000)
            one = replace(one, query_at=asked, changed_at=asked + 0.0008, query=query)
            found.append(replace(one, wait=READING, port=33_000 + pid))
    now = story.CAPTURED + 0.000_4
    looking = Session(4312, "psql", "dba", "active", now - 3.2, now, now, now, query=LOOK, port=52_118)
    return [*found, looking]


def all_sessions() -> list[Session]:
    """Every backend at the moment of the capture.

    Returns:
        The server's own first.
    """
    chance = stream("database")
    return [*server_sessions(), *other_sessions(chance), *locked_sessions(chance), *working_sessions(chance)]
