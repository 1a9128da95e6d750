"""How a process of a batch ended, as both ways to start one tell it."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incident_analytics.reporting.batch.asked import Answer


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of one process.

    Args:
        number: Which task it had, counted from 0.
        answer: What it answered; None where it died before.
        reason: Why it did not answer.
    """

    number: int
    answer: dict[str, Answer] | None
    reason: str = ""


def death(status: int) -> str:
    """Why a process that gave no answer is gone, from its return code as `subprocess` counts.

    >>> death(-9), death(7)
    ('its process was killed by SIGKILL', 'its process ended with code 7 and no answer')
    """
    if status >= 0:
        return f"its process ended with code {status} and no answer"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    return f"its process was killed by {name}"


def too_late(seconds: float) -> str:
    """Why a process was ended by us.

    >>> too_late(90)
    'it was not done within 90 s and was ended'
    """
    return f"it was not done within {seconds:g} s and was ended"


def threads_each(jobs: int) -> int:
    """How many threads each of so many processes gets, so that together they keep every processor busy once."""
    return max(1, processors() // jobs)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
