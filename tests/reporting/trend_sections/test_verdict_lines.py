"""The three sentences, on the sample history and on such as tell nothing."""

from __future__ import annotations

from datetime import UTC
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.trends.changes import Statement, Verdict
from incident_analytics.reporting.trend_sections.verdict_lines import told_change, told_early, verdict_lines

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.false_discovery import Answer
    from incident_analytics.reporting.trends.report import TrendReport


def told(metric: str, answer: Answer, ratio: float | None, before: float, after: float, reason: str = "") -> Statement:
    """A statement with an interval a tenth around its ratio."""
    low, high = (None, None) if ratio is None else (0.9 * ratio, 1.1 * ratio)
    sides = (Estimate(before, None, None, 30), Estimate(after, None, None, 40))
    return Statement(metric, answer, "2024-Q1", "2024-Q2", ratio, low, high, *sides, (), 0.01, 0.02, None, 3, 1, reason)


def report_of(n: int, *, n_questions: int, same: tuple[Statement, ...] = ()) -> TrendReport:
    """A report of which only the verdict is read."""
    verdict = Verdict((), same, (), n_questions, 0)
    scope = SimpleNamespace(zone=UTC)
    return cast("TrendReport", SimpleNamespace(verdict=verdict, scope=scope, cohort=SimpleNamespace(n=n)))


def test_the_sample_history_tells_its_planted_truths(sample_trends: TrendReport) -> None:
    """Acknowledgment halved, resolution did not change, severities shifted (data/README.md)."""
    changed, same, early = verdict_lines(sample_trends).plain().splitlines()
    assert changed.startswith(
        "● changed: People answer faster: the typical time to acknowledgment fell from 8 min 31 s (2022) "
        "to 4 min 48 s (2023), "
        "between 2 Dec 2022 and 11 Feb 2023."
    )
    assert "SEV1 and SEV2 were 51 % (63 of 124) in 2022 and 32 % (37 of 117) in 2023" in changed
    assert same.startswith("– not changed: Time to resolution: no change beyond chance. The typical one took 2 h 1 min")
    assert early.startswith("? too early to say: SEV1 incidents: 0.9 a month in 2023 after 1.8 in 2022")


def test_where_nothing_changed_chance_is_named() -> None:
    """With the number of questions that were asked."""
    same = (told("time_to_resolution", "no change found", 1.0, 3600, 3600),)
    line = verdict_lines(report_of(70, n_questions=58, same=same)).plain()
    assert line == (
        "– not changed: Of 58 questions asked, chance alone explains every answer. Time to resolution: no change "
        "beyond chance. The typical one took 1 h before and 1 h after; it could be anything between 10 % shorter "
        "and 10 % longer."
    )
    assert verdict_lines(report_of(70, n_questions=1)).plain() == (
        "– not changed: Nothing that can be told: of 1 question asked, chance alone explains every answer."
    )


def test_an_empty_history_says_that_there_is_nothing_to_ask() -> None:
    """No sentence about a change, and no number."""
    line = verdict_lines(report_of(0, n_questions=0)).plain()
    assert line == "? too early to say: There are no incidents to ask about."


def test_a_change_says_which_way() -> None:
    """Durations fall and rise, counts are fewer and more."""
    slower = told("time_to_resolution", "changed", 2.0, 60, 120)
    assert told_change(slower, UTC) == (
        "Incidents last longer: the typical time to resolution rose from 1 min to 2 min, from 2024-Q1 to 2024-Q2."
    )
    fewer = told("incidents of SEV1", "changed", 0.5, 2.3, 1.2)
    assert told_change(fewer, UTC) == (
        "Fewer SEV1 incidents: 5.2 a month in 2024-Q2 after 10.0 in 2024-Q1 (0.50 times as many, 0.45 to 0.55)."
    )


def test_what_could_not_be_asked_says_why() -> None:
    """The reason stands in the place of a number."""
    statement = told("time_to_engage", "too few to say", None, 1, 2, reason="none has it on record")
    assert told_early(statement) == "Time to engage: none has it on record."
