"""The trend report as one frozen object: every number of the document, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incident_analytics.analysis.statistics.false_discovery import Change
    from incident_analytics.analysis.trends.action_items import ActionItemTrend
    from incident_analytics.analysis.trends.calendar import CalendarTrend
    from incident_analytics.analysis.trends.changes import Verdict
    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.analysis.trends.duration_trend import DurationTrend
    from incident_analytics.analysis.trends.fleet_conformance import FleetConformance
    from incident_analytics.analysis.trends.groups import Groups
    from incident_analytics.analysis.trends.incident_rate import RateTrend
    from incident_analytics.analysis.trends.longest import Longest
    from incident_analytics.analysis.trends.mix import MixTrend
    from incident_analytics.analysis.trends.mix_shift_trend import MixShiftTrend
    from incident_analytics.analysis.trends.open_incidents import OpenIncidents
    from incident_analytics.analysis.trends.people_load import PeopleLoad
    from incident_analytics.analysis.trends.repeats import Repeats
    from incident_analytics.analysis.trends.scope import Scope
    from incident_analytics.analysis.trends.targets import ResponseTargets
    from incident_analytics.analysis.trends.temporary_fixes import TemporaryFixes
    from incident_analytics.analysis.trends.visible import Visible
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import History

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class TrendReport:
    """Everything a trend report says, computed before the first line of it is drawn.

    Args:
        history: What was loaded, with its ledger.
        runbook: What words, targets and rules meant.
        scope: What is looked at.
        cohort: The incidents that are.
        changes: Every question asked of them, judged together.
        verdict: What changed, what did not, what is too early to say.
        durations: Each duration metric of the default clock.
        rate: How many incidents, over time.
        severity_mix: Which severities, over time.
        detection_mix: Who detected them, over time.
        mix_shift: How much of a change of durations came from which incidents there were.
        targets: Response targets met, by severity.
        open_incidents: Those that are open, oldest first.
        longest: The five longest.
        calendar: When in the week they began.
        people: Whom they kept busy, and when.
        conformance: Each rule of the runbook over all of them.
        action_items: What was promised, and what became of it.
        temporary_fixes: Quick fixes that still wait for a lasting one.
        repeats: Incidents that came again.
        groups: Their comparison by what was asked for; None where nothing was.
        visible: The smallest changes that so few incidents would show.
        links: The pages of single incidents that lie beside this report, by id.
    """

    history: History
    runbook: Runbook
    scope: Scope
    cohort: Cohort
    changes: tuple[Change, ...]
    verdict: Verdict
    durations: Mapping[str, DurationTrend]
    rate: RateTrend
    severity_mix: MixTrend
    detection_mix: MixTrend
    mix_shift: MixShiftTrend
    targets: ResponseTargets
    open_incidents: OpenIncidents
    longest: Longest
    calendar: CalendarTrend
    people: PeopleLoad
    conformance: FleetConformance
    action_items: ActionItemTrend
    temporary_fixes: TemporaryFixes
    repeats: Repeats
    groups: Groups | None
    visible: Visible
    links: Mapping[str, str]

    @property
    def title(self) -> str:
        """What the page is called: the time it looks at."""
        began = self.cohort.frame["began_at"]
        if not began.len():
            return "No incidents"
        given = self.scope.since or began[0], self.scope.until - _MOMENT if self.scope.until else began[-1]
        first, last = (at.astimezone(self.scope.zone) for at in given)
        begin, end = f"{first:%B %Y}", f"{last:%B %Y}"
        return begin if begin == end else f"{begin} to {end}"

    @property
    def is_as_of_given(self) -> bool:
        """Whether a person chose the instant; otherwise it is the latest one of the incidents."""
        return self.history.is_as_of_given

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        """The report as its JSON twin, so that a run notebook carries its own numbers."""
        from incident_analytics.reporting.trends.twin import MEDIA_TYPE, twin  # noqa: PLC0415 -- it reads this class

        del include, exclude
        return {MEDIA_TYPE: twin(self), "text/plain": f"Trends of {self.cohort.n} incidents"}
