"""What an incident cost, by one metric: amounts with their intervals, or the reason why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount over one window against what it usually would have been.

    Args:
        since_at: Where the window begins.
        until_at: Where it ends.
        amount: The estimate, in the unit of the metric; None where there is none.
        low: Lower end of its interval; None where there is none.
        high: Upper end.
        usual: What would usually have been taken in the window.
        actual: What was taken.
        level: The probability of the interval.
        n: Samples of the window.
        n_placebos: Incident-free windows of the same length that gave the interval.
        reason: Why the amount or its interval is missing; empty where nothing is.
        placebo_weeks: How many weeks before it each of those windows has at least: two, or where the history is too
            short for that one, which gives a wider interval. 0 without an interval.
    """

    since_at: dt.datetime
    until_at: dt.datetime
    amount: float | None
    low: float | None
    high: float | None
    usual: float | None
    actual: float | None
    level: float
    n: int
    n_placebos: int
    reason: str
    placebo_weeks: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """A metric beside what it usually would have been, at even steps.

    Args:
        first_at: When the first step begins.
        step_seconds: How long each is.
        actual: Mean of the samples of each step; None where it has none.
        usual: What their mean usually would have been; None where that is not known.
    """

    first_at: dt.datetime
    step_seconds: float
    actual: tuple[float | None, ...]
    usual: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class LostAmount:
    """What an incident cost, by one metric.

    Args:
        not_taken: Usual less actual during the impact.
        came_back: Actual less usual after it; None where the window after it is not given.
        lost: Usual less actual over both: not taken, less what came back. Without the window after it, the same as
            not_taken.
        unit: As the samples name it, a currency for money.
        level_ratio: How the hours before the impact compare with usual; the usual amounts are multiplied by it.
        weeks: The fewest weeks that any usual value of the impact is the median of.
        set_aside: Samples without a time or a finite value.
        course: Actual beside usual from an hour before the onset to the last instant asked for; None without usual.
    """

    not_taken: Amount
    came_back: Amount | None
    lost: Amount
    unit: str
    level_ratio: float | None
    weeks: int
    set_aside: int
    course: Course | None = None
