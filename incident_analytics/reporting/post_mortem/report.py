"""The post-mortem as one frozen object: every number of the document, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from incident_analytics.analysis.changes import ChangeCandidates
    from incident_analytics.analysis.conformance import Check
    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.impact_time import ImpactTime
    from incident_analytics.analysis.lint import ActionLint, Completeness
    from incident_analytics.analysis.measured_impact import MeasuredImpact
    from incident_analytics.analysis.patterns import KnownPatterns
    from incident_analytics.analysis.phases import Phase
    from incident_analytics.analysis.questions import Question
    from incident_analytics.analysis.response_flow import Step
    from incident_analytics.analysis.silences import Silence
    from incident_analytics.analysis.source_clocks import ClocksCompared
    from incident_analytics.analysis.trends.fix_ledger import LedgerEntry
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.measurement import Anchor, Finding, Measurement
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.reporting.narrative.document import Narrative
    from incident_analytics.reporting.post_mortem.evidence import EvidenceNumbers
    from incident_analytics.sources import FileReading
    from incident_analytics.sources.manifest import Integrity


@dataclass(frozen=True, slots=True)
class PostMortem:
    """Everything a post-mortem says, computed before the first line of it is drawn.

    Args:
        incident: The record.
        runbook: What it was compared with.
        as_of: The instant the report looks back from.
        is_as_of_given: Whether a person chose it; otherwise it is the latest instant in the input.
        zone: The zone that times are shown in.
        zone_name: Its name.
        anchors: The milestones.
        events: The merged timeline, with the few moments that the evidence tells.
        phases: The stretches between milestones.
        silences: The gaps in the record, longest first.
        impact_time: How long impact lasted and how often it came back.
        measurements: The metrics under the default clock, with users, revenue and people.
        clocks: The duration metrics under every other named clock.
        evidence: What the logs, metric samples and database captures say, and which known pattern it resembles.
        changes: Which recorded change may have begun the incident, with the evidence for and against each.
        clocks_compared: Whose clock differs from whose, as far as two sources tell the same.
        temporary_fixes: What was done for now, and whether it ended since, by ``as_of``.
        checks: Conformance with the runbook, in its order.
        flow: The runbook's response flow, and which of its steps were taken.
        findings: What is doubtful, worst first.
        questions: Open questions for the review.
        action_lints: What each action item lacks before it can be tracked.
        completeness: How much of the record is filled in.
        ledger: What was read from each file.
        integrity: Whether the evidence still is what was received.
        narrative: The prose that people wrote.
    """

    incident: Incident
    runbook: Runbook
    as_of: datetime
    is_as_of_given: bool
    zone: tzinfo
    zone_name: str
    anchors: Mapping[str, Anchor]
    events: tuple[Event, ...]
    phases: tuple[Phase, ...]
    silences: tuple[Silence, ...]
    impact_time: ImpactTime
    measurements: Mapping[str, Measurement]
    clocks: Mapping[str, Mapping[str, Measurement]]
    evidence: EvidenceNumbers
    changes: ChangeCandidates
    clocks_compared: ClocksCompared
    temporary_fixes: tuple[LedgerEntry, ...]
    checks: tuple[Check, ...]
    flow: tuple[tuple[Step, ...], ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    action_lints: tuple[ActionLint, ...]
    completeness: Completeness
    ledger: tuple[FileReading, ...]
    integrity: Integrity
    narrative: Narrative

    @property
    def patterns(self) -> KnownPatterns:
        """The known patterns, those first that the evidence resembles most."""
        return self.evidence.patterns

    @property
    def recorded_events(self) -> tuple[Event, ...]:
        """The events that people and their tools wrote down."""
        return tuple(event for event in self.events if not event.is_measured)

    @property
    def window(self) -> tuple[datetime, datetime] | None:
        """From the recorded start to the recorded resolution, or to ``as_of`` while it is open."""
        start, end = self.anchors["started_at"].at, self.anchors["resolved_at"].at
        if start is None:
            return None
        last = end.earliest if end else self.as_of
        return (start.earliest, last) if last > start.earliest else None

    @property
    def measured_impact(self) -> MeasuredImpact:
        """When the impact began and ended, whom it hit and what it cost, as the evidence tells it."""
        return self.evidence.impact

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        """The report as its JSON twin, so that a run notebook carries its own numbers."""
        from incident_analytics.reporting.post_mortem.twin import MEDIA_TYPE, twin  # noqa: PLC0415 -- it reads this class

        del include, exclude
        return {MEDIA_TYPE: twin(self), "text/plain": f"Post-mortem of {self.incident.id}"}

    @property
    def is_open(self) -> bool:
        """Whether nothing says that it is over, neither its record nor its timeline."""
        return self.state == "open"

    @property
    def state(self) -> Literal["open", "resolved", "closed"]:
        """Closed is over, though nobody recorded when it was resolved."""
        if self.anchors["resolved_at"].at is not None:
            return "resolved"
        return "open" if self.incident.is_open else "closed"
