"""Connections by state and application, against the limit where it was captured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.database import captures_of, connections

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.database import DatabaseReading


def test_the_sample_counts_46_connections_and_6_of_the_server(sample: DatabaseReading) -> None:
    """Nobody captured the limit."""
    found = connections(captures_of(sample)[0])
    assert found is not None
    assert (found.total, found.background, found.limit, found.share) == (46, 6, None, None)
    first = found.groups[0]
    assert (first.state, first.application, first.count) == ("active", "payment-processor", 16)


@pytest.mark.parametrize("settings", ["name,setting\nmax_connections,20\nwork_mem,4096\n", "max_connections\n20\n"])
def test_the_limit_is_the_servers_setting(written: Callable[..., DatabaseReading], settings: str) -> None:
    """From pg_settings or from SHOW."""
    reading = written(
        connection_count="state,application_name,count\nidle,api,15\nactive,api,3\n", pg_settings=settings
    )
    found = connections(captures_of(reading)[0])
    assert found is not None
    assert (found.total, found.limit, found.share, found.told_by) == (18, 20, 0.9, "connection_count")


def test_a_total_is_one_group(recorded: Callable[..., DatabaseReading]) -> None:
    """The runbook's own count has no grouping, and may hold the server's processes."""
    found = connections(captures_of(recorded("db_connection_count.csv"))[0])
    assert found is not None
    assert (found.total, found.background, len(found.groups)) == (23, None, 1)


def test_sessions_are_counted_where_no_count_was_kept(recorded: Callable[..., DatabaseReading]) -> None:
    """23 rows, 5 of them the server's own."""
    found = connections(captures_of(recorded("db_pg_stat_activity.csv"))[0])
    assert found is not None
    assert (found.total, found.background, found.told_by) == (18, 5, "pg_stat_activity")


def test_answers_that_list_some_sessions_are_no_count(recorded: Callable[..., DatabaseReading]) -> None:
    """The blocking query lists who waits."""
    assert connections(captures_of(recorded("db_blocking.csv"))[0]) is None
