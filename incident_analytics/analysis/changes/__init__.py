"""Recorded changes -> which of them are candidates for what began the incident.

In: the merged timeline, the start and end of the impact as plain instants, the services that were affected, and what
the logs say of a service after its change. Out: `ChangeCandidates`: every change with its evidence for and against, a
grade, and an answer that may be "none of these". A candidate is where to look first; nothing here names a cause.

Start reading in `candidates`. `change` finds the changes, `undoing` what took them back, `base_rate` how often such
changes come, `affected` which services were hit, `new_warnings` what a service began to say after its change.
"""

from incident_analytics.analysis.changes.affected import AffectedService, affected_services
from incident_analytics.analysis.changes.candidates import Candidate, ChangeCandidates, Reason, change_candidates
from incident_analytics.analysis.changes.change import Change, recorded_changes
from incident_analytics.analysis.changes.impact_bounds import Bound, ImpactBounds
from incident_analytics.analysis.changes.new_warnings import NewWarning, new_warnings

__all__ = [
    "AffectedService",
    "Bound",
    "Candidate",
    "Change",
    "ChangeCandidates",
    "ImpactBounds",
    "NewWarning",
    "Reason",
    "affected_services",
    "change_candidates",
    "new_warnings",
    "recorded_changes",
]
