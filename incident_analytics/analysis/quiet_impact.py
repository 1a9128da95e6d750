"""Whether the evidence was searched for an impact and shows none, which is not the same as not knowing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.impact_seen import LOGS
from incident_analytics.analysis.snapshots.three_levels import FEWEST_SAMPLES
from incident_analytics.model.measurement import Finding

if TYPE_CHECKING:
    from incident_analytics.analysis.measured_impact import MeasuredImpact
    from incident_analytics.analysis.snapshots.impact_window import ImpactWindow
    from incident_analytics.model.measurement import Anchor


def shows_no_impact(impact: MeasuredImpact) -> bool:
    """Whether every source was compared with its quiet stretches, and none moved farther than they do.

    A source whose samples are all equal did not move either.
    """
    return bool(impact.seen_by) and all(one.start_at is None and _is_quiet(one.window) for one in impact.seen_by)


def _is_quiet(window: ImpactWindow) -> bool:
    is_flat = window.difference is None and window.n >= FEWEST_SAMPLES
    return window.threshold is not None or is_flat


def searched_words(impact: MeasuredImpact) -> str:
    """What was searched: ``logs``, ``metrics``, or both."""
    names = {"logs" if one.source == LOGS else "metrics" for one in impact.seen_by}
    return " and ".join(sorted(names))


def no_impact_findings(impact: MeasuredImpact, start: Anchor) -> list[Finding]:
    """The finding that a recorded incident left no trace in what customers meet.

    Args:
        impact: The measured one.
        start: The recorded start.
    """
    if not shows_no_impact(impact) or start.at is None:
        return []
    sources = len(impact.seen_by)
    told = "the one source that was searched" if sources == 1 else f"none of {sources} sources that were searched"
    farther = "moved no farther than in quiet times" if sources == 1 else "moved farther than in quiet times"
    message = f"the {searched_words(impact)} show no impact: {told} {farther}"
    return [Finding("impact-not-shown", "warning", message, seen=start.at.text)]
