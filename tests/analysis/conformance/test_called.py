"""Page or ticket (S5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Judged

ALERT = ("14:15", "Alert triggered")


@pytest.mark.parametrize(
    ("severity", "entry", "detail"),
    [
        ("SEV1", "Page sent to on-call", "1 min after detection"),
        ("SEV3", "Ticket OPS-7 created", "1 min after detection"),
    ],
)
def test_the_call_that_the_severity_asks_for_meets(judged: Judged, severity: str, entry: str, detail: str) -> None:
    """SEV1/2 page, SEV3/4 ticket."""
    check = judged("call", severity=severity, timeline=[ALERT, ("14:16", entry)])
    assert (check.state, check.detail) == ("met", detail)
    assert str(check.evidence[0].place) == "incident.yaml:101"


@pytest.mark.parametrize(
    ("severity", "entry", "detail"),
    [
        ("SEV2", "Ticket OPS-7 created", 'a ticket, not a page: "Ticket OPS-7 created" at 14:16'),
        ("SEV4", "Page sent to on-call", 'a page, not a ticket: "Page sent to on-call" at 14:16'),
    ],
)
def test_the_other_call_alone_is_missed(judged: Judged, severity: str, entry: str, detail: str) -> None:
    """Only the opposite is on record, so the rule was not followed."""
    check = judged("call", severity=severity, timeline=[ALERT, ("14:16", entry)])
    assert (check.state, check.detail) == ("missed", detail)


def test_a_record_that_tells_of_no_call_leaves_it_open(judged: Judged) -> None:
    """An alert alone does not say how people were called."""
    check = judged("call")
    assert (check.state, check.detail) == ("not_evidenced", "no entry tells of a page")


@pytest.mark.parametrize(("clock", "state"), [("14:19:59", "met"), ("14:20", "missed")])
def test_a_page_after_the_response_target_is_late(judged: Judged, clock: str, state: str) -> None:
    """A page five minutes after detection can no longer be answered within five minutes."""
    assert judged("call", timeline=[ALERT, (clock, "Page sent to on-call")]).state == state


def test_a_page_before_the_recorded_detection_is_met(judged: Judged) -> None:
    """The page may be what a person then recorded as detection."""
    check = judged("call", timeline=[("14:14", "Page sent to on-call"), ALERT])
    assert (check.state, check.detail) == ("met", "1 min before detection")


def test_a_page_without_a_detection_is_met_in_its_own_words(judged: Judged) -> None:
    """There is nothing to count from, but the page is on record."""
    check = judged("call", timeline=[("14:16", "Page sent to on-call")])
    assert (check.state, check.detail) == ("met", '"Page sent to on-call" at 14:16')


def test_an_uncertain_page_across_the_limit_is_not_evidenced(judged: Judged) -> None:
    """Between one and nine minutes after detection."""
    assert judged("call", timeline=[ALERT, ("14:16..14:24", "Page sent to on-call")]).state == "not_evidenced"


def test_no_severity_asks_for_no_call(judged: Judged) -> None:
    """Which call was right is not known."""
    assert judged("call", severity=None).state == "not_evidenced"
