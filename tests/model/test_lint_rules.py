"""Signals, lints and facts of a runbook are refused where they cannot be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import RunbookError
from incident_analytics.model.lint_rules import PersonAsCause, RecordFact, SeveritySignal
from incident_analytics.model.runbook import load_runbook
from incident_analytics.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "signal",
    [
        {},
        {"words": ["x"], "field": "impact.users_percent", "over": 1},
        {"field": "impact.users_percent"},
        {"field": "impact.users_percent", "over": 1, "under": 2},
    ],
)
def test_a_signal_is_either_words_or_one_limit(signal: dict[str, object]) -> None:
    """Neither, both, or a number without a limit tells nothing."""
    with pytest.raises(ValueError, match="expected words, or a field with either over or under"):
        SeveritySignal.model_validate({"severity": "SEV1", "criterion": "Security breach", **signal})


def test_a_limit_itself_is_on_neither_side() -> None:
    """Over and under are strict."""
    over = SeveritySignal(severity="SEV2", criterion="x", field="f", over=50)
    under = SeveritySignal(severity="SEV3", criterion="x", field="f", under=50)
    assert [over.holds_for(number) for number in (49.9, 50, 50.1)] == [False, False, True]
    assert [under.holds_for(number) for number in (49.9, 50, 50.1)] == [True, False, False]


@pytest.mark.parametrize(
    ("words", "problem"),
    [("because of", "does not say where {person} stands"), ("{person}(", "is not a regular expression")],
)
def test_a_person_as_cause_says_where_the_name_stands(words: str, problem: str) -> None:
    """Errors are told when the runbook is read."""
    with pytest.raises(ValueError, match=problem):
        PersonAsCause(words=words, instead="the role")


def test_a_fact_stands_in_exactly_one_place() -> None:
    """An anchor, a field or the prose."""
    with pytest.raises(ValueError, match="expected one of anchor, field or prose"):
        RecordFact(fact="start", why="because", anchor="started_at", field="title")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "{severity: SEV1, criterion: Security breach,",
            "{severity: SEV9, criterion: Security breach,",
            "'SEV9' is none of SEV1",
        ),
        ("criterion: Security breach,", "criterion: Security breech,", "did you mean 'Security breach'"),
    ],
)
def test_a_signal_of_an_unknown_criterion_is_an_error(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """Findings quote the runbook's criteria, so each must be there."""
    text = shipped("runbook.yaml").read_text(encoding="utf-8")
    assert old in text
    own = tmp_path / "runbook.yaml"
    own.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RunbookError, match=problem):
        load_runbook(own)
