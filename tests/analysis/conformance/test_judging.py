"""All rules together: their order, their states, and the runbook's own template."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

import pytest

from incident_analytics.analysis.conformance import State, conformance
from incident_analytics.analysis.conformance.judging import JUDGES
from incident_analytics.model.runbook import CheckKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Judged

    from incident_analytics.analysis.conformance import Check, Situation
    from incident_analytics.model.runbook import Runbook

TEMPLATE = {
    "started_at": "14:15",
    "resolved_at": "15:45",
    "timeline": [("14:15", "Alert triggered"), ("14:18", "IC assigned"), ("14:25", "Root cause identified")],
    "as_of": "15:45",
}


def checks_of(made: Situation) -> tuple[Check, ...]:
    """Every check of a situation."""
    return conformance(made.incident, made.events, made.anchors, made.runbook, as_of=made.as_of, silences=made.silences)


def test_every_rule_has_one_check_in_the_runbooks_order(situation: Callable[..., Situation], runbook: Runbook) -> None:
    """No rule is left out, none is told twice."""
    checks = checks_of(situation(**TEMPLATE))
    assert [check.rule for check in checks] == [rule.id for rule in runbook.rules]
    assert {check.state for check in checks} <= set(get_args(State))


def test_every_kind_of_check_has_a_judge() -> None:
    """A kind that the runbook may name is judged."""
    assert set(JUDGES) == set(get_args(CheckKind))


def test_the_runbooks_template_is_judged_as_counted_by_hand(situation: Callable[..., Situation]) -> None:
    """With the moment of the resolution as now, what follows it is pending."""
    checks = checks_of(situation(**TEMPLATE))
    states = {check.rule: check.state for check in checks}
    assert [rule for rule, state in states.items() if state == "met"] == [
        "response-target",
        "role-commander",
        "command-announced",
    ]
    # It keeps neither roles nor updates, which is no evidence that there were none.
    assert [rule for rule, state in states.items() if state == "missed"] == ["timeline-kept", "monitored"]
    assert [rule for rule, state in states.items() if state == "manual"] == ["focus", "decisive-calls"]
    # Five steps are due within 2 hours and four within 48.
    assert Counter(states.values())["pending"] == 9


def test_what_is_met_always_has_evidence(situation: Callable[..., Situation]) -> None:
    """A check without a pointer would have to be believed."""
    told = [*TEMPLATE["timeline"], ("14:33", "Decision: rollback"), ("14:40", "Rolled back"), ("14:50", "Recovered")]
    checks = checks_of(situation(**TEMPLATE | {"timeline": told, "updates": [("14:20", "14:35")]}))
    assert [check.rule for check in checks if check.state == "met" and not check.evidence] == []


def test_details_are_short_and_name_no_none(situation: Callable[..., Situation]) -> None:
    """Words for people."""
    for check in checks_of(situation(**TEMPLATE)):
        assert len(check.detail) <= 120
        assert "None" not in check.detail


@pytest.mark.parametrize("rule", ["role-commander", "updates", "response-target"])
def test_no_severity_is_not_evidenced(judged: Judged, rule: str) -> None:
    """Whether the rule applies is not known."""
    check = judged(rule, severity=None, resolved_at="15:45")
    assert (check.state, check.detail) == ("not_evidenced", "the record names no severity")


def test_an_empty_record_is_judged_without_an_error(situation: Callable[..., Situation]) -> None:
    """Nothing is met, and what the record alone could tell is not missed while the incident is open."""
    states = Counter(check.state for check in checks_of(situation(severity=None, started_at=None, timeline=[])))
    assert states["met"] == 0
    assert states["missed"] == 0
