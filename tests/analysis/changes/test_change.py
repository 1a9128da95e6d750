"""Changes are found by their kind of event; services, versions and tickets by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.changes import recorded_changes
from incident_analytics.analysis.changes.change import marks_of, services_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.changes import Change


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("checkout 4.2.0 deployed", "deploy"),
        ("Config of checkout changed: pool 20 to 10", "configuration"),
        ("Feature flag new_basket turned on", "feature flag"),
        ("Schema migration 0042 started", "migration"),
        ("checkout scaled down to 2 replicas", "scaling"),
        ("Database failed over to replica 2", "infrastructure"),
        ("TLS certificates rotated", "infrastructure"),
        ("checkout rolled back to 4.1", "rollback"),
        ("Hotfix deployed to checkout", "fix"),
    ],
)
def test_words_tell_the_sort_of_a_change(changes_of: Callable[..., tuple[Change, ...]], words: str, sort: str) -> None:
    """By the runbook's words for kinds of event."""
    assert [change.sort for change in changes_of(("13:50", words))] == [sort]


@pytest.mark.parametrize("words", ["Alert fired", "Rollback of 2.31.0 prepared, not used", "4.2 was not deployed"])
def test_what_changes_nothing_is_no_change(changes_of: Callable[..., tuple[Change, ...]], words: str) -> None:
    """An alert, a plan, a denial."""
    assert changes_of(("13:50", words)) == ()


def test_a_kind_that_people_wrote_is_understood(tell: Callable[..., Any]) -> None:
    """Their column says "config"; their column of services is believed."""
    events = tell(
        "id: X\nseverity: SEV1\nstarted_at: 2024-01-15T14:00:00Z\ntimeline:\n"
        '- {time: "13:50", event: Timeout 5 s, kind: config, service: "edge, checkout", ref: CHG-7, source: changes}\n'
    ).events
    (change,) = recorded_changes(events)
    assert (change.sort, change.services, change.ref, change.source) == (
        "configuration",
        ("edge", "checkout"),
        "CHG-7",
        "changes",
    )


def test_services_are_found_whole_and_the_longest_first() -> None:
    """The name search-api does not name the service "search" too; underscores and dashes are one."""
    known = ("search", "search-api", "payment_processor")
    assert services_named("search-api 4.1 deployed", known) == ("search-api",)
    assert services_named("Payment-Processor restarted", known) == ("payment_processor",)
    assert services_named("research deployed", known) == ()


def test_only_a_name_with_a_dash_before_a_version_is_an_unknown_service() -> None:
    """Other words there are verbs as often as names."""
    assert services_named("recommendations-worker 3.0.1 deployed", ()) == ("recommendations-worker",)
    assert services_named("Upgraded to 3.0.1", ()) == ()
    assert services_named("Roll-out 3.0.1 finished", ()) == ()


def test_versions_tickets_and_flags_are_marks() -> None:
    """By them another entry speaks of the same change; a bare number is none."""
    assert marks_of("checkout v4.2.0-rc.1 for CHG-1234 with `new_basket`, 3 pods") == (
        "4.2.0-rc.1",
        "chg-1234",
        "new_basket",
    )
