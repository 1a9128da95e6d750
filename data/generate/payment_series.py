"""The payment metrics, counted from the simulated checkouts: success, orders, revenue, latency."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

import story
from query_range import Answer, Series, grid, number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from checkouts import Attempt

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
CHARGES = 'service="payment-processor"'
SUCCESS = (
    f'sum(increase(charges_total{{{CHARGES},outcome="ok"}}[15s])) / sum(increase(charges_total{{{CHARGES}}}[15s]))'
)
REVENUE = "sum by (currency) (increase(orders_paid_amount_total[1m]))"
LATENCY = f"histogram_quantile(0.95, sum by (le, service) (rate(charge_duration_seconds_bucket{{{CHARGES}}}[1m])))"


class Counters:
    """Running counts over the attempts, so that any window is two look-ups.

    Args:
        attempts: Every attempt, sorted by when it was answered.
    """

    def __init__(self, attempts: Sequence[Attempt]) -> None:
        self._times = [one.ended for one in attempts]
        paid = [one.outcome == "ok" for one in attempts]
        self._orders = [0, *accumulate(paid)]
        self._cents = [0, *accumulate(one.cents * ok for one, ok in zip(attempts, paid, strict=True))]
        self._seconds = [one.ended - one.begun for one in attempts]

    def window(self, end: float, seconds: float) -> tuple[int, int, int, list[float]]:
        """What was answered in the seconds up to and including this moment.

        Args:
            end: Epoch seconds.
            seconds: The length of the window.

        Returns:
            Attempts, orders paid, cents paid, and how long each attempt took.
        """
        first, last = bisect_right(self._times, end - seconds), bisect_right(self._times, end)
        orders, cents = self._orders[last] - self._orders[first], self._cents[last] - self._cents[first]
        return last - first, orders, cents, self._seconds[first:last]


def quantile(seconds: Sequence[float], share: float) -> float:
    """The quantile as Prometheus reads it from buckets, straight lines between their edges.

    Args:
        seconds: The durations.
        share: Between 0 and 1.

    Returns:
        Seconds; the highest edge where the quantile lies beyond it.
    """
    ordered = sorted(seconds)
    rank, below, low = share * len(ordered), 0, 0.0
    for edge in BUCKETS:
        within = bisect_right(ordered, edge)
        if within >= rank:
            return low + (edge - low) * (rank - below) / (within - below)
        below, low = within, edge
    return BUCKETS[-1]


def payment_answers(attempts: Sequence[Attempt]) -> list[Answer]:
    """Success rate, orders and revenue per minute, and latency of the incident window.

    Args:
        attempts: Every attempt, sorted by when it was answered.

    Returns:
        One answer a metric.
    """
    counters = Counters(attempts)
    # Nothing was simulated before the window, so the first point is the first one with a whole window behind it.
    start, step = story.WINDOW_START, story.STEP_SECONDS

    def points(seconds: int, places: int, read: Callable[[tuple[int, int, int, list[float]]], float]) -> Series:
        times = [when for when in grid() if when - seconds >= start]
        return Series({}, [(when, number(read(counters.window(when, seconds)), places)) for when in times])

    success = points(15, 4, lambda seen: seen[1] / seen[0])
    orders = points(60, 0, lambda seen: seen[1])
    revenue = replace(points(60, 2, lambda seen: seen[2] / 100), labels={"currency": "USD"})
    latency = replace(points(60, 4, lambda seen: quantile(seen[3], 0.95)), labels={"service": "payment-processor"})
    return [
        Answer("payment_success_rate", SUCCESS, "ratio", step, [success]),
        Answer("orders_per_minute", "sum(increase(orders_paid_total[1m]))", "orders", step, [orders]),
        Answer("revenue_per_minute", REVENUE, "USD", step, [revenue]),
        Answer("latency_p95_seconds", LATENCY, "seconds", step, [latency]),
    ]


def waiting_clients(attempts: Sequence[Attempt], times: Sequence[int]) -> list[int]:
    """How many charges stand in line for a connection at each moment.

    Args:
        attempts: Every attempt.
        times: Epoch seconds.

    Returns:
        One count a moment, the queue's limit at most.
    """
    waits = [
        (one.begun, one.ended - (0.3 if one.outcome == "ok" else 0.0))
        for one in attempts
        if one.outcome == "acquire_timeout"
        or (one.outcome == "ok" and story.POOL_FULL < one.begun < story.RESIZED and one.ended > one.begun + 0.6)
    ]
    begins, ends = sorted(begin for begin, _ in waits), sorted(end for _, end in waits)
    standing = [bisect_right(begins, when) - bisect_left(ends, when) for when in times]
    return [min(max(count, 0), story.QUEUE_LIMIT) for count in standing]
