"""The sections of a trend report: a report goes in, the blocks of one section come out.

Each section is one public function of the same name, so that a notebook's cell is one call. They
choose words and order; every number is read from the report.
"""

from incident_analytics.reporting.trend_sections.action_items import action_items
from incident_analytics.reporting.trend_sections.calendar import calendar
from incident_analytics.reporting.trend_sections.conformance import conformance
from incident_analytics.reporting.trend_sections.data import data
from incident_analytics.reporting.trend_sections.duration import duration
from incident_analytics.reporting.trend_sections.durations import durations
from incident_analytics.reporting.trend_sections.groups import groups
from incident_analytics.reporting.trend_sections.header import header
from incident_analytics.reporting.trend_sections.longest import longest
from incident_analytics.reporting.trend_sections.mix import mix
from incident_analytics.reporting.trend_sections.open_incidents import open_incidents
from incident_analytics.reporting.trend_sections.people import people
from incident_analytics.reporting.trend_sections.rate import rate
from incident_analytics.reporting.trend_sections.receipts import receipts
from incident_analytics.reporting.trend_sections.repeats import repeats
from incident_analytics.reporting.trend_sections.targets import targets
from incident_analytics.reporting.trend_sections.temporary_fixes import temporary_fixes
from incident_analytics.reporting.trend_sections.visible import visible

__all__ = [
    "action_items",
    "calendar",
    "conformance",
    "data",
    "duration",
    "durations",
    "groups",
    "header",
    "longest",
    "mix",
    "open_incidents",
    "people",
    "rate",
    "receipts",
    "repeats",
    "targets",
    "temporary_fixes",
    "visible",
]
