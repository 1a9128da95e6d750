"""Claim: of 1,000 reports on histories in which nothing changed, at most 64 say "changed".

Two years in eight quarters, about 30 incidents each at random times, of four severities in a fixed mix, four lognormal
durations an incident that hang together, and the last ones still open at the end. Each goes through `cohort` and
`changes` as a trend report does: each duration by quarters, halves and level, the weekly counts, each severity's, and
the mix of severities: 49 questions. 64 is where one report in twenty ends by chance (the 97.5 % quantile of the
binomial distribution). Beside it: the same tests, each believed on its own.

    .venv/bin/python benchmarks/no_change_reports.py [REPORTS]
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from incident_analytics.analysis.trends.changes import changes
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources.histories import HISTORY_SCHEMA

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.false_discovery import Change
    from incident_analytics.analysis.trends.cohort import Cohort

REPORTS, MOST_CHANGED = 1_000, 64
START, END = datetime(2022, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)
INCIDENTS, SPREAD, LEVEL = 240, 1.25, 0.05
# How each duration ends, from which milestone it counts, and its median in seconds.
DURATIONS = {
    "detected_at": ("started_at", 240),
    "acknowledged_at": ("detected_at", 420),
    "mitigated_at": ("started_at", 5_400),
    "resolved_at": ("started_at", 86_400),
}
# Each incident's own slowness is a share of all four.
OWN_SHARE = 0.5
SEVERITIES, MIX = ("SEV1", "SEV2", "SEV3", "SEV4"), (0.15, 0.3, 0.35, 0.2)


def no_change_cohort(seed: int) -> Cohort:
    """The incidents of one history in which nothing changed."""
    generator = np.random.default_rng(seed)
    begin, end = (round(at.timestamp()) for at in (START, END))
    n = int(generator.poisson(INCIDENTS))
    slowness = generator.normal(size=n)
    instants = {"started_at": np.sort(generator.uniform(begin, end, n))}
    for name, (since, median) in DURATIONS.items():
        logs = SPREAD * (OWN_SHARE**0.5 * slowness + (1 - OWN_SHARE) ** 0.5 * generator.normal(size=n))
        instants[name] = instants[since] + median * np.exp(logs)
    # what comes after the report's instant has not happened yet
    columns = {
        name: pl.Series([round(at * 1e6) if at <= end else None for at in values], dtype=pl.Int64).cast(
            HISTORY_SCHEMA[name]
        )
        for name, values in instants.items()
    }
    frame = pl.DataFrame(
        {
            "id": [f"INC-{number}" for number in range(n)],
            "severity": generator.choice(SEVERITIES, size=n, p=MIX).tolist(),
            "status": ["open" if at > end else "resolved" for at in instants["resolved_at"]],
            **columns,
        }
    )
    empty = [pl.lit(None, dtype).alias(name) for name, dtype in HISTORY_SCHEMA.items() if name not in frame.columns]
    scope = Scope(as_of=END, since=START, period="quarter", seed=seed)
    return cohort(frame.with_columns(empty).select(list(HISTORY_SCHEMA)), scope, load_runbook())


def no_change_report(seed: int) -> tuple[Change, ...]:
    """The answers of one report on a history in which nothing changed."""
    return changes(no_change_cohort(seed))


def main(reports: int = REPORTS) -> int:
    """Counts the reports that say "changed" at least once."""
    begun, changed, alone, questions = time.perf_counter(), 0, 0, 0
    for seed in range(reports):
        answers = no_change_report(seed)
        questions = max(questions, answers[0].n_questions)
        changed += any(each.answer == "changed" for each in answers)
        p_values = [each.question.test.p_value for each in answers]
        alone += any(p is not None and p <= LEVEL for p in p_values)
    print(f"{reports} reports on no change, {questions} questions each, {time.perf_counter() - begun:.0f} s")
    print(f"say changed: {changed} (at most {MOST_CHANGED} of {REPORTS}); each test believed on its own: {alone}")
    return 0 if changed <= MOST_CHANGED * reports / REPORTS else 1


if __name__ == "__main__":
    sys.exit(main(*(int(number) for number in sys.argv[1:2])))
