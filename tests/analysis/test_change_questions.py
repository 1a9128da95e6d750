"""Candidates ask people whether they began it."""

from __future__ import annotations

from datetime import UTC, datetime

from incident_analytics.analysis.change_questions import change_questions
from incident_analytics.analysis.changes import (
    AffectedService,
    Bound,
    Change,
    ImpactBounds,
    change_candidates,
)
from incident_analytics.model.instants import Instant

START = datetime(2024, 1, 15, 14, 0, tzinfo=UTC)


def deploy(minute: int, text: str, ref: str = "") -> Change:
    """A deploy of checkout before the start."""
    at = Instant.exact(START.replace(hour=13, minute=minute))
    return Change(at, text, "deploy", "deploys", None, ref, ("checkout",), ())


def test_the_two_best_candidates_are_asked_about_without_names() -> None:
    """The id follows the ref, so that an answer keeps its question."""
    changes = [deploy(50, "Jane deployed checkout 4.2", "deploy-7"), deploy(40, "checkout 4.1"), deploy(35, "4.0")]
    bounds = ImpactBounds(Bound(START, START, "the first error", is_measured=True), None)
    hit = (AffectedService("checkout", ("its errors rose",)),)
    found = change_candidates(changes[:2], bounds=bounds, affected=hit, warned={}, zone=UTC)
    first, second = change_questions(found, ["Jane Smith"])
    assert (first.id, second.id) == ("change-deploy-7", "change-checkout-4-1")
    assert first.text == 'Did the change "someone deployed checkout 4.2" begin this incident, and what would tell us?'
    assert first.why == (
        "Strong candidate: it came 10 min before the first error; "
        "it changed checkout, which was affected: its errors rose."
    )


def test_no_candidate_asks_nothing() -> None:
    """None of these needs no question."""
    found = change_candidates((), bounds=ImpactBounds(None, None), affected=(), warned={}, zone=UTC)
    assert change_questions(found) == ()
