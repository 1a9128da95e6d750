"""The metrics of the machines: pool, waiting clients, CPU, memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import story
from payment_series import waiting_clients
from query_range import Answer, Series, grid, number
from seeds import poisson, stream

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from checkouts import Attempt

MEBIBYTE = 1024 * 1024
STUCK = 12


def connections_in_use(chance: Random, when: int) -> int:
    """Connections of the pool that hold a session at this moment.

    Args:
        chance: Where the scatter comes from.
        when: Epoch seconds.

    Returns:
        Never more than the pool's limit.
    """
    if when < story.DEPLOYED:
        return min(poisson(chance, 4.9), 13)
    if when < story.LOCKED:
        return min(poisson(chance, 11.2), 17)
    if when < story.POOL_FULL:
        return 17
    if when < story.RESIZED:
        return story.POOL_LIMIT
    if when < story.TERMINATED:
        return STUCK + min(poisson(chance, 16.5), 30)
    return min(poisson(chance, 10.6), 22)


def pool_limit(when: int) -> int:
    """How many connections the pool may open at this moment.

    Args:
        when: Epoch seconds.

    Returns:
        20, then 50.
    """
    return story.POOL_LIMIT_RESIZED if when >= story.RESIZED else story.POOL_LIMIT


def pool_answers(attempts: Sequence[Attempt]) -> list[Answer]:
    """Connections in use, the limit beside them, and the clients that wait for one.

    Args:
        attempts: Every attempt.

    Returns:
        One answer a metric.
    """
    chance, times, step = stream("pool"), grid(), story.STEP_SECONDS
    found = {
        "db_pool_in_use": [connections_in_use(chance, when) for when in times],
        "db_pool_max": [pool_limit(when) for when in times],
        "db_pool_waiting": waiting_clients(attempts, times),
    }
    units = {"db_pool_in_use": "connections", "db_pool_max": "connections", "db_pool_waiting": "clients"}
    answers = []
    for name, values in found.items():
        labels = {"__name__": name, "job": "pgbouncer", "pool": "payments"}
        points = [(when, str(value)) for when, value in zip(times, values, strict=True)]
        answers.append(Answer(name, f'{name}{{pool="payments"}}', units[name], step, [Series(labels, points)]))
    return answers


def wander(chance: Random, level: float, scatter: float) -> list[float]:
    """Values that wander about a level, each close to the one before.

    Args:
        chance: Where the steps come from.
        level: What they come back to.
        scatter: Their standard deviation.

    Returns:
        One value a point of the grid.
    """
    values, value = [], 0.0
    for _ in grid():
        value = 0.9 * value + chance.gauss(0, scatter * 0.436)
        values.append(level + value)
    return values


def machine_answers() -> list[Answer]:
    """CPU and memory of the database and of payment-processor: nothing to see in either.

    Returns:
        One answer a metric.
    """
    chance, times, step = stream("machines"), grid(), story.STEP_SECONDS
    processor = [
        value - 6 * (story.FIRST_FAILURE <= when < story.TERMINATED)
        for when, value in zip(times, wander(chance, 34.0, 2.2), strict=True)
    ]
    cpu = {"payment-processor": processor, "payments-db": wander(chance, 27.0, 1.6)}
    memory = {
        "payment-processor": [612 + 9 * ((when // 15) % 24) / 24 for when in times],
        "payments-db": [
            6240 + 160 * (when >= story.RESIZED) + value
            for when, value in zip(times, wander(chance, 0.0, 12.0), strict=True)
        ],
    }
    return [
        Answer(
            "cpu_percent",
            "100 * avg by (service) (rate(container_cpu_usage_seconds_total[1m]) / container_cpu_limit_cores)",
            "percent",
            step,
            [_series(service, times, [number(value, 2) for value in values]) for service, values in cpu.items()],
        ),
        Answer(
            "memory_bytes",
            "sum by (service) (container_memory_working_set_bytes)",
            "bytes",
            step,
            [
                _series(service, times, [str(int(value * MEBIBYTE)) for value in values])
                for service, values in memory.items()
            ],
        ),
    ]


def _series(service: str, times: Sequence[int], values: Sequence[str]) -> Series:
    """The values as the series of a service."""
    return Series({"service": service}, list(zip(times, values, strict=True)))
