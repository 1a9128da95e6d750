"""Evidence: what logs, metric samples and database captures show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Paragraph, Table
from incident_analytics.reporting.figures import error_rate_figure, metric_panels_figure
from incident_analytics.reporting.sections.clocks import skewed_clocks
from incident_analytics.reporting.sections.panels import panels

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.post_mortem import PostMortem


def evidence(report: PostMortem) -> tuple[Block, ...]:
    """The figures, and the tables behind them; or that there is no evidence."""
    found = report.evidence
    blocks: list[Block | None] = [
        *skewed_clocks(report),
        error_rate_figure(
            found.errors,
            by_service=found.errors_of_minutes,
            window=report.window,
            zone=report.zone_name,
            onset=report.measured_impact.start_at,
            over=report.measured_impact.end_at,
        ),
        _services(report),
        metric_panels_figure(
            panels(report),
            window=report.window,
            zone=report.zone_name,
            onset=report.measured_impact.start_at,
            over=report.measured_impact.end_at,
        ),
    ]
    shown = tuple(block for block in blocks if block is not None)
    return shown or (Paragraph("The bundle holds no logs, metric samples or database captures."),)


def _services(report: PostMortem) -> Table | None:
    first = {row["service"]: row for row in report.evidence.first_errors.iter_rows(named=True)}
    begins = words.clock_time(report.evidence.first_errors_from, report.zone)
    rows = []
    for row in report.evidence.errors_of_services.iter_rows(named=True):
        error = first.get(row["service"])
        rows.append(
            (
                row["service"] or "no service named",
                words.count(row["lines"]),
                None if row["errors"] is None else words.count(row["errors"]),
                _to_the_millisecond(error["first_error_at"], report.zone) if error else None,
                Code(words.shortened(error["message"] or "")) if error else None,
            )
        )
    columns = (
        Column("Service"),
        Column("Log lines", "right"),
        Column("Errors", "right"),
        Column(f"First error from {begins} on", "right"),
        Column("It said"),
    )
    if not rows:
        return None
    early = ", when errors rose before the recorded start" if report.evidence.early else ""
    return Table(
        f"Errors by service in the stretch shown; first errors are looked for from {begins} on{early}",
        columns,
        tuple(rows),
    )


def _to_the_millisecond(at: datetime, zone: tzinfo) -> str:
    """A time of day as logs write it: who broke first is a matter of milliseconds."""
    return at.astimezone(zone).isoformat(timespec="milliseconds")[11:23]
