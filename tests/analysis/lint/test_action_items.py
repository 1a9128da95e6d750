"""What an action item lacks before it can be tracked (S47)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from incident_analytics.analysis.lint import action_item_lint
from incident_analytics.model.incident import ActionItem, Incident
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Place
from incident_analytics.model.runbook import load_runbook

RUNBOOK = load_runbook()
LACKING = ("no owner", "no due date", "no ticket")


def hints(text: str) -> tuple[str, ...]:
    """The hints for an item that has owner, due date and ticket."""
    item = ActionItem(text=text, owner="payments", due=date(2024, 2, 1), ticket="OPS-7")
    (lint,) = action_item_lint(Incident(id="INC-1", action_items=(item,)), RUNBOOK)
    return lint.hints


def test_the_templates_three_items_each_lack_owner_due_date_and_ticket() -> None:
    """As printed in the runbook; the second has no end, the third names no part."""
    texts = ("Add monitoring for connection pool", "Implement auto-scaling", "Update runbook")
    items = tuple(
        ActionItem(text=text, read_from=Place("incident.yaml", 23 + number)) for number, text in enumerate(texts)
    )
    lints = action_item_lint(Incident(id="INC-2024-001", action_items=items), RUNBOOK)
    assert [lint.text for lint in lints] == list(texts)
    assert [lint.hints for lint in lints] == [
        LACKING,
        (*LACKING, "unbounded: when is it done?"),
        (*LACKING, "vague: which part?"),
    ]
    assert [str(lint.place) for lint in lints] == ["incident.yaml:23", "incident.yaml:24", "incident.yaml:25"]


@pytest.mark.parametrize(
    "text",
    [
        "Update the pool size step of the database runbook",
        "Add retries to checkout-api",
        "Implement auto-scaling of checkout-api up to 12 pods",
        "Automate the all-clear message of the payments channel",
        "Review timeouts of the payment provider client",
    ],
)
def test_an_item_that_says_what_and_where_can_be_tracked(text: str) -> None:
    """Nothing is to be added."""
    assert hints(text) == ()


@pytest.mark.parametrize(
    "text", ["Improve monitoring", "Look into the alerts", "update", "- Investigate slowness", "Make sure it works"]
)
def test_a_vague_verb_without_an_object_in_detail_is_vague(text: str) -> None:
    """Fewer than three words that tell what."""
    assert hints(text) == ("vague: which part?",)


@pytest.mark.parametrize(
    "text",
    ["Add retries to all clients", "Log request ids everywhere", "Rewrite the scheduler", "Never deploy on a Friday"],
)
def test_an_item_without_an_end_is_unbounded(text: str) -> None:
    """Nobody can say when it is done."""
    assert hints(text) == ("unbounded: when is it done?",)


def test_a_blank_owner_or_ticket_is_none() -> None:
    """Spaces name nobody."""
    item = ActionItem(text="Add an alert for waiting clients", owner=" ", due=date(2024, 2, 1), ticket="")
    (lint,) = action_item_lint(Incident(id="INC-1", action_items=(item,)), RUNBOOK)
    assert lint.hints == ("no owner", "no ticket")


def test_a_closed_item_lacks_nothing() -> None:
    """It is done, by its status or its date."""
    at = Instant.exact(datetime(2024, 2, 1, tzinfo=UTC))
    items = (ActionItem(text="Update runbook", status="Done"), ActionItem(text="Update runbook", closed_at=at))
    assert [lint.hints for lint in action_item_lint(Incident(id="INC-1", action_items=items), RUNBOOK)] == [(), ()]


def test_no_action_items_are_no_lints() -> None:
    """An incident may have none."""
    assert action_item_lint(Incident(id="INC-1"), RUNBOOK) == ()
