"""The incident channel's name (S11): #incident-YYYY-MM-DD-slug, the date in the incident's zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Judged


@pytest.mark.parametrize("name", ["#incident-2024-01-15-payments", "incident-2024-01-15-db-pool2"])
def test_a_channel_of_the_right_form_and_day_is_met(judged: Judged, name: str) -> None:
    """With or without the sign; chat exports write names without it."""
    check = judged("channel", channel=name)
    assert (check.state, check.detail) == ("met", name)


@pytest.mark.parametrize(
    "name", ["#payments-war-room", "#incident-payments", "#incident-2024-01-15-", "#incident-2024-01-15-Pay"]
)
def test_another_form_is_missed(judged: Judged, name: str) -> None:
    """The slug is lower case, and not empty."""
    check = judged("channel", channel=name)
    assert (check.state, check.detail) == ("missed", f"{name} does not follow #incident-YYYY-MM-DD-slug")


def test_a_wrong_day_is_missed(judged: Judged) -> None:
    """The incident began on the 15th."""
    check = judged("channel", channel="#incident-2024-01-14-payments")
    assert check.state == "missed"
    assert check.detail == "#incident-2024-01-14-payments carries 2024-01-14, but it was opened on 2024-01-15"


def test_the_day_is_that_of_the_incidents_zone(judged: Judged) -> None:
    """02:00 in UTC on the 16th is the evening of the 15th in New York."""
    late = {"started_at": "2024-01-16T02:00", "timeline": [("2024-01-16T02:01", "Alert triggered")]}
    name = "#incident-2024-01-15-payments"
    assert judged("channel", channel=name, timezone="America/New_York", **late).state == "met"
    assert judged("channel", channel=name, timezone="UTC", **late).state == "missed"


def test_over_midnight_either_day_fits_unless_the_opening_is_dated(judged: Judged) -> None:
    """Began 23:50, acknowledged 00:05: nobody wrote when the channel was opened."""
    times = {"started_at": "23:50", "acknowledged_at": "2024-01-16T00:05", "timeline": []}
    assert judged("channel", channel="#incident-2024-01-15-a", **times).state == "met"
    assert judged("channel", channel="#incident-2024-01-16-a", **times).state == "met"
    times["timeline"] = [("2024-01-16T00:06", "Incident channel opened")]
    assert judged("channel", channel="#incident-2024-01-15-a", **times).state == "missed"


def test_a_channel_named_only_in_the_timeline_counts(judged: Judged) -> None:
    """The entry is the evidence."""
    check = judged("channel", timeline=[("14:19", "Opened #incident-2024-01-15-payments")])
    assert (check.state, check.detail) == ("met", "#incident-2024-01-15-payments")
    assert str(check.evidence[0].place) == "incident.yaml:100"


def test_a_channel_without_a_name_and_no_channel_are_not_evidenced(judged: Judged) -> None:
    """It was opened, but its name is not recorded."""
    opened = judged("channel", timeline=[("14:19", "Incident channel opened")])
    assert (opened.state, opened.detail) == ("not_evidenced", '"Incident channel opened" at 14:19, without its name')
    assert judged("channel").detail == "no channel is recorded"
