"""Each rule of the runbook over all incidents: how often it was kept, and how often nothing tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from incident_analytics.analysis.conformance import Check, conformance, preserved_evidence
from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.milestones import milestones
from incident_analytics.analysis.silences import silences
from incident_analytics.analysis.statistics.proportion import share_of
from incident_analytics.analysis.trends.record_as_seen import record_as_seen
from incident_analytics.analysis.trends.whole_records import records_in, why_nothing, without_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.cohort import Cohort, LeftOut
    from incident_analytics.model.runbook import Rule, Runbook
    from incident_analytics.sources.histories import WholeRecord

UNKNOWN_SEVERITY: Final = "unknown"
_MOST_EXAMPLES: Final = 5
_Tally: TypeAlias = "dict[str, Counter[str]]"


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many incidents are in each state of a rule.

    Args:
        met: It was kept.
        missed: It was not.
        not_evidenced: Nothing tells it either way.
        pending: Its time is not up.
        manual: No record can tell.
        not_applicable: It is not asked of them.
        judged: Met and missed.
        asked: Met, missed and not evidenced.
    """

    met: int
    missed: int
    not_evidenced: int
    pending: int
    manual: int
    not_applicable: int
    judged: int
    asked: int


@dataclass(frozen=True, slots=True)
class RuleConformance:
    """One rule over all incidents.

    Args:
        rule: Its id.
        req: The requirement it serves.
        title: What it asks for, as a statement that is true where it is met.
        quote: The runbook's own words.
        counts: How many incidents are in each state.
        share_met: Of those that could be judged.
        share_evidenced: How many of those it is asked of could be judged at all.
        by_severity: The counts of each severity, in the runbook's order, unknown last.
        missed_examples: The ids of the first that missed it, at most five.
    """

    rule: str
    req: str
    title: str
    quote: str
    counts: StateCounts
    share_met: Estimate
    share_evidenced: Estimate
    by_severity: Mapping[str, StateCounts]
    missed_examples: tuple[str, ...]

    @property
    def is_never_followed(self) -> bool:
        """Whether it was missed wherever it could be judged."""
        return self.counts.missed > 0 and not self.counts.met


@dataclass(frozen=True, slots=True)
class FleetConformance:
    """The runbook over all incidents.

    Args:
        rules: One each, in the runbook's order.
        n: How many incidents were judged; None where there is no record to judge by.
        as_of: The instant from which deadlines are seen.
        left_out: Incidents that could not be judged, by reason.
        reason: Why nothing was judged.
    """

    rules: tuple[RuleConformance, ...]
    n: int | None
    as_of: datetime
    left_out: tuple[LeftOut, ...] = ()
    reason: str = ""

    @property
    def missed_most(self) -> tuple[RuleConformance, ...]:
        """Those that were missed at all, the least kept first; at a tie that of more incidents."""
        missed = [rule for rule in self.rules if rule.counts.missed]
        return tuple(sorted(missed, key=lambda rule: (rule.share_met.estimate or 0.0, -rule.counts.judged)))

    @property
    def never_told(self) -> tuple[RuleConformance, ...]:
        """Those that are asked of some incidents and could be judged in none."""
        return tuple(rule for rule in self.rules if rule.counts.not_evidenced and not rule.counts.judged)


@dataclass(slots=True)
class _Told:
    states: _Tally = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)


def fleet_conformance(
    records: Iterable[WholeRecord], cohort: Cohort, runbook: Runbook, *, as_of: datetime
) -> FleetConformance:
    """Each rule judged in each incident of a cohort, as a post-mortem judges it.

    Args:
        records: The whole records; those of other incidents are stepped over.
        cohort: The incidents that are looked at.
        runbook: The rules.
        as_of: The instant from which we look back; what came later had not happened.
    """
    whole = records_in(records, cohort, runbook)
    left_out = without_record(whole, cohort)
    if not whole:
        return FleetConformance((), None, as_of, left_out, why_nothing(whole, cohort))
    told = {rule.id: _Told() for rule in runbook.rules}
    for each in whole:
        incident = each.record.incident
        for check in _checks(record_as_seen(each.record, as_of), runbook, as_of):
            found = told[check.rule]
            found.states.setdefault(incident.severity or UNKNOWN_SEVERITY, Counter())[check.state] += 1
            if check.state == "missed" and len(found.missed) < _MOST_EXAMPLES:
                found.missed.append(incident.id)
    rules = tuple(_rule(rule, told[rule.id], runbook) for rule in runbook.rules)
    return FleetConformance(rules, len(whole), as_of, left_out)


def _checks(record: WholeRecord, runbook: Runbook, as_of: datetime) -> tuple[Check, ...]:
    incident = record.incident
    events = merged_timeline(incident, runbook, record.entries)
    anchors = milestones(incident, events, runbook)
    quiet = silences(events, anchors, longer_than_minutes=runbook.silence_minutes, as_of=as_of)
    preserved = preserved_evidence(record.bundle) if record.bundle else {}
    return conformance(incident, events, anchors, runbook, as_of=as_of, silences=quiet, preserved=preserved)


def _rule(rule: Rule, told: _Told, runbook: Runbook) -> RuleConformance:
    order = [*runbook.severities, UNKNOWN_SEVERITY]
    counts = _counts(sum(told.states.values(), Counter()))
    return RuleConformance(
        rule=rule.id,
        req=rule.req,
        title=rule.title,
        quote=rule.quote,
        counts=counts,
        share_met=share_of(counts.met, counts.judged),
        share_evidenced=share_of(counts.judged, counts.asked),
        by_severity={name: _counts(told.states[name]) for name in order if name in told.states},
        missed_examples=tuple(told.missed),
    )


def _counts(found: Counter[str]) -> StateCounts:
    judged = found["met"] + found["missed"]
    return StateCounts(
        met=found["met"],
        missed=found["missed"],
        not_evidenced=found["not_evidenced"],
        pending=found["pending"],
        manual=found["manual"],
        not_applicable=found["not_applicable"],
        judged=judged,
        asked=judged + found["not_evidenced"],
    )
