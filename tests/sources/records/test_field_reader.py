"""A field has its type, or is refused with its name and an example."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from incident_analytics.errors import RecordError
from incident_analytics.model.incident import Incident

Read = Callable[..., Incident]
HEAD = "id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T15:45:00Z\n"


def refusal(read: Read, text: str, suffix: str = ".yaml") -> str:
    """What is said of a record that cannot be read."""
    with pytest.raises(RecordError) as refused:
        read(text, suffix)
    return str(refused.value)


def rules(incident: Incident) -> list[tuple[str, str]]:
    """The findings of the reading, each with what was seen."""
    return [(finding.rule, finding.seen) for finding in incident.reading_findings]


@pytest.mark.parametrize(
    ("written", "count"),
    [
        *(("15000", 15000), ("15,000", 15000), ("15 000", 15000), ("15k", 15000), ("1.5k", 1500), ("1.25M", 1250000)),
        *(("15000.0", 15000), ("15_000", 15000), ("0", 0), ("1,234,567", 1234567), ("~", None), ("' 7 '", 7)),
    ],
)
def test_a_count_is_a_whole_number(read: Read, written: str, count: int | None) -> None:
    """Zero is a number of users; nothing is unknown."""
    assert read(f"{HEAD}impact:\n  users_affected: {written}\n").impact.users_affected == count


@pytest.mark.parametrize(
    "written", ["15.000", "many", "~15000", "-5", "1.5", "1,5", "15,00", "15%", "true", "[1]", "9e3"]
)
def test_what_is_no_count_is_refused(read: Read, written: str) -> None:
    """15.000 is fifteen to some and fifteen thousand to others."""
    message = refusal(read, f"{HEAD}impact:\n  users_affected: {written}\n")
    assert message.startswith("record.yaml:6: impact.users_affected: expected a whole number such as 15000, found '")


@pytest.mark.parametrize("value", [True, 1.5, -1, "", [], {}, 10**16, 1e300])
def test_what_is_no_count_in_json_is_refused(read: Read, value: object) -> None:
    """A true statement is not one user."""
    text = json.dumps({"id": "INC-1", "impact": {"users_affected": value}})
    assert "impact.users_affected: expected a whole number such as 15000" in refusal(read, text, ".json")


@pytest.mark.parametrize(
    ("written", "amount", "currency", "doubts"),
    [
        ("$45000", "45000", "USD", []),
        ("45,000", "45000", "", [("currency-unknown", "45,000")]),
        ("45k", "45000", "", [("currency-unknown", "45k")]),
        ("EUR 45.000,50", "45000.50", "EUR", []),
        ("USD 45000", "45000", "USD", []),
        ("{amount: 45000, currency: EUR}", "45000", "EUR", []),
        ("{amount: 0, currency: EUR}", "0", "EUR", []),
    ],
)
def test_lost_revenue_is_exact(read: Read, written: str, amount: str, currency: str, doubts: list[object]) -> None:
    """The table of S44; an amount without a currency is doubtful."""
    incident = read(f"{HEAD}impact:\n  revenue_lost: {written}\n")
    money = incident.impact.revenue_lost
    assert money is not None
    assert (money.amount, money.currency) == (Decimal(amount), currency)
    assert rules(incident) == doubts


def test_money_that_means_two_amounts_is_refused_with_both(read: Read) -> None:
    """The line that CONVENTIONS gives as its example, and an ambiguous one."""
    assert refusal(read, f"{HEAD}impact:\n  revenue_lost: 45 thousand\n") == (
        "record.yaml:6: impact.revenue_lost: expected an amount such as $45000, 45k or EUR 45.000,50, "
        "found '45 thousand'"
    )
    assert refusal(read, f"{HEAD}impact:\n  revenue_lost: 45.000\n") == (
        "record.yaml:6: impact.revenue_lost: expected 45000 or 45.00 ('45.000' can mean both), found '45.000'"
    )


@pytest.mark.parametrize("written", ["[5]", "{min: 5, max: 6}", "{}"])
def test_money_of_another_shape_is_refused(read: Read, written: str) -> None:
    """A range of money is not read yet."""
    assert "impact.revenue_lost: expected an amount" in refusal(read, f"{HEAD}impact:\n  revenue_lost: {written}\n")


@pytest.mark.parametrize(("written", "minutes"), [("90", 90.0), ("90.5", 90.5), ("0", 0.0), ("~", None)])
def test_a_declared_duration_is_a_number_of_minutes(read: Read, written: str, minutes: float | None) -> None:
    """As declared; whether it is right, a rule says."""
    assert read(f"{HEAD}impact:\n  duration_minutes: {written}\n").impact.duration_minutes == minutes


@pytest.mark.parametrize("written", ["ninety", "1h30", "nan", "inf", "1e400", "9" * 400, "[90]"])
def test_what_is_no_number_of_minutes_is_refused(read: Read, written: str) -> None:
    """An hour and a half is 90."""
    assert "impact.duration_minutes: expected minutes such as 90" in refusal(
        read, f"{HEAD}impact:\n  duration_minutes: {written}\n"
    )


def test_percentages_may_carry_their_sign(read: Read) -> None:
    """50 % and 50 are the same."""
    impact = read(f"{HEAD}impact:\n  degradation_percent: 50 %\n  users_percent: 9.5\n").impact
    assert (impact.degradation_percent, impact.users_percent) == (50.0, 9.5)


def test_all_problems_of_a_record_are_kept_and_counted(read: Read) -> None:
    """The first is told."""
    with pytest.raises(RecordError) as refused:
        read("id: INC-1\nseverity: SEV9\nstarted_at: soon\nimpact:\n  users_affected: many\n")
    assert str(refused.value).endswith("; and 2 more, which 'incident check' lists")
    assert [problem.message for problem in refused.value.problems] == [
        "severity",
        "started_at",
        "impact.users_affected",
    ]
