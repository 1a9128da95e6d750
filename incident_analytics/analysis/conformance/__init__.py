"""An incident beside the runbook: what was asked, what was done, and the evidence.

In come the record, its merged timeline, its milestones, its silences and what evidence was preserved when;
out goes one `Check` for each rule of the runbook, in the runbook's order, and findings about the declared
severity and the roles. Start reading in `judging.py`; each other file judges one family of rules.
"""

from incident_analytics.analysis.conformance.cadence import PromisedUpdate, UpdateAudit, UpdateGap, audit_updates
from incident_analytics.analysis.conformance.check import Check, State
from incident_analytics.analysis.conformance.judging import conformance
from incident_analytics.analysis.conformance.preserved import preserved_evidence
from incident_analytics.analysis.conformance.roles import role_findings
from incident_analytics.analysis.conformance.severities import severity_findings
from incident_analytics.analysis.conformance.situation import Situation

__all__ = [
    "Check",
    "PromisedUpdate",
    "Situation",
    "State",
    "UpdateAudit",
    "UpdateGap",
    "audit_updates",
    "conformance",
    "preserved_evidence",
    "role_findings",
    "severity_findings",
]
