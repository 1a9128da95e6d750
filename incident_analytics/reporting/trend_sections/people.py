"""People: how often incidents pull them in, at which hours, and how evenly. Nobody is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Callout, Column, Folded, Paragraph, Table
from incident_analytics.reporting.figures.people_load import people_load_figure

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.people_load import ByHours, PeopleLoad
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport

_MOST_TEAMS: Final = 12
_COLUMNS: Final = (
    Column("Team"),
    Column("Incidents", "right"),
    Column("People or rotas", "right"),
    Column("Business", "right"),
    Column("Off", "right"),
    Column("Sleep", "right"),
    Column("All", "right"),
    Column("Hours engaged, at most", "right"),
    Column("of them in sleep hours", "right"),
)


def people(report: TrendReport) -> tuple[Block, ...]:
    """How often people were pulled in off hours and at night, by team, and how evenly it falls on them."""
    load = report.people
    if not load.n:
        return (Callout("Nothing is known of people.", "No incidents.", tone="note"),)
    if load.interruptions is None:
        told = f"{load.reason[:1].upper()}{load.reason[1:]}."
        return (
            Paragraph(_starts(load)),
            Callout("Whom they pulled in is not known.", told, tone="note"),
            Paragraph(_rule(load)),
        )
    blocks: list[Block] = [Paragraph(_lead(load.interruptions))]
    shown = [(team.team, team.interruptions) for team in load.teams[:_MOST_TEAMS]]
    figure = people_load_figure(shown or [("all", load.interruptions)], caption=_caption(load))
    blocks += [figure] if figure else []
    blocks += [Paragraph(_evenness(load)), Paragraph(_starts(load))]
    blocks.append(Folded("By team, in hours, and how it was counted", (_table(load), Paragraph(_counted(load)))))
    return tuple(blocks)


def _lead(interruptions: ByHours) -> str:
    total = words.counted(round(interruptions.total), "time")
    outside = interruptions.off + interruptions.sleep
    if not outside:
        return f"People were pulled in {total}, always in business hours."
    return (
        f"People were pulled in {total}: {outside:,.0f} of them outside business hours, "
        f"{interruptions.sleep:,.0f} in sleep hours."
    )


def _caption(load: PeopleLoad) -> str:
    hidden = len(load.teams) - _MOST_TEAMS
    more = f" {hidden} more teams are in the table." if hidden > 0 else ""
    by = "by team" if load.teams else "no record tells of teams"
    return f"How often somebody was pulled into an incident, {by}; {_n(load)}.{more}"


def _n(load: PeopleLoad) -> str:
    return f"{load.n_records or 0:,} of {words.counted(load.n, 'incident')} name somebody"


def _evenness(load: PeopleLoad) -> str:
    who = words.counted(load.people or 0, "person or rota", "people or rotas")
    share = f"{100 * (load.busiest_share or 0):.0f} %"
    if load.people == 1:
        return f"All of it fell on {who}."
    median = f"{load.median_per_person or 0:g}"
    even = 100 / (load.people or 1)
    return (
        f"It fell on {who}: the middle one was pulled in {median} times, the busiest {load.per_person[0]:,} times, "
        f"{share} of all ({even:.0f} % would be even)."
    )


def _starts(load: PeopleLoad) -> str:
    starts = load.starts
    return (
        f"Of {words.counted(load.n, 'incident')} {starts.business:,.0f} began in business hours, {starts.off:,.0f} in "
        f"off hours and {starts.sleep:,.0f} in sleep hours."
    )


def _rule(load: PeopleLoad) -> str:
    return f"{load.rule[:1].upper()}{load.rule[1:]}."


def _counted(load: PeopleLoad) -> str:
    gone = "".join(f" {each.count:,} left out: {each.reason}." for each in load.left_out)
    return f"{load.definition[:1].upper()}{load.definition[1:]}. {_rule(load)}{gone}"


def _table(load: PeopleLoad) -> Table:
    rows = [_row(team.team, team.incidents, team.people, team.interruptions, team.engaged_hours) for team in load.teams]
    if load.interruptions and load.engaged_hours:
        rows.append(_row("All", load.n_records or 0, load.people or 0, load.interruptions, load.engaged_hours))
    return Table("Interruptions by kind of hour", _COLUMNS, tuple(rows))


def _row(name: str, incidents: int, people: int, interruptions: ByHours, engaged: ByHours) -> tuple[Inline, ...]:
    kinds = (interruptions.business, interruptions.off, interruptions.sleep, interruptions.total)
    return (
        name,
        words.count(incidents),
        words.count(people),
        *(words.count(number) for number in kinds),
        f"{engaged.total:,.0f} h",
        f"{engaged.sleep:,.0f} h",
    )
