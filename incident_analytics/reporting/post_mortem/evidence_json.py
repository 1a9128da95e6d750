"""What the evidence of a post-mortem says, as the part of its JSON twin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from incident_analytics.reporting.measurement_json import Json, instant_json
from incident_analytics.reporting.post_mortem.alerts_json import alerts_json
from incident_analytics.reporting.post_mortem.database_json import database_json
from incident_analytics.reporting.post_mortem.evidence import BASELINE, calm_until
from incident_analytics.reporting.post_mortem.impact_json import impact_json
from incident_analytics.reporting.post_mortem.moved_json import moved_metrics_json
from incident_analytics.reporting.post_mortem.patterns_json import patterns_json

if TYPE_CHECKING:
    import polars as pl

    from incident_analytics.analysis.logs.moved_templates import MovedTemplates
    from incident_analytics.reporting.post_mortem.report import PostMortem


def evidence_json(report: PostMortem) -> dict[str, Json]:
    """Errors, users, baselines, what moved, patterns and the database in numbers; times are ISO 8601 in UTC."""
    found = report.evidence
    window = report.window or found.assumed
    return {
        "window": _window(report.window),
        "assumed_window": _window(found.assumed),
        "shown_window": _window(found.shown),
        "log_lines": found.log_lines,
        "unreadable_lines": found.unreadable_lines,
        "errors_per_minute": _rows(found.errors),
        "errors_by_service": _rows(
            found.errors_of_services.rename(
                {"first_error_at": "first_error_in_shown_window", "last_error_at": "last_error_in_shown_window"}
            )
        ),
        "first_errors_from": instant_json(found.first_errors_from) if found.log_lines else None,
        "first_errors": _rows(found.first_errors),
        "users_affected": _rows(found.users),
        "users_outside_window": found.users_outside,
        "baseline_window": _baseline_window(window, report),
        "baselines": _rows(found.baselines),
        "sample_holes": _rows(found.holes),
        "database": database_json(found.database_numbers),
        "moved_templates": _moved(found.moved),
        "moved_metrics": moved_metrics_json(found.moved_metrics, found.samples),
        "impact": impact_json(found.impact),
        "patterns": patterns_json(found.patterns),
        "alerts": alerts_json(found.alerts),
    }


def _baseline_window(window: tuple[datetime, datetime] | None, report: PostMortem) -> dict[str, Json] | None:
    if window is None:
        return None
    until = calm_until(window[0], report.evidence.impact)
    return _window((until - BASELINE, until))


def _moved(moved: MovedTemplates | None) -> dict[str, Json] | None:
    if moved is None:
        return None
    return {
        "window": _window((moved.start, moved.end)),
        "before": _window((moved.before_start, moved.start)),
        "placebo_windows": moved.placebos,
        "reason": moved.reason or None,
        "templates": _rows(moved.frame),
    }


def _window(window: tuple[datetime, datetime] | None) -> dict[str, Json] | None:
    return {"from": instant_json(window[0]), "to": instant_json(window[1])} if window else None


def _rows(frame: pl.DataFrame) -> list[Json]:
    return [{name: _cell(value) for name, value in row.items()} for row in frame.iter_rows(named=True)]


def _cell(value: object) -> Json:
    if isinstance(value, datetime):
        return instant_json(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, float):
        # JSON has no NaN and no infinity; a reader must not stumble over them.
        return value if abs(value) < float("inf") else str(value)
    return value if isinstance(value, (str, int)) or value is None else str(value)
