"""Claim: of 1,000 reports on histories in which nothing changed, at most 64 say "changed".

Two years in eight quarters, about 30 incidents each at random times, four lognormal durations an incident that hang
together, and the last ones still open at the end. Each report asks of each duration and of the weekly counts whether
a quarter differs from the next, the earlier year from the later, and each duration before some time from after it: 44
questions. 64 is where one report in twenty
ends by chance (the 97.5 % quantile of the binomial distribution). Beside it: the same tests, each believed on its own.

    .venv/bin/python benchmarks/no_change_reports.py
"""

from __future__ import annotations

import sys
import time

import numpy as np

from incident_analytics.analysis.statistics.durations import durations
from incident_analytics.analysis.statistics.false_discovery import Change, family_of_changes
from incident_analytics.analysis.statistics.questions_asked import count_questions, duration_questions, level_question

REPORTS, MOST_CHANGED = 1_000, 64
QUARTERS, WEEKS, WEEK = 8, 13, 7 * 86_400
INCIDENTS_A_WEEK, SPREAD, LEVEL = 30 / 13, 1.25, 0.05
# The median of each duration in seconds; each incident's own slowness is a share of all four.
MEDIANS = {
    "time_to_detection": 240,
    "time_to_acknowledgment": 420,
    "time_to_mitigation": 5_400,
    "time_to_resolution": 86_400,
}
OWN_SHARE = 0.5


def no_change_report(seed: int) -> tuple[Change, ...]:
    """The answers of one report on a history in which nothing changed."""
    generator = np.random.default_rng(seed)
    counts = generator.poisson(INCIDENTS_A_WEEK, size=QUARTERS * WEEKS)
    starts = np.sort(np.repeat(np.arange(counts.size), counts) + generator.random(counts.sum())) * WEEK
    quarter = (starts // (WEEKS * WEEK)).astype(int)
    slowness = generator.normal(size=starts.size)
    names = [f"Q{number + 1}" for number in range(QUARTERS)]
    weeks = {name: counts[place * WEEKS : (place + 1) * WEEKS] for place, name in enumerate(names)}
    labels = [f"INC-{number}" for number in range(starts.size)]
    asked = list(count_questions("incidents", weeks))
    for metric, median in MEDIANS.items():
        own = generator.normal(size=starts.size)
        logs = SPREAD * (OWN_SHARE**0.5 * slowness + (1 - OWN_SHARE) ** 0.5 * own)
        full, age = median * np.exp(logs), QUARTERS * WEEKS * WEEK - starts
        seconds, is_open = np.minimum(full, age), full > age
        periods = {
            name: durations(seconds[quarter == place], is_open[quarter == place]) for place, name in enumerate(names)
        }
        asked += duration_questions(metric, periods)
        asked += level_question(metric, durations(seconds, is_open), labels, seed=seed)
    return family_of_changes(asked)


def main(reports: int = REPORTS) -> int:
    """Counts the reports that say "changed" at least once."""
    begun, changed, alone = time.perf_counter(), 0, 0
    for seed in range(reports):
        answers = no_change_report(seed)
        changed += any(each.answer == "changed" for each in answers)
        p_values = [each.question.test.p_value for each in answers]
        alone += any(p is not None and p <= LEVEL for p in p_values)
    print(f"{reports} reports on no change, {len(answers)} questions each, {time.perf_counter() - begun:.0f} s")
    print(f"say changed: {changed} (at most {MOST_CHANGED} of {REPORTS}); each test believed on its own: {alone}")
    return 0 if changed <= MOST_CHANGED * reports / REPORTS else 1


if __name__ == "__main__":
    sys.exit(main())
