"""Services that share no request id, compared by orders and other ids that both write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from incident_analytics.analysis.source_clocks import (
    RequestClocks,
    clock_findings,
    clocks_compared,
    service_clocks,
    shared_ids,
)

NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
AN_HOUR = 3600.0
SCHEMA = {
    "timestamp": pl.Datetime("us", "UTC"),
    "severity_number": pl.Int8,
    "service": pl.String,
    "trace_id": pl.String,
    "message": pl.String,
    "attributes": pl.String,
    "file": pl.String,
    "line": pl.Int64,
}
Line = tuple[float, str, str, str | None, int]


def logged(lines: list[Line]) -> pl.DataFrame:
    """A frame of logs: seconds after noon, service, message, attributes, severity."""
    rows = [
        (NOON + timedelta(seconds=seconds), severity, service, None, message, attributes, f"{service}.log", place)
        for place, (seconds, service, message, attributes, severity) in enumerate(lines, start=1)
    ]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def orders(n: int, late: float, failing: tuple[int, int] = (0, 0)) -> pl.DataFrame:
    """Orders every ten seconds, of which the edge writes so many seconds later than payments; some fail at both."""
    lines: list[Line] = []
    for place in range(n):
        severity = 17 if failing[0] <= place < failing[1] else 9
        at, order = place * 10.0, 500_000 + place * 7
        lines.append((at, "payments", f"charge for order {order} of 16.44 EUR took {place % 90} ms", None, severity))
        lines.append((at + late + 0.4, "edge", f"POST /pay?order={order} HTTP/1.1", None, severity))
    return logged(lines)


@pytest.mark.parametrize(
    ("message", "attributes"),
    [
        ("POST /pay?order={} HTTP/1.1", None),
        ("order {} sent", None),
        ("sent order #{}", None),
        ("sent", '{{"orderId":"{}","pid":1}}'),
        ("sent", '{{"order_id":{}}}'),
    ],
)
def test_an_hour_between_two_services_is_found_by_the_orders_both_write(message: str, attributes: str | None) -> None:
    """However each of them writes the order's number."""
    lines: list[Line] = []
    for place in range(40):
        order = f"{500_000 + place}"
        lines.append((place * 10.0, "payments", f"charged for order={order}", None, 9))
        told = attributes.format(order) if attributes else None
        lines.append((place * 10.0 + AN_HOUR, "edge", message.format(order), told, 9))
    (found,) = shared_ids(logged(lines), (), NOON)
    assert (found.service, found.against, found.n, found.by) == ("edge", "payments", 40, "order")
    assert (found.seconds, found.low, found.high, found.zone_seconds, found.is_told) == (3600, 3600, 3600, 3600, True)


def test_services_whose_clocks_agree_are_told_to() -> None:
    """Four tenths of a second are no skew."""
    (found,) = shared_ids(orders(100, 0.0), (), NOON)
    assert (round(found.seconds, 3), found.zone_seconds, found.is_told) == (0.4, None, False)


def test_few_ids_and_ids_that_come_often_tell_nothing() -> None:
    """Nine orders are too few, and the number of a product stands in many lines."""
    assert shared_ids(orders(9, AN_HOUR), (), NOON) == ()
    often: list[Line] = [
        (place * 1.0, name, "product 7001 seen", None, 9) for place in range(50) for name in ("a", "b")
    ]
    assert shared_ids(logged(often), (), NOON) == ()


def test_another_word_by_which_both_agree_speaks_against_a_zone() -> None:
    """A mail that reminds of an order an hour later is no clock, as its batches are told at once."""
    lines: list[Line] = []
    for place in range(40):
        lines.append((place * 10.0, "shop", f"order={4000 + place} job={9000 + place}", None, 9))
        lines.append((place * 10.0 + 1, "mail", f"job={9000 + place} queued", None, 9))
        lines.append((place * 10.0 + AN_HOUR, "mail", f"reminded of order={4000 + place}", None, 9))
    (found,) = shared_ids(logged(lines), (), NOON)
    assert (found.by, found.seconds, found.is_told) == ("job", 1.0, False)


