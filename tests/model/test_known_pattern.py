"""Known patterns as a runbook tells them, and what is said of broken ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import RunbookError
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook

START = """\
name: Ours
severities:
  SEV1: {name: critical, response: {text: soon, under_minutes: 5}, escalation: {text: now}, call_by: page}
clocks: {default: {}}
patterns:
"""
METRIC = "  - name: Q\n    id: q\n    metric_signals:\n      - {says: Queue grows, metric: [queue], does: rises}\n"


def load(folder: Path, patterns: str) -> Runbook:
    """A runbook with these patterns."""
    file = folder / "runbook.yaml"
    file.write_text(START + patterns)
    return load_runbook(file)


def test_the_shipped_patterns_are_the_runbooks(runbook: Runbook) -> None:
    """RUNBOOK.md, Common Incident Patterns: names, quick fixes and long-term fixes."""
    assert [(each.name, each.quick_fix, each.long_term_fix) for each in runbook.patterns] == [
        (
            "Database Connection Pool Exhausted",
            ("Increase pool size temporarily", "Kill idle connections"),
            "Review connection usage, add pooling",
        ),
        ("Memory Leak", ("Rolling restart", "Or increase memory temporarily"), "Profile memory usage, fix leaks"),
        (
            "Third-Party Service Down",
            ("Enable circuit breaker", "Or switch to fallback"),
            "Implement better fallbacks, add redundancy",
        ),
    ]


def test_a_pattern_of_a_team_needs_one_signal(tmp_path: Path) -> None:
    """The rest has defaults."""
    (pattern,) = load(tmp_path, METRIC).patterns
    signal = pattern.metric_signals[0]
    assert (signal.does, signal.share, signal.if_absent, pattern.quick_fix) == ("rises", 0.95, "against", ())


REFUSED = {
    "no such move": (
        METRIC.replace("rises", "explodes"),
        (
            "runbook.yaml:9: patterns.0.metric_signals.0.does: expected one of rises, falls, reaches_limit, "
            "grows_steadily, stays_level: found 'explodes'"
        ),
    ),
    "misspelt key": (
        METRIC.replace("metric: ", "metrc: "),
        (
            "runbook.yaml:9: patterns.0.metric_signals.0.metrc: there is no such key (and 1 more); "
            "did you mean 'metric'?"
        ),
    ),
    "limit of what rises": (
        METRIC.replace("rises", "rises, limit_at: 5"),
        (
            "runbook.yaml:9: patterns.0.metric_signals.0: signal 'Queue grows': "
            "only what reaches_limit has a limit, found 'rises'"
        ),
    ),
    "two limits": (
        METRIC.replace("rises", "reaches_limit, limit_at: 5, limit: [max]"),
        "runbook.yaml:9: patterns.0.metric_signals.0: signal 'Queue grows': expected limit or limit_at, found both",
    ),
    "no signal": (
        "  - {name: Q, id: q}\n",
        "runbook.yaml:6: patterns.0: pattern 'Q': expected log_words, metric_signals or database_signals",
    ),
    "look-around": (
        "  - {name: Q, id: q, log_words: ['a(?!b)']}\n",
        (
            "runbook.yaml:6: patterns.0.log_words.0: not a regular expression that every engine has: pattern, "
            "character 2: look-around, references and further flags are not understood here: found 'a(?!b)'"
        ),
    ),
    "two of one id": (f"{METRIC}{METRIC}", "runbook.yaml:5: patterns: two have the id 'q'"),
}


@pytest.mark.parametrize(("patterns", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_broken_pattern_is_refused_in_one_line(tmp_path: Path, patterns: str, said: str) -> None:
    """With file, line, key and the nearest right answer."""
    with pytest.raises(RunbookError) as refused:
        load(tmp_path, patterns)
    assert str(refused.value).removeprefix(f"{tmp_path}/") == said


def test_the_example_of_the_documentation_can_be_followed(tmp_path: Path) -> None:
    """docs/definitions.md, Known patterns."""
    text = (Path(__file__).parents[2] / "docs/definitions.md").read_text(encoding="utf-8")
    example = text.split("```yaml\npatterns:\n")[1].split("```")[0]
    (pattern,) = load(tmp_path, example).patterns
    assert (pattern.id, len(pattern.log_words), len(pattern.metric_signals)) == ("queue-backed-up", 2, 2)
