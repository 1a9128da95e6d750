"""The sections of a post-mortem: a report goes in, the blocks of one section come out.

Each section is one public function of the same name, so that a notebook's cell is one call. They
choose words and order; every number is read from the report.
"""

from incident_analytics.reporting.sections.action_items import action_items
from incident_analytics.reporting.sections.changes import changes
from incident_analytics.reporting.sections.conformance import conformance
from incident_analytics.reporting.sections.data_quality import data_quality
from incident_analytics.reporting.sections.database import database
from incident_analytics.reporting.sections.detection_and_response import detection_and_response
from incident_analytics.reporting.sections.evidence import evidence
from incident_analytics.reporting.sections.header import header
from incident_analytics.reporting.sections.impact import impact
from incident_analytics.reporting.sections.known_patterns import known_patterns
from incident_analytics.reporting.sections.questions import questions
from incident_analytics.reporting.sections.receipts import receipts
from incident_analytics.reporting.sections.timeline import timeline
from incident_analytics.reporting.sections.what_moved import what_moved

__all__ = [
    "action_items",
    "changes",
    "conformance",
    "data_quality",
    "database",
    "detection_and_response",
    "evidence",
    "header",
    "impact",
    "known_patterns",
    "questions",
    "receipts",
    "timeline",
    "what_moved",
]
