"""Tests of what incidents take from people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.people_load import ByHours, people_load
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.reporting.trends.plain import plain
from incident_analytics.sources.histories import records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.analysis.trends.people_load import PeopleLoad
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import History, WholeRecord

    Told = Callable[..., tuple[Cohort, tuple[WholeRecord, ...]]]

NEW_YEAR_2024 = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample_load(sample_history: History, sample_cohort: Cohort, runbook: Runbook) -> PeopleLoad:
    """The people of data/history."""
    return people_load(records_of(sample_history), sample_cohort, runbook)


def record(name: str, at: str, *people: str, **more: object) -> dict[str, object]:
    """An incident of an hour that pulled people in at its start."""
    roles = [{"role": "Technical Lead", "person": person, "assigned_at": f"2024-01-{at}:00Z"} for person in people]
    return {"id": name, "started_at": f"2024-01-{at}:00Z", "roles": roles, **more}


def test_sample_history_pulls_people_in_at_night(sample_load: PeopleLoad) -> None:
    """data/README.md: 37 begin between 22 and 7. 441 named roles, 21 of them without a time."""
    assert sample_load.n == 242
    assert sample_load.starts == ByHours(136, 69, 37, 242)
    assert sample_load.interruptions == ByHours(224, 131, 65, 420)
    assert (sample_load.people, sample_load.per_person[0], sample_load.n_records) == (16, 41, 228)
    assert [each.count for each in sample_load.left_out] == [14]


def test_teams_add_up_to_the_whole(sample_load: PeopleLoad) -> None:
    """The most interrupted first."""
    assert [team.team for team in sample_load.teams] == ["payments", "storefront", "platform", "data"]
    assert sum(team.interruptions.total for team in sample_load.teams) == 420
    assert sum(sample_load.per_person) == 420


def test_an_interruption_is_counted_once_a_person_and_incident(told: Told, runbook: Runbook) -> None:
    """Mon 15 Jan 2024: two at noon, one of them again at 20:00 and at 23:00."""
    incidents = [
        record("INC-1", "15T12:00", "Ana Costa", "Wei Chen", team="search"),
        record("INC-2", "15T20:00", "ana costa", team="search"),
        record("INC-3", "15T23:00", "Ana Costa", team="search"),
    ]
    looked_at, records = told(*incidents)
    load = people_load(records, looked_at, runbook)
    assert load.interruptions == ByHours(2, 1, 1, 4)
    assert load.per_person == (3, 1)
    assert (load.median_per_person, load.busiest_share, load.busiest_tenth_share) == (2.0, 0.75, 0.75)
    assert [(team.team, team.incidents, team.people) for team in load.teams] == [("search", 3, 2)]


def test_hours_of_a_role_run_to_the_resolution(told: Told, runbook: Runbook) -> None:
    """16:00 to 18:00 on a Monday: one hour of work and one of the evening."""
    looked_at, records = told(record("INC-1", "15T16:00", "Ana Costa", resolved_at="2024-01-15T18:00:00Z"))
    assert people_load(records, looked_at, runbook).engaged_hours == ByHours(1, 1, 0, 2)


def test_no_name_address_or_phone_number_is_in_the_numbers(told: Told, runbook: Runbook) -> None:
    """Neither a person's name nor an address in a team's."""
    incident = record("INC-1", "15T12:00", "Ana Costa +44 20 7946 0958", team="search ana@example.com")
    looked_at, records = told(incident)
    load = people_load(records, looked_at, runbook)
    written = str(plain(load))
    assert load.people == 1
    for secret in ("Ana", "7946", "example.com"):
        assert secret not in written


def test_rows_of_tables_still_have_their_beginnings(told: Told, runbook: Runbook) -> None:
    """Whom they pulled in is not known; when they began is."""
    table = "id,started_at\nINC-1,2024-01-15T12:00:00Z\nINC-2,2024-01-15T23:00:00Z\n"
    looked_at, records = told(table=table)
    load = people_load(records, looked_at, runbook)
    assert load.starts == ByHours(1, 0, 1, 2)
    assert (load.people, load.interruptions, load.n_records, load.per_person) == (None, None, None, ())
    assert load.reason == "no records: rows of tables tell of no such thing"


def test_records_that_name_nobody_say_so(told: Told, runbook: Runbook) -> None:
    """No zero interruptions."""
    looked_at, records = told(record("INC-1", "15T12:00"))
    load = people_load(records, looked_at, runbook)
    assert (load.interruptions, load.reason) == (None, "nobody is named in roles, timeline or updates")
    assert [each.examples for each in load.left_out] == [("INC-1",)]


def test_no_incidents_say_so(sample_history: History, runbook: Runbook) -> None:
    """Nothing began and nobody was pulled in."""
    nothing = cohort(sample_history.frame.clear(), Scope(NEW_YEAR_2024), runbook)
    load = people_load((), nothing, runbook)
    assert (load.n, load.interruptions, load.reason) == (0, None, "no incidents")
