"""Assembles a trend report from a history: each number is computed here, once, and only read afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.analysis.trends.action_items import action_items
from incident_analytics.analysis.trends.calendar import calendar
from incident_analytics.analysis.trends.changes import changes
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.duration_trend import duration_trend
from incident_analytics.analysis.trends.fleet_conformance import fleet_conformance
from incident_analytics.analysis.trends.groups import groups
from incident_analytics.analysis.trends.incident_rate import rate_trend
from incident_analytics.analysis.trends.longest import longest
from incident_analytics.analysis.trends.mix import mix_of
from incident_analytics.analysis.trends.mix_shift_trend import mix_shift_of
from incident_analytics.analysis.trends.open_incidents import open_incidents
from incident_analytics.analysis.trends.people_load import people_load
from incident_analytics.analysis.trends.repeats import repeats
from incident_analytics.analysis.trends.targets import response_targets
from incident_analytics.analysis.trends.temporary_fixes import temporary_fixes
from incident_analytics.analysis.trends.verdict import verdict
from incident_analytics.analysis.trends.visible import visible
from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.file_names import file_name
from incident_analytics.reporting.trends.asked import scope_of
from incident_analytics.reporting.trends.report import TrendReport
from incident_analytics.sources.histories import records_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.sources.histories import History


def trend_report(  # noqa: PLR0913 -- one parameter an option of `incident trends`
    history: History,
    *,
    since: str | datetime | None = None,
    until: str | datetime | None = None,
    period: str | None = None,
    by: str | None = None,
    where: str | Sequence[str] = (),
    mean: bool = False,
    reports: str | Path | None = None,
    seed: int = 1,
) -> TrendReport:
    """The trend report of a history.

    Args:
        history: What `load_incidents` gave.
        since: A day or an instant; incidents that began before are left out and counted.
        until: A day, which is included, or an instant, which is not.
        period: ``week``, ``month`` or ``quarter``; by default what the length of the history asks for.
        by: What incidents are compared by: ``severity``, ``service``, ``team``, ``cause`` or ``detected_by``.
        where: Conditions such as ``severity=SEV1,SEV2`` or ``service!=search``; all hold.
        mean: Whether to show means too. They move by chance: read docs/definitions.md first.
        reports: The folder with the reports of single incidents, to which the page links.
        seed: Of every shuffle and draw; the same gives the same.

    Raises:
        ParameterError: One of them cannot be read.
    """
    runbook = history.runbook or load_runbook()
    scope = scope_of(
        history, runbook, since=since, until=until, period=period, by=by, where=where, mean=mean, seed=seed
    )
    looked_at = cohort(history.frame, scope, runbook)
    ids = set(looked_at.frame["id"].str.to_uppercase())
    records = tuple(record for record in records_of(history) if record.incident.id.upper() in ids)
    questions = changes(looked_at)
    paging = tuple(name for name, severity in runbook.severities.items() if severity.call_by == "page")
    return TrendReport(
        history=history,
        runbook=runbook,
        scope=scope,
        cohort=looked_at,
        changes=questions,
        verdict=verdict(looked_at, questions),
        durations={metric: duration_trend(looked_at, metric, runbook.calendar) for metric in looked_at.clock},
        rate=rate_trend(looked_at),
        severity_mix=mix_of(looked_at, "severity", order=tuple(runbook.severities), together=paging),
        detection_mix=mix_of(looked_at, "detected_by"),
        mix_shift=mix_shift_of(looked_at),
        targets=response_targets(looked_at, runbook),
        open_incidents=open_incidents(looked_at),
        longest=longest(looked_at),
        calendar=calendar(looked_at),
        people=people_load(records, looked_at, runbook),
        conformance=fleet_conformance(records, looked_at, runbook, as_of=scope.as_of),
        action_items=action_items(records, looked_at, as_of=scope.as_of, runbook=runbook),
        temporary_fixes=temporary_fixes(records, looked_at, runbook),
        repeats=repeats(looked_at, records),
        groups=groups(looked_at),
        visible=visible(looked_at),
        links=_links(looked_at.frame["id"].to_list(), Path(reports)) if reports else {},
    )


def _links(ids: Sequence[str], folder: Path) -> dict[str, str]:
    """The pages of single incidents, by id, as the report that lies beside them names them."""
    pages = {identity: f"{file_name(identity)}.html" for identity in ids}
    there = {page.name for page in folder.glob("*.html")}
    return {identity: page for identity, page in pages.items() if page in there}
