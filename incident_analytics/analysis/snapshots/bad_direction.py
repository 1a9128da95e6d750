"""Which way trouble moves a metric, by the words of its name."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

Direction: TypeAlias = Literal["rises", "falls", "either"]

# What trouble does to a metric: the kind, the words of its name, and whether it rises (1) or falls (-1).
KINDS: Final = (
    ("success", {"success", "availability", "apdex", "uptime"}, -1),
    ("errors", {"error", "errors", "failure", "failures", "failed", "5xx"}, 1),
    ("waiting", {"waiting", "queue", "queued", "pending", "backlog", "lag", "blocked"}, 1),
    ("latency", {"latency", "duration", "p50", "p90", "p95", "p99"}, 1),
    ("saturation", {"use", "used", "usage", "active", "saturation", "utilization"}, 1),
    ("throughput", {"orders", "payments", "requests", "throughput", "revenue", "sales", "signups"}, -1),
)
# They rise where they are the trouble, and fall where there is less to do.
_RESOURCES: Final = {"cpu", "memory", "heap", "disk"}


def words_of(metric: str) -> set[str]:
    """The words of a metric's name in lower case."""
    return set(re.split(r"[^a-z0-9]+", metric.lower()))


def bad_direction(metric: str) -> Direction:
    """Which way trouble moves a metric: "either" where its name does not tell.

    >>> bad_direction("payment_success_rate"), bad_direction("latency_p95_seconds"), bad_direction("db_pool_max")
    ('falls', 'rises', 'either')
    """
    words = words_of(metric)
    for _, named, sign in KINDS:
        if words & named:
            return "rises" if sign > 0 else "falls"
    return "rises" if words & _RESOURCES else "either"
