"""The runbook's response flow with the path that this incident took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Flow, FlowBox, Mark

if TYPE_CHECKING:
    from incident_analytics.analysis.response_flow import Step
    from incident_analytics.reporting.post_mortem import PostMortem

_MARKS = {"missed": "missed", "not_evidenced": "not evidenced", "pending": "pending"}


def flow(report: PostMortem) -> Flow:
    """The flow as a drawing; what it shows as missed stands with its evidence under runbook conformance."""
    rows = tuple(tuple(_box(step, report) for step in row) for row in report.flow)
    return Flow("The response flow of the runbook", rows, _caption(report))


def _box(step: Step, report: PostMortem) -> FlowBox:
    return FlowBox(step.title, _mark(step, report), step.way == "taken", step.way == "other_path", step.asks)


def _mark(step: Step, report: PostMortem) -> Mark:
    if step.way == "other_path":
        return Mark("not applicable", "not this way")
    if step.way != "taken":
        return Mark(_MARKS[step.way])
    when = words.clock_time(step.at, report.zone) if step.at else ""
    return Mark("kept", ", ".join(part for part in (when, step.answer) if part) or "taken")


def _caption(report: PostMortem) -> str:
    steps = [row for row in report.flow if any(step.way != "other_path" for step in row)]
    taken = sum(any(step.way == "taken" for step in row) for row in steps)
    return f"{taken} of {len(steps)} steps of the runbook's response flow are evidenced; times in {report.zone_name}."
