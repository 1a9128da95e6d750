"""What the evidence of one incident says: error rate, users, metric samples, known patterns, the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.alerts_told import with_series
from incident_analytics.analysis.errors_before_start import errors_before_start
from incident_analytics.analysis.logs import (
    affected_users,
    errors_by_service,
    errors_per_minute,
    errors_per_minute_by_service,
    first_error_per_service,
    users_affected_over_time,
)
from incident_analytics.analysis.logs.message_templates import with_template
from incident_analytics.analysis.logs.moved_templates import moved_templates, onset_window
from incident_analytics.analysis.measured_impact import LOGS
from incident_analytics.analysis.patterns import known_patterns
from incident_analytics.analysis.snapshots import against_baseline
from incident_analytics.analysis.snapshots.sample_holes import sample_holes
from incident_analytics.analysis.source_clocks import clocks_set_back, same_bursts, server_dates, service_clocks
from incident_analytics.reporting.post_mortem.changes import changes_and_warnings
from incident_analytics.reporting.post_mortem.database import DatabaseNumbers, database_numbers
from incident_analytics.reporting.post_mortem.moved_metrics import moved_metrics
from incident_analytics.reporting.post_mortem.searched_impact import searched_impact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incident_analytics.analysis.changes import Change, NewWarning
    from incident_analytics.analysis.errors_before_start import EarlyErrors
    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.logs.moved_templates import MovedTemplates
    from incident_analytics.analysis.measured_impact import MeasuredImpact
    from incident_analytics.analysis.patterns import KnownPatterns
    from incident_analytics.analysis.snapshots.moved_most import MovedMost
    from incident_analytics.analysis.source_clocks import RequestClocks, SameBurst, ServerDates, SetBack
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.sources import Bundle
    from incident_analytics.sources.alerts import Alert
    from incident_analytics.sources.database import DatabaseReading

Window = tuple[datetime, datetime]
BEFORE, AFTER = timedelta(hours=1), timedelta(minutes=30)
BASELINE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class EvidenceNumbers:
    """The numbers that the report takes from logs, samples and captures.

    Args:
        shown: The stretch that figures show: an hour before the start to half an hour after the end.
        log_lines: How many log records there are.
        unreadable_lines: How many of them could not be understood.
        errors: Errors per minute in the shown stretch.
        errors_of_minutes: The same for each service.
        errors_of_services: Errors of each service over the shown stretch.
        early: Errors that rose before the recorded start, where they did.
        first_errors_from: Where the search for first errors begins: the minute they rose, else the recorded start.
        first_errors: The first error of each service from there to the recorded end.
        users: One row: distinct users with an error in the recorded window.
        users_shown: The same for the shown stretch.
        users_over_time: Users of the measured window, without one of the recorded, by the minute, each counted once.
        moved: The templates of messages that are new or came more or less often at the onset; None without a window.
        moved_metrics: The metrics that moved most in the same minutes; None without a window or samples.
        patterns: The known patterns, those first that the evidence resembles most.
        samples: The metric samples of the shown stretch.
        baselines: Each metric in the window against the hour before it, or before the measured start.
        holes: What is missing from the samples of the shown stretch.
        database: What the captures say of the database.
        database_numbers: The same in numbers.
        impact: When the impact began and ended, whom it hit and what it cost, as measured.
        changes: Every recorded change, with what its services began to log between it and the start.
        request_clocks: The clocks of services, compared by the requests that both log.
        set_back: Files of logs whose clock was set back.
        server_dates: Services compared with the dates of the answers they log.
        alerts: Each alert of the exported alert files once, in order of time.
        assumed: What stands for the recorded window where no start is recorded: from the measured start on; else None.
        same_bursts: Services whose errors rose for as long, quarter hours apart.
    """

    shown: Window | None
    log_lines: int
    unreadable_lines: int
    errors: pl.DataFrame
    errors_of_minutes: pl.DataFrame
    errors_of_services: pl.DataFrame
    early: EarlyErrors | None
    first_errors_from: datetime
    first_errors: pl.DataFrame
    users: pl.DataFrame
    users_shown: pl.DataFrame
    users_over_time: pl.DataFrame
    moved: MovedTemplates | None
    moved_metrics: MovedMost | None
    patterns: KnownPatterns
    samples: pl.DataFrame
    baselines: pl.DataFrame
    holes: pl.DataFrame
    database: DatabaseReading
    database_numbers: DatabaseNumbers
    impact: MeasuredImpact
    changes: Mapping[Change, NewWarning | None]
    request_clocks: tuple[RequestClocks, ...]
    set_back: tuple[SetBack, ...]
    server_dates: tuple[ServerDates, ...]
    alerts: tuple[Alert, ...] = ()
    assumed: Window | None = None
    same_bursts: tuple[SameBurst, ...] = ()

    @property
    def users_measured(self) -> int | None:
        """Distinct users with an error in the recorded window; None where the logs cannot tell, or without a start."""
        return _number(self.users) if self.shown and not self.assumed else None

    @property
    def users_outside(self) -> int | None:
        """Distinct users of the shown stretch who had errors only before or after the recorded window."""
        inside, shown = self.users_measured, _number(self.users_shown)
        return None if inside is None or shown is None else shown - inside


def evidence_numbers(
    bundle: Bundle,
    window: Window | None,
    events: Sequence[Event] = (),
    anchors: Mapping[str, Anchor] | None = None,
) -> EvidenceNumbers:
    """Reads every evidence file once and computes what the report shows of it.

    Args:
        bundle: The incident's files.
        window: The recorded start and end; without one the measured start stands for it, and where none is measured
            the logs and samples are shown whole.
        events: The recorded events; the changes among them are held against the logs.
        anchors: The milestones, near which an impact without a recorded start is looked for.
    """
    logs, samples = bundle.logs.collect(), bundle.samples.collect()
    impact, assumed = searched_impact(bundle, logs, samples, recorded=window, events=events, anchors=anchors)
    recorded, window = window, window or assumed
    shown = (window[0] - BEFORE, window[1] + AFTER) if window else None
    start, end = window or _whole(logs)
    in_window = _between(logs, shown)
    early = errors_before_start(logs, start) if recorded else None
    rise = early.minute_at if early else start
    counted = _counted((start, end), impact)
    moved = _moved(logs, rise, end) if window else None
    metrics_began = [one.start_at for one in impact.told if one.start_at and one.source != LOGS]
    by_ids = service_clocks(logs, window[0] if window else None, metrics_began)
    return EvidenceNumbers(
        shown=shown,
        log_lines=logs.height,
        unreadable_lines=sum(line.unreadable for line in bundle.ledger if line.kind == "logs"),
        errors=errors_per_minute(in_window),
        errors_of_minutes=errors_per_minute_by_service(in_window),
        errors_of_services=errors_by_service(in_window),
        early=early,
        first_errors_from=rise,
        first_errors=first_error_per_service(logs, since=rise, until=end),
        users=affected_users(logs, since=start, until=end),
        users_shown=affected_users(logs, since=(shown or (start, end))[0], until=(shown or (start, end))[1]),
        users_over_time=users_affected_over_time(logs, since=counted[0], until=counted[1]),
        moved=moved,
        moved_metrics=moved_metrics(samples, begins=rise, end=end, messages=moved) if window else None,
        patterns=known_patterns(
            bundle.runbook.patterns,
            logs=logs,
            samples=samples,
            database=bundle.database,
            services=bundle.record.services,
            **_compared_at(rise, end, impact, window),
        ),
        samples=_between(samples, shown),
        baselines=_baselines(samples, (start, end), impact) if window else pl.DataFrame(),
        holes=sample_holes(_between(samples, shown)),
        database=bundle.database,
        database_numbers=database_numbers(bundle.database),
        impact=impact,
        changes=changes_and_warnings(events, bundle.record.services, logs, samples, rise),
        request_clocks=by_ids,
        same_bursts=same_bursts(logs, by_ids),
        set_back=clocks_set_back(logs),
        server_dates=server_dates(logs, window[0] if window else None),
        alerts=with_series(bundle.alerts, samples),
        assumed=assumed,
    )


def calm_until(start: datetime, impact: MeasuredImpact) -> datetime:
    """Where the baseline ends: the start, or the last instant without impact where one is measured before it."""
    after = impact.told_by.start_after if impact.told_by else None
    return min(start, after) if after else start


def _baselines(samples: pl.DataFrame, window: Window, impact: MeasuredImpact) -> pl.DataFrame:
    start, end = window
    return against_baseline(samples, start=start, end=end, baseline=BASELINE, calm_until=calm_until(start, impact))


def _counted(window: Window, impact: MeasuredImpact) -> Window:
    """The window whose users the report counts: the measured one where it has any, else the recorded one."""
    users = impact.users
    return window if users is None or users.users is None or users.share_of else (users.since_at, users.until_at)


def _compared_at(rise: datetime, end: datetime, impact: MeasuredImpact, window: Window | None) -> dict[str, datetime]:
    """Where known patterns are looked for: from the earlier of what rose and what was measured to the recorded end."""
    told = impact.told_by.start_at if impact.told_by else None
    begins = min(rise, told) if told else rise
    return {"begins": begins, "ends": end} if window and begins < end else {}


def _moved(logs: pl.DataFrame, begins: datetime, end: datetime) -> MovedTemplates | None:
    """The templates at the onset; None where no line has a time."""
    first = logs["timestamp"].min()
    if not isinstance(first, datetime):
        return None
    until = onset_window(first, begins, end) if first < begins else end
    return moved_templates(with_template(logs), start=begins, end=until) if until > begins else None


def _number(users: pl.DataFrame) -> int | None:
    number = users["users_affected"][0] if users.height else None
    return None if number is None else int(number)


def _whole(logs: pl.DataFrame) -> Window:
    first, last = logs["timestamp"].min(), logs["timestamp"].max()
    epoch = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return (first, last) if isinstance(first, datetime) and isinstance(last, datetime) else (epoch, epoch)


def _between(frame: pl.DataFrame, window: Window | None) -> pl.DataFrame:
    return frame if window is None else frame.filter(pl.col("timestamp").is_between(*window))
