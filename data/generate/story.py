"""The planted truth: what happened, when, and the sizes that everything else follows from.

13:58     a deploy of payment-processor keeps its connection, and the row lock of the settlement batch,
          for as long as the card provider takes to answer
14:12:19  one such answer never comes: the session stays idle in transaction, 11 others queue behind it
14:12:28  the pool of 20 connections is full
14:12:40  the first charge fails: ten seconds of waiting are over
14:15:00  the alert fires: success rate under 90 % for two minutes
14:40     the pool is resized to 50, and new connections give up a lock after two seconds: there is room in
          the pool, but charges of the locked batch go on failing
15:02:10  the last charge fails
15:02:11  the idle session is terminated
"""

from __future__ import annotations

from datetime import UTC, datetime

INCIDENT_ID = "INC-2024-001"
DAY = "2024-01-15"
STEP_SECONDS = 15
HISTORY_STEP_SECONDS = 300
HISTORY_SECONDS = 28 * 86400


def at(clock: str) -> float:
    """Epoch seconds of a clock time (UTC) on the day of the incident.

    Args:
        clock: Hours, minutes and, if wished, seconds: ``14:15`` or ``14:12:28.4``.

    Returns:
        Seconds since 1970.
    """
    return datetime.fromisoformat(f"{DAY}T{clock}").replace(tzinfo=UTC).timestamp()


def stamp(seconds: float) -> str:
    """The instant as the exports write it, to the second: ``2024-01-15T14:15:00Z``.

    Args:
        seconds: Seconds since 1970.

    Returns:
        ISO 8601 in UTC.
    """
    return datetime.fromtimestamp(int(seconds), tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


WINDOW_START = at("10:15")
WINDOW_END = at("16:15")
ROTATED = at("13:15")
DEPLOYED = at("13:58")
LOCKED = at("14:12:19.482113")
POOL_FULL = at("14:12:28")
FIRST_FAILURE = at("14:12:40")
CAPTURED = at("14:27:30")
RESIZED = at("14:40")
TERMINATED = at("15:02:11")
EXPORTED = at("16:20")

POOL_LIMIT, POOL_LIMIT_RESIZED = 20, 50
QUEUE_LIMIT = 50
ACQUIRE_TIMEOUT_SECONDS = 10.0
LOCK_TIMEOUT_SECONDS = 2.0
SAMPLED_ONE_IN = 20
