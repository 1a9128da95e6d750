"""Bursts of errors that are the same but for quarter hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from incident_analytics.analysis.source_clocks import RequestClocks, clock_findings, clocks_compared, same_bursts

NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
SCHEMA = {
    "timestamp": pl.Datetime("us", "UTC"),
    "severity_number": pl.Int8,
    "service": pl.String,
    "file": pl.String,
}


def failing(**bursts: tuple[int, int]) -> pl.DataFrame:
    """Services with an error every half hour, and ten a minute from a minute after noon on for so many minutes."""
    rows = []
    for service, (begins, lasts) in bursts.items():
        minutes = [*range(0, 240, 30), *(minute for minute in range(begins, begins + lasts) for _ in range(10))]
        rows += [(NOON + timedelta(minutes=minute), 17, service, f"{service}.log") for minute in minutes]
    return pl.DataFrame(rows, SCHEMA, orient="row")


@pytest.mark.parametrize("later", [15, 30, 60, 61, 120])
def test_a_burst_as_long_and_quarter_hours_later_is_a_hint(later: int) -> None:
    """To a minute, as both are counted by the minute; it is information and no doubt."""
    (found,) = same_bursts(failing(web=(40, 20), edge=(40 + later, 20)), ())
    assert (found.service, found.against, found.minutes_later, found.minutes) == ("edge", "web", later // 15 * 15, 20)
    (finding,) = clock_findings(clocks_compared((), bursts=(found,)), UTC)
    assert (finding.rule, finding.level) == ("clock-hint", "info")
    assert "as long from 12:40 on" in finding.message
    assert "This is a hint only" in finding.message


@pytest.mark.parametrize("other", [(40, 20), (47, 20), (100, 27), (100, 4)])
def test_bursts_at_once_or_of_another_length_are_none(other: tuple[int, int]) -> None:
    """Two services that fail together have one burst; seven minutes later is no zone."""
    assert same_bursts(failing(web=(40, 20), edge=other), ()) == ()


def test_services_that_ids_compare_need_no_hint() -> None:
    """The ids know better."""
    known = RequestClocks("edge", "web", 99, 0.1, 0.1, 0.1, 0.1, is_told=False)
    assert same_bursts(failing(web=(40, 20), edge=(100, 20)), (known,)) == ()
    assert same_bursts(failing(web=(40, 20)).clear(), ()) == ()
