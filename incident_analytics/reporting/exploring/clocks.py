"""The clocks to choose from: what each metric of each counts from and to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.blocks import Code, Column, Table

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook


def clocks(runbook: Runbook | None = None) -> Table:
    """One row a metric of a clock: the two milestones that it lies between.

    Args:
        runbook: Names the clocks; the shipped one by default.
    """
    rows = [
        (name, Code(metric), Code(start), Code(end))
        for name, metrics in (runbook or load_runbook()).clocks.items()
        for metric, (start, end) in metrics.items()
    ]
    columns = tuple(Column(title) for title in ("Clock", "Metric", "From", "To"))
    return Table("The clocks of the runbook: one name may mean several times.", columns, tuple(rows))
