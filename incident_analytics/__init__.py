"""What happens after an incident: exported files in, numbers in the middle, documents out.

    from incident_analytics import open_bundle, post_mortem

    report = post_mortem(open_bundle("INC-2024-001"))
    report.measurements["time_to_resolution"].value   # 5400.0 seconds

The names below are the public API; each is loaded when it is first used, so importing this package is light.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from incident_analytics.version import __version__

if TYPE_CHECKING:
    from incident_analytics import statistics
    from incident_analytics.analysis.action_items_frame import action_items_frame
    from incident_analytics.analysis.history import load_incidents
    from incident_analytics.analysis.incidents_frame import incidents_frame
    from incident_analytics.analysis.people_frame import people_frame
    from incident_analytics.analysis.response_times import response_times
    from incident_analytics.analysis.timeline_frame import timeline_frame
    from incident_analytics.analysis.watched_durations import watched_durations, watched_durations_by
    from incident_analytics.errors import IncidentAnalyticsError
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.measurement import Finding, Measurement
    from incident_analytics.model.runbook import Runbook, load_runbook
    from incident_analytics.reporting import exploring, sections, trend_sections
    from incident_analytics.reporting.blocks import show
    from incident_analytics.reporting.post_mortem import PostMortem, post_mortem
    from incident_analytics.reporting.publishing import publish
    from incident_analytics.reporting.trends.assembly import trend_report
    from incident_analytics.reporting.trends.report import TrendReport
    from incident_analytics.sources import Bundle, open_bundle, open_bundles
    from incident_analytics.sources.histories import History

_HOMES = {
    "Bundle": "sources",
    "Finding": "model.measurement",
    "History": "sources.histories",
    "Incident": "model.incident",
    "IncidentAnalyticsError": "errors",
    "Measurement": "model.measurement",
    "PostMortem": "reporting.post_mortem",
    "Runbook": "model.runbook",
    "TrendReport": "reporting.trends.report",
    "action_items_frame": "analysis.action_items_frame",
    "exploring": "reporting",
    "incidents_frame": "analysis.incidents_frame",
    "load_incidents": "analysis.history",
    "load_runbook": "model.runbook",
    "open_bundle": "sources",
    "open_bundles": "sources",
    "people_frame": "analysis.people_frame",
    "post_mortem": "reporting.post_mortem",
    "publish": "reporting.publishing",
    "response_times": "analysis.response_times",
    "sections": "reporting",
    "show": "reporting.blocks",
    "trend_report": "reporting.trends.assembly",
    "trend_sections": "reporting",
    "statistics": "statistics",
    "timeline_frame": "analysis.timeline_frame",
    "watched_durations": "analysis.watched_durations",
    "watched_durations_by": "analysis.watched_durations",
}

__all__ = [
    "Bundle",
    "Finding",
    "History",
    "Incident",
    "IncidentAnalyticsError",
    "Measurement",
    "PostMortem",
    "Runbook",
    "TrendReport",
    "__version__",
    "action_items_frame",
    "exploring",
    "incidents_frame",
    "load_incidents",
    "load_runbook",
    "open_bundle",
    "open_bundles",
    "people_frame",
    "post_mortem",
    "publish",
    "response_times",
    "sections",
    "show",
    "statistics",
    "timeline_frame",
    "trend_report",
    "trend_sections",
    "watched_durations",
    "watched_durations_by",
]


def __getattr__(name: str) -> object:
    """The public name, loaded from its room when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'incident_analytics' has no attribute '{name}'")
    room = import_module(f"incident_analytics.{_HOMES[name]}")
    if _HOMES[name] == name:  # a module of its own
        return room
    try:
        return getattr(room, name)
    except AttributeError:
        return import_module(f"incident_analytics.{_HOMES[name]}.{name}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
