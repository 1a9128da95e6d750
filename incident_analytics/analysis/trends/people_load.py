"""What incidents take from people: how often they are pulled in, at which hours, and for how long. No names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.day_plan import HOUR_KINDS, USUAL_DAY, DayPlan, hour_kinds
from incident_analytics.analysis.lint.addresses import without_addresses
from incident_analytics.analysis.people_frame import frame_of_people
from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.analysis.trends.whole_records import records_in, why_nothing, without_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import WholeRecord

INTERRUPTION: Final = "an interruption is the first instant that the record tells of a person in an incident"
ENGAGEMENT: Final = (
    "engaged from then to the last that is told of them, in a role to the resolution: the most it can have been"
)
NOBODY: Final = "nobody is named in roles, timeline or updates"
NO_TEAM: Final = "no team recorded"
_MOST_EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class ByHours:
    """Counts, or hours, by the kind of hour in which they fall.

    Args:
        business: In business hours.
        off: In evenings, on weekends and on holidays by day.
        sleep: At night.
        total: In all.
    """

    business: float
    off: float
    sleep: float
    total: float


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """One team's share of it.

    Args:
        team: The team; an address in its name is left out.
        incidents: How many incidents pulled somebody in.
        people: How many were pulled in.
        interruptions: How often, by kind of hour.
        engaged_hours: For how long, by kind of hour.
    """

    team: str
    incidents: int
    people: int
    interruptions: ByHours
    engaged_hours: ByHours


@dataclass(frozen=True, slots=True)
class PeopleLoad:
    """What incidents took from people.

    Args:
        n: How many incidents have a beginning; `starts` counts these.
        starts: When they began, by kind of hour.
        n_records: How many of them have a record that names somebody at a known time; None without any record.
        people: How many people were pulled in.
        interruptions: How often, by kind of hour; None where no record tells.
        engaged_hours: For how long, by kind of hour.
        per_person: Each one's number of interruptions, most first, without names.
        median_per_person: The middle of these.
        busiest_share: The share of the busiest person in all interruptions.
        busiest_tenth_share: The share of the busiest tenth of people, at least one.
        teams: The same by team, the most interrupted first.
        rule: Which hours are which.
        definition: What counts as an interruption, and as engaged.
        left_out: Incidents without a record, or whose record names nobody at a known time.
        reason: Why nothing is known of people; empty where something is.
    """

    n: int
    starts: ByHours
    n_records: int | None
    people: int | None
    interruptions: ByHours | None
    engaged_hours: ByHours | None
    per_person: tuple[int, ...]
    median_per_person: float | None
    busiest_share: float | None
    busiest_tenth_share: float | None
    teams: tuple[TeamLoad, ...]
    rule: str
    definition: str
    left_out: tuple[LeftOut, ...]
    reason: str = ""


def people_load(
    records: Iterable[WholeRecord], cohort: Cohort, runbook: Runbook, *, plan: DayPlan = USUAL_DAY
) -> PeopleLoad:
    """How a cohort's incidents fall into people's days.

    Args:
        records: The whole records; those of other incidents are stepped over.
        cohort: The incidents that are looked at.
        runbook: Its calendar says when business days are, and in which zone.
        plan: When people work and when they sleep.

    Raises:
        RunbookError: The calendar names a country or subdivision that nobody knows.
    """
    starts = hour_kinds(cohort.frame["began_at"], runbook.calendar, plan)
    whole = records_in(records, cohort, runbook)
    people = frame_of_people(whole, plan=plan, as_of=cohort.scope.as_of).filter(pl.col("first_at").is_not_null())
    people = people.with_columns(
        kind=hour_kinds(people["first_at"], runbook.calendar, plan), key=pl.col("person").str.to_lowercase()
    )
    nothing = PeopleLoad(
        n=starts.len() - starts.null_count(),
        starts=_by_hours(*(int((starts == kind).sum()) for kind in HOUR_KINDS)),
        n_records=people["incident_id"].n_unique() if whole else None,
        people=None,
        interruptions=None,
        engaged_hours=None,
        per_person=(),
        median_per_person=None,
        busiest_share=None,
        busiest_tenth_share=None,
        teams=(),
        rule=plan.rule(runbook.calendar.zone),
        definition=f"{INTERRUPTION}; {ENGAGEMENT}",
        left_out=(*_unnamed(whole, people), *without_record(whole, cohort)),
        reason=why_nothing(whole, cohort) or (NOBODY if people.is_empty() else ""),
    )
    return nothing if nothing.reason else _with_people(nothing, people)


def _with_people(load: PeopleLoad, people: pl.DataFrame) -> PeopleLoad:
    per_person = tuple(people["key"].value_counts()["count"].sort(descending=True).to_list())
    tenth = per_person[: max(len(per_person) // 10, 1)]
    return replace(
        load,
        people=len(per_person),
        interruptions=_interruptions(people),
        engaged_hours=_engaged(people),
        per_person=per_person,
        median_per_person=float(pl.Series(per_person).median() or 0),  # type: ignore[arg-type]  # of counts a number
        busiest_share=per_person[0] / people.height,
        busiest_tenth_share=sum(tenth) / people.height,
        teams=_teams(people),
    )


def _teams(people: pl.DataFrame) -> tuple[TeamLoad, ...]:
    if people["team"].null_count() == people.height:
        return ()
    named = people.with_columns(pl.col("team").fill_null(NO_TEAM))
    teams = [
        TeamLoad(
            without_addresses(str(team)) or NO_TEAM,
            rows["incident_id"].n_unique(),
            rows["key"].n_unique(),
            _interruptions(rows),
            _engaged(rows),
        )
        for (team,), rows in named.group_by("team", maintain_order=True)
    ]
    return tuple(sorted(teams, key=lambda team: (-team.interruptions.total, team.team)))


def _interruptions(people: pl.DataFrame) -> ByHours:
    return _by_hours(*(int((people["kind"] == kind).sum()) for kind in HOUR_KINDS))


def _engaged(people: pl.DataFrame) -> ByHours:
    return _by_hours(*(round(float(people[f"{kind}_seconds"].sum()) / 3600, 2) for kind in HOUR_KINDS))


def _by_hours(business: float, off: float, sleep: float) -> ByHours:
    return ByHours(business, off, sleep, round(business + off + sleep, 2))


def _unnamed(whole: tuple[ToldRecord, ...], people: pl.DataFrame) -> tuple[LeftOut, ...]:
    named = set(people["incident_id"])
    ids = [each.record.incident.id for each in whole if each.record.incident.id not in named]
    return (LeftOut("its record names nobody at a known time", len(ids), tuple(ids[:_MOST_EXAMPLES])),) if ids else ()
