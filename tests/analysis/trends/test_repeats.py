"""Incidents that came again, beside what chance would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.analysis.trends.repeats import repeats
from incident_analytics.reporting.trends.plain import plain
from incident_analytics.sources.histories import records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.sources.histories import History


def began(identity: str, day: str, cause: str | None = "deploy", **more: object) -> dict[str, object]:
    """A record of the service api that began at noon of a day."""
    known = {"cause": cause} if cause else {}
    return {"id": identity, "started_at": f"{day}T12:00Z", "services": ["api"], **known, **more}


def test_the_certificate_of_the_sample_came_three_times(sample_history: History, sample_cohort: Cohort) -> None:
    """INC-2022-091, again as 2023-018 and 2023-063 (data/README.md), months apart, because the records say so."""
    found = repeats(sample_cohort, records_of(sample_history))
    first = found.chains[0]
    assert (first.count, first.cause, first.service) == (3, "expired_certificate", "edge-gateway")
    assert (first.ids, first.is_recorded) == (("INC-2022-091", "INC-2023-018", "INC-2023-063"), True)
    assert (found.n, found.repeats, found.recorded, found.chain_count) == (242, 34, 2, 28)
    assert found.by_chance == pytest.approx(37.9, abs=0.1)
    assert [each.is_recorded for each in found.chains[1:]] == [False] * 9


def test_the_days_of_the_rule_are_counted_from_one_to_the_next(told: Callable[..., Any]) -> None:
    """Thirty days to the second are a repeat, one second more is none."""
    cohort, records = told(
        began("A", "2024-01-01"), began("B", "2024-01-31"), began("C", "2024-03-01"),
        began("D", "2024-04-01", started_at="2024-04-01T12:00:01Z"),
    )  # fmt: skip
    found = repeats(cohort, records)
    assert [chain.ids for chain in found.chains] == [("A", "B", "C")]
    assert (found.n, found.repeats, found.recorded) == (4, 2, 0)
    assert found.rule == "the same cause and service at most 30 days after the one before, or named in repeat_of"
    assert repeats(cohort, records, within_days=31 + 1).repeats == 3


def test_another_cause_or_service_is_no_repeat(told: Callable[..., Any]) -> None:
    """Both must be the same."""
    cohort, records = told(
        began("A", "2024-01-01"), began("B", "2024-01-02", "network"), began("C", "2024-01-03", services=["web"])
    )
    found = repeats(cohort, records)
    assert (found.n, found.repeats, found.chains) == (3, 0, ())


def test_records_join_chains_of_any_cause(told: Callable[..., Any]) -> None:
    """Two chains and one of unknown cause become one."""
    cohort, records = told(
        began("A", "2024-01-01"), began("B", "2024-01-02"), began("C", "2024-03-10", "network"),
        began("D", "2024-03-11", "network", repeat_of=["a", "X-9"]), began("E", "2024-05-01", None, repeat_of="D"),
    )  # fmt: skip
    (chain,) = repeats(cohort, records).chains
    assert (chain.count, chain.ids, chain.is_recorded) == (5, ("A", "B", "C", "D", "E"), True)


def test_an_unknown_cause_cannot_be_judged(told: Callable[..., Any]) -> None:
    """It is left out and counted."""
    cohort, records = told(began("A", "2024-01-01"), began("B", "2024-01-02", None))
    found = repeats(cohort, records)
    assert (found.n, found.repeats) == (1, 0)
    assert found.left_out == (LeftOut("nothing says what caused it, or in which service", 1, ("B",)),)


def test_a_table_is_judged_by_cause_and_service(told: Callable[..., Any]) -> None:
    """Without records nothing names an earlier one."""
    rows = "A,2024-01-01T00:00:00Z,api,deploy\nB,2024-01-02T00:00:00Z,api,deploy\n"
    cohort, records = told(table=f"id,started_at,services,cause\n{rows}")
    found = repeats(cohort, records)
    assert (found.n, found.repeats, found.recorded) == (2, 1, 0)


def test_nothing_known_is_none_with_its_reason(told: Callable[..., Any]) -> None:
    """Neither of no causes nor of no incidents there is a number."""
    cohort, records = told(began("A", "2024-01-01", None))
    assert repeats(cohort, records).n is None
    assert repeats(cohort, records).reason == "no incident has both a cause and a service"
    empty, none = told(began("A", "2024-01-01"), as_of="2023-01-01")
    assert (repeats(empty, none).n, repeats(empty, none).reason) == (None, "no incidents")


def test_all_in_one_second_are_one_chain(told: Callable[..., Any]) -> None:
    """A tie is a repeat."""
    cohort, records = told(*(began(name, "2024-01-01") for name in "ABCDEF"))
    (chain,) = repeats(cohort, records).chains
    assert (chain.count, chain.ids) == (6, ("A", "B", "C", "D", "E"))
    assert plain(repeats(cohort, records))["n"] == 6  # type: ignore[index, call-overload]
