"""The unit of a metric, told by its name: a bracket in a header, or a suffix after Prometheus's naming rules."""

from __future__ import annotations

import re
from typing import Final

# https://prometheus.io/docs/practices/naming/#base-units, and the spellings that people use beside them.
SUFFIXES: Final = {
    "seconds": "seconds",
    "second": "seconds",
    "milliseconds": "milliseconds",
    "ms": "milliseconds",
    "minutes": "minutes",
    "bytes": "bytes",
    "bits": "bits",
    "ratio": "ratio",
    "percent": "percent",
    "pct": "percent",
    "celsius": "celsius",
    "volts": "volts",
    "amperes": "amperes",
    "joules": "joules",
    "grams": "grams",
    "meters": "meters",
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
    "cores": "cores",
}
_BRACKET = re.compile(r"[(\[]([^)\]]{1,20})[)\]]\s*$")
_RATE = re.compile(r"_per_(second|minute|hour|day)$")
_KIND = re.compile(r"_(?:total|sum|max|min|avg|mean|p\d{2,3})$")


def unit_of(metric: str) -> str | None:
    """The unit a metric's name tells, or None where it tells none.

    >>> unit_of("CpuUsageRate(%)"), unit_of("node_cpu_seconds_total"), unit_of("orders_per_minute")
    ('%', 'seconds', 'per minute')
    """
    bracket = _BRACKET.search(metric)
    if bracket:
        return bracket[1].strip()
    rate = _RATE.search(metric.lower())
    if rate:
        return f"per {rate[1]}"
    _, separator, suffix = _KIND.sub("", metric.lower()).rpartition("_")
    return SUFFIXES.get(suffix) if separator else None
