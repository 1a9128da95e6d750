"""Every question a trend report asks "did it change?" about, judged together: the only place that says "changed"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.statistics.false_discovery import Question, family_of_changes
from incident_analytics.analysis.statistics.mix_change import mix_change
from incident_analytics.analysis.statistics.questions_asked import (
    count_questions,
    duration_questions,
    level_question,
)
from incident_analytics.analysis.trends.halves import halves
from incident_analytics.analysis.trends.weekly_counts import weekly_counts

if TYPE_CHECKING:
    from datetime import datetime

    import numpy.typing as npt

    from incident_analytics.analysis.statistics.durations import Durations
    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.statistics.false_discovery import Answer, Change
    from incident_analytics.analysis.trends.cohort import Cohort, Watched
    from incident_analytics.analysis.trends.halves import Half

INCIDENTS: Final = "incidents"
SEVERITY_MIX: Final = "severity_mix"
# The count of one week cannot show that incidents come in clusters, so a burst would look sure.
_FEWEST_WEEKS: Final = 2


@dataclass(frozen=True, slots=True)
class Share:
    """How many incidents are of one group, before and after.

    Args:
        group: Such as ``SEV1``.
        before: How many before.
        after: How many after.
    """

    group: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What may be said of one metric.

    Args:
        metric: A duration metric's name, `INCIDENTS`, `incidents_of` a severity, or `SEVERITY_MIX`.
        answer: That of the family, to the strongest of the questions about this metric.
        before: What stands before: periods, or days where only a level changed.
        after: What stands after.
        ratio: After / before, of typical durations or of counts; None for a mix, or where there is none.
        low: The lower end of the ratio's interval.
        high: Its upper end.
        before_value: Of a duration the median before, of a count the incidents a week.
        after_value: The same after.
        shares: Of a mix, the groups.
        p_value: Of that question alone.
        q_value: With all questions of the report considered.
        between: Where a level changed, the instants between which it did, with 95 % confidence; else None.
        n_asked: How many questions were asked about this metric.
        n_changed: How many of them are answered "changed".
        reason: Why a number is missing, or why it is too early to say.
    """

    metric: str
    answer: Answer
    before: str
    after: str
    ratio: float | None
    low: float | None
    high: float | None
    before_value: Estimate | None
    after_value: Estimate | None
    shares: tuple[Share, ...]
    p_value: float | None
    q_value: float | None
    between: tuple[datetime, datetime] | None
    n_asked: int
    n_changed: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a report says of change, one statement a metric.

    Args:
        changed: What changed, the surest first.
        not_changed: No change was found, and half as much or twice as much is ruled out.
        too_early: No question could be asked; or no change was found among so few that even half as much or twice as
            much cannot be ruled out; or one that would be believed alone, but not among so many questions.
        n_questions: How many questions were asked.
        n_too_few: How many more there were too few incidents for.
    """

    changed: tuple[Statement, ...]
    not_changed: tuple[Statement, ...]
    too_early: tuple[Statement, ...]
    n_questions: int
    n_too_few: int


def changes(cohort: Cohort) -> tuple[Change, ...]:
    """All questions of a report, and what may be said in answer to each, all the others considered.

    Asked of each duration metric of the default clock: each period beside the next, the earlier half of the periods
    beside the later, and whether it moved to another level at any time (`questions_asked`). Asked of the incidents a
    week: each period beside the next and the halves, of single weeks only the halves. Asked of each severity's: the
    halves, as a quarter of one severity seldom has enough to show anything, and questions without a chance only
    weaken the others. Asked of the severities: whether the halves share them out alike, from the first to the last
    (`mix_change`). All are judged as one family (`family_of_changes`), which no look at the answers has made smaller.

    Args:
        cohort: The incidents and their periods. Of one period only the question of a level is asked.
    """
    asked: list[Question] = []
    for metric in cohort.clock:
        watched = cohort.watched(metric)
        asked += duration_questions(metric, durations_by_period(watched, cohort))
        days = watched.rows["began_at"].dt.strftime("%Y-%m-%d").to_list()
        asked += level_question(metric, watched.durations, days, seed=cohort.scope.seed)
    asked += _count_questions(cohort)
    asked += _mix_questions(cohort)
    return family_of_changes(asked)


def incidents_of(severity: str) -> str:
    """The name under which the number of one severity's incidents is asked about.

    >>> incidents_of("SEV1")
    'incidents of SEV1'
    """
    return f"{INCIDENTS} of {severity}"


def durations_by_period(watched: Watched, cohort: Cohort) -> dict[str, Durations]:
    """One metric's durations in each period, in the order of time; a period without any has none."""
    return {each.label: watched.of(watched.rows["period"] == each.label) for each in cohort.periods}


def severities(cohort: Cohort) -> list[str]:
    """The severities that any incident has, in their order; none where all have the same."""
    found = sorted(cohort.frame["severity"].drop_nulls().unique())
    return found if len(found) > 1 else []


def _count_questions(cohort: Cohort) -> list[Question]:
    counts = weekly_counts(cohort)
    by_period = {label: weeks for label, weeks in counts.items() if weeks.size >= _FEWEST_WEEKS}
    asked = [*count_questions(INCIDENTS, _by_half(counts, cohort) if cohort.period == "week" else by_period)]
    for severity in severities(cohort):
        counts = weekly_counts(cohort, cohort.frame.filter(cohort.frame["severity"] == severity))
        asked += count_questions(incidents_of(severity), _by_half(counts, cohort))
    return asked


def _by_half(counts: dict[str, npt.NDArray[np.float64]], cohort: Cohort) -> dict[str, npt.NDArray[np.float64]]:
    """The counts of each half that has enough whole weeks."""
    weeks = {
        half.label: [counts[label] for label in half.periods if label in counts] for half in halves(cohort.periods)
    }
    both = {label: np.concatenate(found) for label, found in weeks.items() if found}
    return {label: found for label, found in both.items() if found.size >= _FEWEST_WEEKS}


def _mix_questions(cohort: Cohort) -> list[Question]:
    split = halves(cohort.periods)
    if not split:
        return []
    before, after = (severities_in(half, cohort) for half in split)
    mix = mix_change(before, after, seed=cohort.scope.seed, order=severities(cohort))
    return [Question(SEVERITY_MIX, split[0].label, split[1].label, mix)]


def severities_in(half: Half, cohort: Cohort) -> list[str | None]:
    """The severity of each incident of some periods; None where it is not known."""
    return cohort.frame.filter(cohort.frame["period"].is_in(half.periods))["severity"].to_list()
