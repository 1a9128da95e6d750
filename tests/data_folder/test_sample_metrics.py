"""The planted truth found again in the Prometheus answers, without the package."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from statistics import fmean

BUNDLE = Path(__file__).resolve().parents[2] / "data/INC-2024-001"
WEEK = 7 * 86400


def on_the_day(clock: str) -> int:
    """Epoch seconds of a clock time on the day of the incident."""
    return int(datetime.fromisoformat(f"2024-01-15T{clock}+00:00").timestamp())


def series(name: str, number: int = 0) -> dict[int, float]:
    """The values of one series of a metric answer by their epoch seconds."""
    answer = json.loads((BUNDLE / f"evidence/metrics/{name}.json").read_text())
    return {when: float(value) for when, value in answer["data"]["result"][number]["values"]}


def test_every_metric_answer_lies_beside_its_query() -> None:
    """Eleven answers, each with the query, span and step that made it."""
    folder = BUNDLE / "evidence/metrics"
    answers = sorted(path.stem for path in folder.glob("*.json"))
    assert answers == [
        "cpu_percent",
        "db_pool_in_use",
        "db_pool_max",
        "db_pool_waiting",
        "latency_p95_seconds",
        "memory_bytes",
        "orders_per_minute",
        "orders_per_minute_history",
        "payment_success_rate",
        "revenue_per_minute",
        "revenue_per_minute_history",
    ]
    for name in answers:
        keys = [line.split(":")[0] for line in (folder / f"{name}.query.yaml").read_text().splitlines()]
        assert keys == ["query", "start", "end", "step", "source", "unit"]


def test_the_pool_is_at_its_limit_from_14_12_30() -> None:
    """At 14:12:30 the metric shows 20 of 20 for the first time."""
    used, limit = series("db_pool_in_use"), series("db_pool_max")
    assert min(when for when in used if used[when] == limit[when]) == on_the_day("14:12:30")


def test_the_pool_has_room_after_the_resize() -> None:
    """20 connections until 14:39:45, 50 from 14:40:00 on, never all of them used and nobody waiting."""
    used, limit, waiting = series("db_pool_in_use"), series("db_pool_max"), series("db_pool_waiting")
    after = [when for when in limit if when >= on_the_day("14:40:15")]
    assert (limit[on_the_day("14:39:45")], limit[on_the_day("14:40:00")]) == (20, 50)
    assert max(used[when] for when in after) == 39
    assert max(waiting[when] for when in after) == 0


def test_success_falls_and_returns_with_the_impact() -> None:
    """Under 90 % from the sample after 14:12:40 to the one after 15:02:10."""
    low = [when for when, value in series("payment_success_rate").items() if value < 0.9]
    assert low == list(range(on_the_day("14:12:45"), on_the_day("15:02:15") + 1, 15))


def test_orders_and_latency_follow_success() -> None:
    """Means of the quarter hours before and after the onset: 497 to 140 orders a minute, p95 0.6 s to 10 s."""
    orders, latency = series("orders_per_minute"), series("latency_p95_seconds")
    before = range(on_the_day("13:57:00"), on_the_day("14:12:00"), 60)
    during = range(on_the_day("14:15:00"), on_the_day("14:30:00"), 60)
    assert round(fmean(orders[when] for when in before)) == 497
    assert round(fmean(orders[when] for when in during)) == 140
    assert round(fmean(latency[when] for when in before), 1) == 0.6
    assert round(fmean(latency[when] for when in during), 1) == 10.0


def test_cpu_and_memory_of_the_database_stay_unremarkable() -> None:
    """CPU never leaves 20 to 35 %; memory grows by under 3 % when the pool is resized and not otherwise."""
    cpu, memory = series("cpu_percent", 1), series("memory_bytes", 1)
    assert min(cpu.values()) > 20
    assert max(cpu.values()) < 35
    levels = [
        fmean(value for when, value in memory.items() if low <= when < high)
        for low, high in (
            (on_the_day("10:15:00"), on_the_day("14:12:00")),
            (on_the_day("14:12:00"), on_the_day("14:40:00")),
            (on_the_day("14:40:00"), on_the_day("16:15:00")),
        )
    ]
    assert [round(level / levels[0], 2) for level in levels] == [1.0, 1.0, 1.03]


def test_the_history_covers_four_weeks_without_a_gap() -> None:
    """28 days at five minutes are 8,064 steps, so 8,065 points, ending where the incident window begins."""
    history = series("orders_per_minute_history")
    assert len(history) == 8_065
    assert list(history) == list(range(on_the_day("10:15:00") - 28 * 86400, on_the_day("10:15:00") + 1, 300))


def usual(history: dict[int, float], when: int) -> float:
    """The mean of the same minute in the four weeks before, between the middles of two five-minute windows."""
    middle = when - 30
    left = (middle - 150) // 300 * 300 + 300
    share = (middle + 150 - left) / 300
    means = [fmean(history[end - week * WEEK] for week in (1, 2, 3, 4)) for end in (left, left + 300)]
    return means[0] * (1 - share) + means[1] * share


def test_lost_revenue_can_be_recovered_from_the_history() -> None:
    """44,929 USD against the hour of the week at the level before the incident; planted are 46,521.10."""
    history, taken = series("revenue_per_minute_history"), series("revenue_per_minute")
    before = range(on_the_day("10:16:00"), on_the_day("14:12:00"), 60)
    level = sum(taken[when] for when in before) / sum(usual(history, when) for when in before)
    since = range(on_the_day("14:13:00"), on_the_day("16:15:00") + 1, 60)
    assert round(sum(usual(history, when) * level - taken[when] for when in since)) == 44_929
