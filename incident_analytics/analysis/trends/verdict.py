"""The answers of a report's family as one statement a metric: changed, not changed, too early to say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.statistics.change_place import change_place
from incident_analytics.analysis.statistics.change_point import ChangePoint
from incident_analytics.analysis.statistics.comparison import Comparison, compare
from incident_analytics.analysis.statistics.durations import Durations
from incident_analytics.analysis.statistics.false_discovery import FALSE_DISCOVERY_RATE
from incident_analytics.analysis.statistics.mix_change import MixChange
from incident_analytics.analysis.statistics.rates import RateRatio, rate
from incident_analytics.analysis.statistics.span_label import labels_of
from incident_analytics.analysis.statistics.survival import time_until_done
from incident_analytics.analysis.trends.changes import (
    Share,
    Statement,
    Verdict,
    durations_by_period,
    severities,
    severities_in,
)
from incident_analytics.analysis.trends.halves import halves
from incident_analytics.analysis.trends.weekly_counts import weekly_counts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.statistics.false_discovery import Change
    from incident_analytics.analysis.trends.cohort import Cohort, Watched

# Where a change this large is not ruled out, it is too early to say that there is none.
LARGE_CHANGE: Final = 2.0
_NOTHING_ASKED: Final = Statement(
    metric="",
    answer="too few to say",
    before="",
    after="",
    ratio=None,
    low=None,
    high=None,
    before_value=None,
    after_value=None,
    shares=(),
    p_value=None,
    q_value=None,
    between=None,
    n_asked=0,
    n_changed=0,
)


def verdict(cohort: Cohort, changes: Sequence[Change]) -> Verdict:
    """What a report may say of change.

    Of each metric the surest change is told; where none was found, the comparison with the most incidents, which is
    that of the halves. "Not changed" takes more than no change found: its interval must rule out that it halved or
    doubled, and its p-value must not be one that only so many questions make usual. Otherwise it is too early to say.

    Args:
        cohort: The incidents that were asked about.
        changes: `changes.changes` of it.
    """
    by_metric = {metric: tuple(all_of) for metric, all_of in groupby(changes, key=lambda each: each.question.metric)}
    told = [_statement(metric, by_metric.get(metric, ()), cohort) for metric in [*cohort.clock, *_others(by_metric)]]
    if not cohort.n:
        told = []
    changed = [each for each in told if each.answer == "changed"]
    early = [_reasoned(each) for each in told if each.answer != "changed" and not _is_settled(each)]
    same = [each for each in told if each.answer == "no change found" and _is_settled(each)]
    changed.sort(key=lambda each: (each.q_value or 0.0, each.p_value or 0.0))
    asked = sum(each.q_value is not None for each in changes)
    return Verdict(tuple(changed), tuple(same), tuple(early), asked, len(changes) - asked)


def _others(by_metric: dict[str, tuple[Change, ...]]) -> list[str]:
    return [metric for metric, found in by_metric.items() if not _is_duration(found)]


def _is_duration(found: Sequence[Change]) -> bool:
    return any(isinstance(each.question.test, Comparison | ChangePoint) for each in found)


def _is_settled(statement: Statement) -> bool:
    """Whether no change found means that there is hardly one."""
    if statement.p_value is None or statement.p_value <= FALSE_DISCOVERY_RATE:
        return False
    if statement.shares or _is_clustered(statement):
        return True  # of these there is no interval, and nothing but the test to go by
    if statement.low is None or statement.high is None:
        return False
    return statement.low > 1 / LARGE_CHANGE and statement.high < LARGE_CHANGE


def _reasoned(statement: Statement) -> Statement:
    """The statement with why it is too early to say."""
    if statement.reason:
        return statement
    if statement.p_value is not None and statement.p_value <= FALSE_DISCOVERY_RATE:
        return replace(statement, reason="it would be believed alone, but not among so many questions")
    return replace(statement, reason="among so few, half as much or twice as much may go unseen")


def _is_clustered(statement: Statement) -> bool:
    return "clusters" in statement.reason


def _statement(metric: str, found: Sequence[Change], cohort: Cohort) -> Statement:
    if metric in cohort.clock:
        return _of_duration(metric, found, cohort)
    main = _strongest(found) or found[-1]
    if isinstance(main.question.test, MixChange):
        return _of_mix(main, found, cohort)
    return _of_count(main, found, cohort)


def _strongest(found: Sequence[Change]) -> Change | None:
    changed = [each for each in found if each.answer == "changed"]
    return min(changed, key=lambda each: (each.q_value, each.question.test.p_value), default=None)


def _of_duration(metric: str, found: Sequence[Change], cohort: Cohort) -> Statement:
    watched = cohort.watched(metric)
    level = next((each for each in found if isinstance(each.question.test, ChangePoint)), None)
    compared = [each for each in found if isinstance(each.question.test, Comparison)]
    between = _between(watched) if level is not None and level.answer == "changed" else None
    main = _strongest(compared) or (level if between else None) or next(iter(compared[-1:]), level)
    if main is None:
        reason = "none has it on record" if not watched.durations.n else "there are too few to ask"
        return replace(_NOTHING_ASKED, metric=metric, reason=reason)
    before, after, test = _sides(main, watched, cohort)
    told = replace(
        _told(metric, main, found), before_value=_median(before), after_value=_median(after), between=between
    )
    if test is None:
        return replace(told, reason=main.question.test.reason or "there is one period only, and none to hold beside it")
    return replace(told, ratio=test.estimate, low=test.low, high=test.high, reason=test.reason)


def _sides(main: Change, watched: Watched, cohort: Cohort) -> tuple[Durations, Durations, Comparison | None]:
    """The durations before and after, and how they compare."""
    test, given = main.question.test, watched.durations
    if isinstance(test, Comparison):
        periods = durations_by_period(watched, cohort)
        return _within(main.question.before, periods), _within(main.question.after, periods), test
    cut = test.first_after if isinstance(test, ChangePoint) and test.first_after is not None else given.n
    before = Durations(given.seconds[:cut], given.is_open[:cut])
    after = Durations(given.seconds[cut:], given.is_open[cut:])
    if main.answer != "changed":
        return before, after, None
    return before, after, compare(before.seconds, after.seconds, before_open=before.is_open, after_open=after.is_open)


def _within(label: str, periods: dict[str, Durations]) -> Durations:
    """The durations of a period, or of those from one to another."""
    chosen = [periods[name] for name in labels_of(label, list(periods))]
    return Durations(
        np.concatenate([each.seconds for each in chosen]), np.concatenate([each.is_open for each in chosen])
    )


def _median(given: Durations) -> Estimate:
    return time_until_done(given.seconds, given.is_open)


def _between(watched: Watched) -> tuple[datetime, datetime] | None:
    """The last incident that surely is of the old level, and the first that surely is of the new."""
    place = change_place(watched.durations.seconds, watched.durations.is_open)
    if place is None:
        return None
    began = watched.rows["began_at"]
    return began[place[0] - 1], began[place[1]]


def _of_count(main: Change, found: Sequence[Change], cohort: Cohort) -> Statement:
    test = main.question.test
    told = _told(main.question.metric, main, found)
    if not isinstance(test, RateRatio):
        return told
    weeks = _weeks(main, cohort)
    told = replace(told, before_value=rate(test.events_before, weeks[0]), after_value=rate(test.events_after, weeks[1]))
    return replace(told, ratio=test.estimate, low=test.low, high=test.high)


def _weeks(main: Change, cohort: Cohort) -> tuple[int, int]:
    """How many whole weeks there are before and after."""
    counts = weekly_counts(cohort)
    names = [period.label for period in cohort.periods]

    def of(label: str) -> int:
        return sum(counts[name].size for name in labels_of(label, names) if name in counts)

    return of(main.question.before), of(main.question.after)


def _of_mix(main: Change, found: Sequence[Change], cohort: Cohort) -> Statement:
    before, after = (Counter(severities_in(half, cohort)) for half in halves(cohort.periods))
    shares = tuple(Share(name, before[name], after[name]) for name in severities(cohort))
    return replace(_told(main.question.metric, main, found), shares=shares)


def _told(metric: str, main: Change, found: Sequence[Change]) -> Statement:
    """A statement with what every answer has."""
    asked = sum(each.q_value is not None for each in found)
    question = main.question
    return replace(
        _NOTHING_ASKED,
        metric=metric,
        answer=main.answer,
        before=question.before,
        after=question.after,
        p_value=question.test.p_value,
        q_value=main.q_value,
        n_asked=asked,
        n_changed=sum(each.answer == "changed" for each in found),
        reason=question.test.reason,
    )
