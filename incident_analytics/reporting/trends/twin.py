"""The JSON twin of a trend report: every number of the document, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.measurement_json import instant_json
from incident_analytics.reporting.trends.plain import plain
from incident_analytics.sources.histories.ledger_json import ledger_to_json
from incident_analytics.version import __version__

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.scope import Scope
    from incident_analytics.reporting.measurement_json import Json
    from incident_analytics.reporting.trends.report import TrendReport

TWIN_VERSION = "1"
MEDIA_TYPE = "application/vnd.incident-analytics.trends+json"
# What is walked by the names of its fields.
_NUMBERS = (
    "verdict",
    "durations",
    "rate",
    "severity_mix",
    "detection_mix",
    "mix_shift",
    "targets",
    "open_incidents",
    "longest",
    "calendar",
    "people",
    "conformance",
    "action_items",
    "temporary_fixes",
    "repeats",
    "groups",
    "visible",
    "changes",
)


def twin(report: TrendReport) -> dict[str, Json]:
    """The whole report as JSON; times are ISO 8601 in UTC, durations seconds, unknown is null."""
    cohort = report.cohort
    return {
        "schema_version": TWIN_VERSION,
        "kind": "trends",
        "made_by": f"incident_analytics {__version__}",
        "title": report.title,
        "as_of": instant_json(report.scope.as_of),
        "as_of_given": report.is_as_of_given,
        "runbook": report.runbook.name,
        "asked": _asked(report.scope),
        "cohort": {
            "n": cohort.n,
            "period": cohort.period,
            "periods": plain(cohort.periods),
            "left_out": plain(cohort.left_out),
        },
        **{name: plain(getattr(report, name)) for name in _NUMBERS},
        "inputs": [
            {"file": each.file, "sha256": each.sha256, "bytes": each.size} for each in report.history.fingerprints
        ],
        "ledger": plain(ledger_to_json(report.history.ledger)),
        "findings": [
            {"rule": finding.rule, "level": finding.level, "message": finding.message}
            for finding in report.history.findings
        ],
    }


def _asked(scope: Scope) -> dict[str, Json]:
    return {
        "since": plain(scope.since),
        "until": plain(scope.until),
        "period": scope.period,
        "by": scope.by,
        "where": plain(scope.where),
        "zone": scope.zone_name,
        "with_mean": scope.with_mean,
        "seed": scope.seed,
    }
