"""Which recovery steps apply follows from how the harm was ended (S32, S33, A7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.conformance.mitigations import ending_of
from incident_analytics.model.incident import Mitigation

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Judged

    from incident_analytics.analysis.conformance import Situation

ALERT = ("14:15", "Alert triggered")
ROLLED_BACK = ("14:50", "Rolled back payment-processor")


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ([ROLLED_BACK], "rollback"),
        ([("14:40", "Hotfix deployed")], "fix_forward"),
        ([("14:40", "Pool resized to 50")], "fix_forward"),
        ([("14:40", "Hotfix deployed"), ROLLED_BACK], "rollback"),
        ([ROLLED_BACK, ("14:55", "Pool resized to 50")], "rollback"),
    ],
)
def test_the_last_rollback_or_fix_tells_the_kind(
    situation: Callable[..., Situation], told: list[tuple[str, str]], kind: str
) -> None:
    """A quick fix counts only where neither a rollback nor a fix is told."""
    ending = ending_of(situation(timeline=told))
    assert ending is not None
    assert ending.kind == kind


def test_the_records_own_kind_wins(situation: Callable[..., Situation]) -> None:
    """The timeline tells of a rollback, the record of a fix forward."""
    ending = ending_of(situation(timeline=[ROLLED_BACK], mitigation=Mitigation(kind="fix_forward")))
    assert ending is not None
    assert ending.kind == "fix_forward"


def test_the_other_kinds_steps_do_not_apply(judged: Judged) -> None:
    """After a rollback nobody is asked to prepare one."""
    told = {"timeline": [ALERT, ROLLED_BACK], "resolved_at": "15:45"}
    fix = judged("fix-rollback-ready", **told)
    assert (fix.state, fix.detail) == ("not_applicable", "applies after a fix forward; this was a rollback")
    assert judged("rollback-cache", **told).state == "not_evidenced"


def test_steps_before_the_rollback_do_not_count(judged: Judged) -> None:
    """A cache cleared at 14:30 does not hold what the bad version wrote until 14:50."""
    early = [ALERT, ("14:30", "Cache cleared"), ROLLED_BACK]
    assert judged("rollback-cache", timeline=early, resolved_at="15:45").state == "not_evidenced"
    late = [*early, ("14:50", "All caches flushed")]
    assert judged("rollback-cache", timeline=late, resolved_at="15:45").detail == '"All caches flushed" at 14:50'


def test_an_unknown_kind_is_not_evidenced_with_the_reason(judged: Judged) -> None:
    """Neither set of steps is judged; while the incident is open both are pending."""
    check = judged("rollback-health", resolved_at="15:45")
    reason = "the record does not tell whether it was rolled back or fixed forward"
    assert (check.state, check.detail) == ("not_evidenced", reason)
    assert judged("rollback-health").detail == "not mitigated yet"
    assert judged("rollback-health").state == "pending"
