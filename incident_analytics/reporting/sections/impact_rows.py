"""The table of the impact: each fact as recorded, as measured, and the difference."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.quiet_impact import shows_no_impact
from incident_analytics.model.money import Money
from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Mark
from incident_analytics.reporting.incident_metrics import no_users_because
from incident_analytics.reporting.sections.impact_differences import apart, computed

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.measured_losses import Loss
    from incident_analytics.analysis.measured_users import MeasuredUsers
    from incident_analytics.analysis.snapshots.amounts import Amount
    from incident_analytics.model.measurement import Measurement
    from incident_analytics.reporting.blocks import Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_MOST_BURSTS: Final = 6
Row = tuple["Inline | None", ...]


def impact_rows(report: PostMortem) -> tuple[Row, ...]:
    """What, recorded, measured, its interval, difference, how: start, end, duration, users, then each loss."""
    rows = [_start(report), _end(report), _duration(report), *_reopened(report), _users(report), *_losses(report)]
    return tuple(rows)


def moment(at: datetime, report: PostMortem) -> str:
    """A time of day; with its day where the report looks at several."""
    searched = report.measured_impact.searched
    is_one_day = searched is not None and (
        searched[0].astimezone(report.zone).date() == searched[1].astimezone(report.zone).date()
    )
    return words.clock_time(at, report.zone) if is_one_day else words.moment(at, report.zone)


def amount_words(value: float, loss: Loss) -> str:
    """An amount of one loss: money with its currency, else a number.

    Args:
        value: The amount.
        loss: Says what is counted.
    """
    whole = round(value)
    return words.money(Money(Decimal(whole), loss.currency)) if loss.currency else words.count(whole)


def interval_words(amount: Amount, loss: Loss) -> str:
    """The interval of an amount, such as ``$39,298 to $53,071``; an amount without one is not told."""
    if amount.low is None or amount.high is None:
        return ""
    return f"{amount_words(amount.low, loss)} to {amount_words(amount.high, loss)}"


def told_losses(report: PostMortem) -> tuple[Loss, ...]:
    """The losses that have an amount with an interval."""
    return tuple(loss for loss in report.measured_impact.losses if loss.amount and not loss.reason)


def is_lost(amount: Amount) -> bool:
    """Whether its interval leaves no doubt that anything was lost: zero lies below it."""
    return amount.low is not None and amount.low > 0


def lost_money(report: PostMortem) -> str:
    """The interval of the money lost, such as ``$39,298 to $53,071``; empty where none is told, or it may be none."""
    money = next((loss for loss in told_losses(report) if loss.currency and not loss.is_to_the_end), None)
    return interval_words(money.amount.lost, money) if money and money.amount and is_lost(money.amount.lost) else ""


def _start(report: PostMortem) -> Row:
    at, found = report.anchors["started_at"].at, report.measured_impact
    after = found.told_by.start_after if found.told_by else None
    return ("Start of impact", *_instant(report, at.earliest if at else None, found.start_at, after))


def _end(report: PostMortem) -> Row:
    found, at = report.measured_impact, report.anchors["resolved_at"].at
    after = found.told_by.end_after if found.told_by else None
    recorded, *cells, how = _instant(report, at.earliest if at else None, found.end_at, after)
    if found.told_by and found.end_at is None:
        how = found.told_by.window.reason
    return ("End of impact", recorded if at else "not resolved", *cells, how)


def _instant(report: PostMortem, recorded: datetime | None, measured: datetime | None, after: datetime | None) -> Row:
    best = report.measured_impact.told_by
    told = moment(recorded, report) if recorded else None
    if measured is None or after is None or best is None:
        return told, None, None, None, None if best else report.measured_impact.reason
    difference: Inline | None = None
    if recorded:
        seconds = (measured - recorded).total_seconds()
        way = "later" if seconds > 0 else "earlier"
        is_same = abs(seconds) <= best.step.total_seconds()
        difference = Mark("agrees") if is_same else f"{words.duration(abs(seconds))} {way}"
    within = f"{words.clock_time(after, report.zone)} to {words.clock_time(after + best.step, report.zone)}"
    return told, moment(measured, report), within, difference, source_words(best.source)


def source_words(source: str) -> str:
    """A source as a sentence names it: a metric by its name, spaces in place of what programs write.

    >>> source_words("payment_success_rate")
    'payment success rate'
    """
    return " ".join(source.replace(":", " ").replace("_", " ").split())


def _duration(report: PostMortem) -> Row:
    declared = report.incident.impact.duration_minutes
    resolution = report.measurements["time_to_resolution"]
    measured = report.measured_impact.seconds
    recorded = declared * 60 if declared is not None else resolution.value
    difference = None
    if recorded is not None and measured is not None:
        apart = measured - recorded
        way = "longer" if apart > 0 else "shorter"
        difference = f"{words.duration(abs(apart))} {way}" if abs(apart) >= 1 else "none"
    name = "Duration" if declared is None else "Duration, as declared"
    told = None if recorded is None else words.duration(recorded)
    return (
        name, told, None if measured is None else words.duration(measured), _either_way(report), difference,
        _bursts(report) or (None if declared is None else computed(resolution, declared)),
    )  # fmt: skip


def _either_way(report: PostMortem) -> str | None:
    """The duration from the latest start to the earliest end, and from the earliest start to the latest end."""
    best, seconds = report.measured_impact.told_by, report.measured_impact.seconds
    if best is None or seconds is None:
        return None
    step = best.step.total_seconds() * max(len(best.bursts), 1)
    return f"{words.duration(max(seconds - step, 0))} to {words.duration(seconds + step)}"


def _bursts(report: PostMortem) -> str:
    """Each burst that the duration is the sum of; empty where the impact came once."""
    bursts = report.measured_impact.bursts
    told = [f"{moment(begin, report)} to {moment(end, report)}" for begin, end in bursts if end][:_MOST_BURSTS]
    more = f" and {len(bursts) - len(told)} more" if told and len(bursts) > len(told) else ""
    return f"the sum of {len(bursts)} bursts: {', '.join(told)}{more}" if told else ""


def _reopened(report: PostMortem) -> tuple[Row, ...]:
    time = report.impact_time
    if time.seconds is None or not time.reopened:
        return ()
    stretches = words.counted(len(time.stretches), "stretch", "stretches")
    return ((f"Time with impact, {stretches}", words.duration(time.seconds), None, None, None, None),)


def _users(report: PostMortem) -> Row:
    recorded = report.measurements["users_affected"]
    told = words.value(recorded) if recorded.status == "recorded" else None
    users = report.measured_impact.users
    if users is None or users.users is None or users.low is None or users.high is None:
        return _users_of_the_record(report, recorded, told, users.reason if users else "")
    value = recorded.value if recorded.status == "recorded" and not users.is_usual else None
    return (
        "Users affected",
        told,
        words.count(users.users),
        f"{words.count(users.low)} to {words.count(users.high)}",
        None if value is None else apart(users.users, value, (users.low, users.high), words.count, "fewer"),
        _by_ids(users, recorded) if not users.share_of else _by_share(users.share_of),
    )


def _by_ids(users: MeasuredUsers, recorded: Measurement) -> str:
    """How the users were counted, what was left out, and whether as many meet errors anyway."""
    told = "distinct user ids with an error"
    if recorded.measured is not None:
        told += f"; {words.count(recorded.measured)} in the recorded window"
    if users.same_requests:
        lines, none = words.counted(users.errors_of_same_requests, "error line"), "none of whose lines names a user"
        told += f"; {lines} of {', '.join(users.same_requests)}, {none}, left out as the same requests logged again"
    if users.is_usual:
        told += f"; as many as usual: {words.count(users.before or 0)} met one in as long a time before"
    return told


def _by_share(metric: str) -> str:
    return f"usual {source_words(metric)} times the share that failed; who came back counts again"


def _users_of_the_record(report: PostMortem, recorded: Measurement, told: str | None, reason: str) -> Row:
    """Without a measured window the users are those of the recorded one."""
    if recorded.measured is None:
        because = no_users_because(has_logs=bool(report.evidence.log_lines), window=report.window)
        return ("Users affected", told, None, None, None, reason or because)
    if shows_no_impact(report.measured_impact):
        how = "distinct user ids with an error in the recorded window, in which no impact is measured"
        return ("Users affected", told, words.count(recorded.measured), None, None, how)
    gap = None if told is None or recorded.value is None else recorded.measured - recorded.value
    difference = None if gap is None else f"{words.count(abs(gap))} {'more' if gap > 0 else 'fewer'}" if gap else "none"
    how = "distinct user ids with an error in the recorded window"
    return ("Users affected", told, words.count(recorded.measured), None, difference, how)


def _losses(report: PostMortem) -> tuple[Row, ...]:
    revenue = report.measurements["revenue_impact"]
    rows = [_loss(loss, revenue) for loss in report.measured_impact.losses]
    if not any(loss.currency for loss in report.measured_impact.losses):
        told = words.value(revenue) if revenue.is_known else None
        rows.insert(0, ("Revenue lost", told, None, None, None, _no_revenue(report)))
    return tuple(rows)


def _no_revenue(report: PostMortem) -> str:
    found = report.measured_impact
    return found.reason or "no metric of revenue is among the samples"


def _loss(loss: Loss, revenue: Measurement) -> Row:
    told = words.value(revenue) if loss.currency and revenue.is_known else None
    name = f"{loss.what[:1].upper()}{loss.what[1:]} lost"
    found = loss.amount
    if found is None or loss.reason or found.lost.amount is None:
        return (name, told, None, None, None, loss.reason)
    lost = found.lost
    difference = _beside_recorded(lost, loss, revenue) if loss.currency else None
    how = f"usual at that hour in {words.counted(found.weeks, 'week')} before, less actual"
    how += ", until the samples end" if loss.is_to_the_end else ""
    return (name, told, amount_words(found.lost.amount, loss), interval_words(lost, loss), difference, how)


def _beside_recorded(lost: Amount, loss: Loss, revenue: Measurement) -> Inline | None:
    """The measured loss of money beside the recorded one, where both are in one currency."""
    money = revenue.money
    if money is None or lost.amount is None or lost.low is None or lost.high is None:
        return None
    if money.currency != loss.currency:
        return f"recorded in {money.currency or 'no currency'}"
    return apart(
        lost.amount, float(money.amount), (lost.low, lost.high), lambda value: amount_words(value, loss), "less"
    )
