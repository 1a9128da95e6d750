"""The declared severity beside the runbook's criteria (S4, A2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.conformance import severity_findings
from incident_analytics.model.incident import Impact, Incident, SeverityChange, StatusUpdate
from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.model.instants import Instant
    from incident_analytics.model.runbook import Runbook


def incident(title: str = "Something odd", severity: str | None = "SEV3", **impact: float | str) -> Incident:
    """An incident with a title on line 4 and an impact."""
    places = {"title": Place("incident.yaml", 4), "impact.degradation_percent": Place("incident.yaml", 9)}
    return Incident(
        id="INC-1", title=title, severity=severity, impact=Impact.model_validate(impact), fields_read_from=places
    )


def test_a_sev3_with_payments_down_quotes_the_sev1_rule(runbook: Runbook) -> None:
    """The words "Payment system failure" are a criterion of SEV1."""
    (finding,) = severity_findings(incident("Payments down in Europe"), runbook)
    assert (finding.rule, finding.level, str(finding.where)) == (
        "severity-below-criteria",
        "warning",
        "incident.yaml:4",
    )
    assert finding.message == 'declared SEV3, but "Payments down" matches the runbook\'s SEV1: "Payment system failure"'
    assert (finding.seen, finding.expected) == ("SEV3", "SEV1")


@pytest.mark.parametrize(
    ("title", "criterion"),
    [
        ("Complete service outage", "Complete service outage"),
        ("All services down", "Complete service outage"),
        ("Data loss in the ledger", "Data loss or corruption"),
        ("Customer data exposed by a public bucket", "Security breach"),
        ("Payment processing outage", "Payment system failure"),
        ("All payment attempts failing", "Payment system failure"),
        ("Checkout unavailable", "Major feature unavailable"),
        ("Partial outage in one region", "Partial service outage"),
    ],
)
def test_criteria_show_in_titles(runbook: Runbook, title: str, criterion: str) -> None:
    """Each of these is more than the SEV4 that was declared."""
    (finding,) = severity_findings(incident(title, "SEV4"), runbook)
    assert finding.message.endswith(f'"{criterion}"')


@pytest.mark.parametrize(
    "title", ["Slow dashboard, no data loss", "Search slow, payments not affected", "Minor payments page broken"]
)
def test_what_is_denied_shows_nothing(runbook: Runbook, title: str) -> None:
    """Words can take themselves back."""
    assert severity_findings(incident(title), runbook) == ()


def test_what_updates_and_the_impact_say_counts_too(runbook: Runbook, instant: Callable[[str], Instant]) -> None:
    """The title says little; an update or a field of the impact says more."""
    update = StatusUpdate(at=instant("14:30"), impact="All payments failing", read_from=Place("incident.yaml", 30))
    told = incident().model_copy(update={"updates": (update,)})
    assert [str(finding.where) for finding in severity_findings(told, runbook)] == ["incident.yaml:30"]
    written = incident(description="Data corruption in 40 orders")
    assert severity_findings(written, runbook)[0].expected == "SEV1"


def test_the_most_severe_level_that_held_counts_as_declared(
    runbook: Runbook, instant: Callable[[str], Instant]
) -> None:
    """Raised to SEV1 in time, nothing is to be said."""
    raised = (SeverityChange(severity="SEV1", at=instant("14:40")),)
    told = incident("Payments down").model_copy(update={"severity_changes": raised})
    assert severity_findings(told, runbook) == ()


def test_a_severity_above_its_criteria_is_a_note(runbook: Runbook) -> None:
    """Caution is no mistake."""
    (finding,) = severity_findings(incident(severity="SEV1", degradation_percent=20), runbook)
    assert (finding.rule, finding.level) == ("severity-above-criteria", "info")


@pytest.mark.parametrize(("percent", "rules"), [(49.9, []), (50.1, ["severity-below-criteria"])])
def test_degradation_beside_fifty_percent_has_a_level(runbook: Runbook, percent: float, rules: list[str]) -> None:
    """Under 50 is SEV3 as declared, over 50 is SEV2."""
    assert [finding.rule for finding in severity_findings(incident(degradation_percent=percent), runbook)] == rules


def test_exactly_fifty_percent_falls_into_the_runbooks_hole(runbook: Runbook) -> None:
    """SEV2 begins above 50 and SEV3 ends below it."""
    (finding,) = severity_findings(incident(degradation_percent=50), runbook)
    assert (finding.rule, finding.level, finding.expected) == ("severity-unclassified", "warning", "SEV2")
    assert finding.message == (
        'unclassified: degradation percent 50 lies outside SEV3: "Performance degradation < 50%" and matches no other '
        "level; the runbook has a hole; assume the higher, SEV2"
    )
    assert str(finding.where) == "incident.yaml:9"


@pytest.mark.parametrize(("percent", "count"), [(9.9, 0), (10, 1), (60, 1)])
def test_ten_percent_of_users_or_more_falls_into_it_too(runbook: Runbook, percent: float, count: int) -> None:
    """The runbook knows non-critical errors only under 10 % of users."""
    findings = severity_findings(incident(users_percent=percent), runbook)
    assert [finding.rule for finding in findings] == ["severity-unclassified"] * count


def test_a_hole_is_settled_by_a_more_severe_criterion(runbook: Runbook) -> None:
    """60 % of users with payments down is SEV1, whatever the share of users."""
    assert severity_findings(incident("Payments down", "SEV1", users_percent=60), runbook) == ()


def test_a_hole_is_a_note_where_the_higher_level_was_declared(runbook: Runbook) -> None:
    """Declared SEV2 already."""
    (finding,) = severity_findings(incident(severity="SEV2", degradation_percent=50), runbook)
    assert finding.level == "info"


def test_no_severity_is_compared_with_nothing_but_a_hole_is_told(runbook: Runbook) -> None:
    """A missing severity is a finding of the record's reading."""
    assert severity_findings(incident("Payments down", None), runbook) == ()
    (finding,) = severity_findings(incident(severity=None, degradation_percent=50), runbook)
    assert (finding.level, finding.seen) == ("warning", "no severity")