def test_numbers_that_are_equal_by_chance_hide_no_zone() -> None:
    """Milliseconds of two services match each other more often than the few orders do."""
    random = np.random.default_rng(7)
    lines: list[Line] = []
    for place in range(900):
        for name, late in (("edge", AN_HOUR), ("payments", 0.0)):
            told = f"order={4000 + place} " if place < 30 else ""
            lines.append((place * 8.0 + late, name, f"{told}took {random.integers(1000, 3000)} ms", None, 9))
    (found,) = shared_ids(logged(lines), (), NOON)
    assert (found.by, found.n, found.zone_seconds) == ("order", 30, 3600)


def test_of_many_lines_those_with_some_of_the_ids_are_read() -> None:
    """Of 8,000 lines, and a service of 400, some hundred orders tell it as well."""
    small: list[Line] = [
        (place * 100.0 + 2, "mail", f"order {500_000 + place * 70} sent", None, 9) for place in range(400)
    ]
    found = shared_ids(pl.concat([orders(4000, AN_HOUR), logged(small)]), (), NOON)
    assert [(each.service, each.against, each.zone_seconds) for each in found] == [
        ("edge", "payments", 3600),
        ("edge", "mail", 3600),
        ("mail", "payments", None),
    ]
    assert all(30 <= each.n < 4000 for each in found)


def test_services_linked_by_requests_are_not_looked_at_again() -> None:
    """Their clocks are compared already."""
    linked = RequestClocks("payments", "edge", 99, 0.1, 0.1, 0.1, 0.1, is_told=False)
    assert shared_ids(orders(100, AN_HOUR), (linked,), NOON) == ()


def test_the_odd_clock_is_the_one_whose_errors_lie_away_from_the_metrics() -> None:
    """Orders fail ten minutes long from 12:33:20 on by the metrics; the edge has them at 13:33:20."""
    logs = orders(400, AN_HOUR, failing=(200, 260))
    (found,) = service_clocks(logs, NOON + timedelta(hours=1), [NOON + timedelta(seconds=2000)])
    assert (found.odd, found.files) == ("edge", ("edge.log",))
    (finding,) = clock_findings(clocks_compared((), (found,)), UTC)
    assert (finding.rule, finding.level, str(finding.where)) == ("clock-zone", "warning", "edge.log")
    assert finding.message == (
        "the times of edge look 1 h ahead of those of payments (400 order ids that both write, 3,600 to 3,600 s "
        "apart): were they written in another zone, or does it always log that much later? Nothing was shifted; "
        "numbers that rest on its lines have them at the wrong time"
    )


def test_the_odd_clock_may_be_an_hour_behind() -> None:
    """By the metrics orders fail when the edge has them; then payments is wrong. Without metrics none is named."""
    logs = orders(400, AN_HOUR, failing=(200, 260))
    (found,) = service_clocks(logs, NOON + timedelta(hours=1), [NOON + timedelta(seconds=5600)])
    assert found.odd == "payments"
    (unknown,) = service_clocks(logs, NOON + timedelta(hours=1))
    (finding,) = clock_findings(clocks_compared((), (unknown,)), UTC)
    assert unknown.odd == ""
    assert finding.message.startswith("edge looks 1 h late against payments (400 order ids")
    assert "which is right cannot be told" in finding.message


def test_of_100_pairs_of_services_without_skew_at_most_8_are_named() -> None:
    """Queues of seconds to hours, retries after quarter hours, batches on the hour, numbers equal by chance."""
    named = 0
    for seed in range(100):
        random = np.random.default_rng(seed)
        at = np.sort(random.uniform(0, 10_800, 150))
        waits = (
            random.exponential(0.5, 150),
            random.exponential(random.uniform(10, 3600), 150),
            np.where(random.random(150) < random.uniform(0.1, 0.7), 900.0, 0.0) + random.exponential(2, 150),
            (-at) % 3600 + random.exponential(5, 150),
        )[seed % 4]
        lines: list[Line] = []
        for place in range(150):
            lines.append((at[place], "web", f"order={10_000 + place} took {random.integers(1000, 9999)} ms", None, 9))
            text = f"order={10_000 + place} took {random.integers(1000, 9999)} ms"
            lines.append((at[place] + waits[place], "worker", text, None, 9))
        found = shared_ids(logged(lines), (), NOON)
        named += any(each.zone_seconds is not None for each in found)
    assert named <= 8
