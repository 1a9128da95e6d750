"""Words tell an event only where nothing beside them denies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Alert not triggered, found by customer call", "detected"),
        ("No alert fired", "detected"),
        ("The alert wasn't received", "detected"),
        ("IC not yet assigned", "commander_assigned"),
        ("Page not acknowledged", "acknowledged"),
        ("Fix applied? no effect", "fix_deployed"),
        ("Rolled back to 2.30, no effect", "rolled_back"),
        ("Rollback failed", "rolled_back"),
        ("Fix deployed without effect", "fix_deployed"),
        ("Impact isn't mitigated", "mitigated"),
        ("Not yet recovered", "recovered"),
        ("Failed to roll back", "rolled_back"),
        ("Mitigated?", "mitigated"),
        ("Resolved the naming dispute in the channel", "resolved"),
        ("Incident resolved?", "resolved"),
        ("Issue has not been resolved", "resolved"),
    ],
)
def test_words_that_are_denied_tell_nothing(runbook: Runbook, text: str, kind: str) -> None:
    """Nor do words that mean something else."""
    assert kind not in runbook.kinds_told(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Alert triggered", "detected"),
        ("Alert triggered: payments failed", "detected"),
        ("Alert triggered for failed payments", "detected"),
        ("Alert triggered, restart had no effect", "detected"),
        ("Paged, not acknowledged", "paged"),
        ("IC assigned", "commander_assigned"),
        ("Root cause identified: connections are not released", "diagnosed"),
        ("Health checks failed", "health_checked"),
        ("Decided not to wait", "decided"),
        ("Resolved", "resolved"),
        ("Resolved: pool resized", "resolved"),
        ("All clear", "resolved"),
        ("Outage fully resolved", "resolved"),
        ("Incident marked as resolved", "resolved"),
    ],
)
def test_words_that_deny_something_else_take_nothing_back(runbook: Runbook, text: str, kind: str) -> None:
    """What an alert says of failures is not said of the alert."""
    assert kind in runbook.kinds_told(text)
