"""The measured impact of a post-mortem, as the part of its JSON twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.measurement_json import Json, instant_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from incident_analytics.analysis.measured_impact import MeasuredImpact, SeenBy
    from incident_analytics.analysis.measured_losses import Loss
    from incident_analytics.analysis.measured_users import MeasuredUsers
    from incident_analytics.analysis.snapshots.amounts import Amount, Course


_DIGITS = 4  # more would only be the dust of means


def impact_json(impact: MeasuredImpact) -> dict[str, Json]:
    """Start, end, users and losses with what each was measured from; times are ISO 8601 in UTC."""
    best = impact.told_by
    return {
        "searched_from": _at(impact.searched[0] if impact.searched else None),
        "searched_to": _at(impact.searched[1] if impact.searched else None),
        "looked_near": {"what": impact.near.what, "at": _at(impact.near.at)} if impact.near else None,
        "start_at": _at(impact.start_at),
        "end_at": _at(impact.end_at),
        "duration_seconds": impact.seconds,
        "bursts": _bursts(impact.bursts),
        "precision_seconds": best.step.total_seconds() if best else None,
        "told_by": {"source": best.source, "labels": best.labels} if best else None,
        "reason": impact.reason or None,
        "sources": [_source(one) for one in impact.seen_by],
        "not_searched": [
            {"metric": one.metric, "labels": one.labels, "reason": one.reason} for one in impact.left_aside
        ],
        "users": _users(impact.users) if impact.users else None,
        "losses": [_loss(one) for one in impact.losses],
    }


def _at(at: datetime | None) -> Json:
    return instant_json(at) if at else None


def _bursts(bursts: Iterable[tuple[datetime, datetime | None]]) -> list[Json]:
    return [{"start_at": _at(begin), "end_at": _at(end)} for begin, end in bursts]


def _source(one: SeenBy) -> dict[str, Json]:
    window = one.window
    return {
        "source": one.source,
        "labels": one.labels,
        "measures": one.kind,
        "started_after": _at(one.start_after),
        "start_at": _at(one.start_at),
        "ended_after": _at(one.end_after),
        "end_at": _at(one.end_at),
        "bursts": _bursts(one.bursts),
        "file": one.file or None,
        "step_seconds": one.step.total_seconds(),
        "agrees": one.agrees if one.start_at else None,
        "reason": window.reason or None,
        "unit": window.unit,
        "median_in": window.median_in,
        "median_out": window.median_out,
        "difference": window.difference,
        "threshold": window.threshold,
        "samples": window.n,
        "quiet_stretches": window.n_placebos,
        "quiet_stretches_apart": window.n_apart,
        "set_aside": window.set_aside,
    }


def _users(users: MeasuredUsers) -> dict[str, Json]:
    return {
        "from": instant_json(users.since_at),
        "to": instant_json(users.until_at),
        "value": users.users,
        "low": users.low,
        "high": users.high,
        "with_an_error_before": users.before,
        "error_lines_without_user": users.errors_without_user,
        "same_requests": {"services": list(users.same_requests), "error_lines": users.errors_of_same_requests},
        "as_many_as_usual": users.is_usual,
        "share_of": users.share_of or None,
        "reason": users.reason or None,
    }


def _loss(loss: Loss) -> dict[str, Json]:
    found = loss.amount
    return {
        "metric": loss.metric,
        "labels": loss.labels,
        "what": loss.what,
        "currency": loss.currency or None,
        "unit": loss.unit,
        "per_seconds": loss.per_seconds,
        "until_the_samples_end": loss.is_to_the_end,
        "lost": _amount(found.lost) if found else None,
        "not_taken": _amount(found.not_taken) if found else None,
        "came_back": _amount(found.came_back) if found and found.came_back else None,
        "level_ratio": found.level_ratio if found else None,
        "weeks": found.weeks if found else None,
        "course": _course(found.course) if found and found.course else None,
        "reason": loss.reason or None,
    }


def _course(course: Course) -> dict[str, Json]:
    return {
        "first_at": instant_json(course.first_at),
        "step_seconds": course.step_seconds,
        "actual": [None if value is None else round(value, _DIGITS) for value in course.actual],
        "usual": [None if value is None else round(value, _DIGITS) for value in course.usual],
    }


def _amount(amount: Amount) -> dict[str, Json]:
    return {
        "from": instant_json(amount.since_at),
        "to": instant_json(amount.until_at),
        "value": None if amount.low is None else amount.amount,
        "low": amount.low,
        "high": amount.high,
        "level": amount.level,
        "usual": amount.usual,
        "actual": amount.actual,
        "samples": amount.n,
        "quiet_windows": amount.n_placebos,
        "quiet_windows_weeks": amount.placebo_weeks or None,
        "reason": amount.reason or None,
    }
