"""What a person writes becomes a scope, or one line that says what was expected."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from incident_analytics.analysis.trends.scope import Condition
from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.trends.asked import condition, scope_of
from incident_analytics.sources.histories import History, HistoryLedger
from incident_analytics.sources.histories.schema import empty_history

RUNBOOK = load_runbook()
HISTORY = History(empty_history(), HistoryLedger(), as_of=datetime(2024, 1, 1, tzinfo=UTC))


def test_a_day_at_the_end_is_included() -> None:
    """Until 30 June leaves out the first of July; until noon leaves out noon."""
    assert scope_of(HISTORY, RUNBOOK, until="2023-06-30").until == datetime(2023, 7, 1, tzinfo=UTC)
    assert scope_of(HISTORY, RUNBOOK, until="2023-06-30T12:00Z").until == datetime(2023, 6, 30, 12, tzinfo=UTC)


def test_a_day_at_the_beginning_begins_at_midnight() -> None:
    """In the zone of the calendar."""
    berlin = RUNBOOK.model_copy(update={"calendar": RUNBOOK.calendar.model_copy(update={"zone": "Europe/Berlin"})})
    scope = scope_of(HISTORY, berlin, since="2023-01-01")
    assert (scope.since, scope.zone_name) == (datetime(2022, 12, 31, 23, tzinfo=UTC), "Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("severity=SEV1,SEV2", Condition("severity", ("SEV1", "SEV2"))),
        ("service != search", Condition("service", ("search",), is_excluded=True)),
        ("cause=a = b", Condition("cause", ("a = b",))),
    ],
)
def test_conditions_name_a_column_and_its_values(text: str, expected: Condition) -> None:
    """Several values by commas; a sign more belongs to the value."""
    assert condition(text) == expected


def test_severities_may_be_written_as_the_alias_of_the_runbook() -> None:
    """P1 is SEV1."""
    assert scope_of(HISTORY, RUNBOOK, where="severity=P1").where == (Condition("severity", ("SEV1",)),)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"period": "months"}, "--period: expected week, month, quarter, found 'months'; did you mean month?"),
        ({"by": "services"}, "did you mean service?"),
        ({"where": "severity"}, "--where: expected a condition such as severity=SEV1,SEV2"),
        ({"where": "sevrity=SEV1"}, "did you mean severity?"),
        ({"where": "severity="}, "--where: expected a condition"),
        ({"since": "last year"}, "--since: expected a time such as 2024-01-01T00:00:00Z, found 'last year'"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(asked: dict[str, str], message: str) -> None:
    """With what was expected, found, and the nearest right answer."""
    with pytest.raises(ParameterError) as error:
        scope_of(HISTORY, RUNBOOK, **asked)  # type: ignore[arg-type]  # texts only
    assert message in str(error.value)
