"""The section on what is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.reporting.trend_sections import open_incidents

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport


def told(report: TrendReport) -> str:
    """The section in plain words."""
    return "\n".join(block.plain() for block in open_incidents(report)).replace("\u00a0", " ")


def test_oldest_comes_first(sample_trends: TrendReport) -> None:
    """data/README.md: INC-2023-102 since 2023-11-21."""
    lines = told(sample_trends).splitlines()
    assert lines[0] == (
        "5 of 242 incidents are open. The oldest is INC-2023-102 (SEV4, search-api), since Tue 21 Nov 2023, "
        "40 d 17 h ago."
    )
    assert [line.split()[0] for line in lines[3:]] == [
        "INC-2023-102", "INC-2023-115", "INC-2023-116", "INC-2023-117", "INC-2023-118",
    ]  # fmt: skip


def test_older_ones_than_the_time_looked_at_are_not_passed_over_in_silence(sample_trends: TrendReport) -> None:
    """Since July nobody sees what is open since May."""
    report = replace(sample_trends, scope=replace(sample_trends.scope, since=datetime(2023, 7, 1, tzinfo=UTC)))
    assert "Those that began before the time that is looked at are not counted." in told(report)


def test_those_not_named_are_counted(sample_trends: TrendReport) -> None:
    """Thirty open ones, five of them in the table."""
    found = replace(sample_trends.open_incidents, n=30)
    assert told(replace(sample_trends, open_incidents=found)).splitlines()[-1] == "25 more are open."


def test_unknown_severity_and_service_are_told_so(sample_trends: TrendReport) -> None:
    """One open incident of which little is known."""
    one = replace(sample_trends.open_incidents.incidents[0], severity=None, service=None, title=None)
    found = replace(sample_trends.open_incidents, n=1, incidents=(one,))
    assert "1 of 242 incidents is open. It is INC-2023-102 (severity unknown)" in told(
        replace(sample_trends, open_incidents=found)
    )


def test_nothing_open_is_told_so(sample_trends: TrendReport) -> None:
    """Of some, and of none at all."""
    none = replace(sample_trends.open_incidents, n=0, incidents=())
    report = replace(sample_trends, open_incidents=none)
    assert told(report) == "At Mon 1 Jan 2024, 00:00 none of 242 incidents is open."
    empty = replace(sample_trends, open_incidents=replace(none, n_all=0))
    assert told(empty) == "At Mon 1 Jan 2024, 00:00 no incident began."
