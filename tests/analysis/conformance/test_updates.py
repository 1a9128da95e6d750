"""The rule about status updates, in the words of its audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Judged

RESPONSE = {"acknowledged_at": "14:18", "resolved_at": "15:45"}


def test_missed_updates_say_share_longest_silence_and_promises(judged: Judged) -> None:
    """The sample incident's updates: three of six gaps, 38 minutes, two promises kept and three late."""
    sent = [
        ("14:20", "14:35"),
        ("14:31", "14:46"),
        ("15:09", "15:24"),
        ("15:25", "15:40"),
        ("15:41", "15:56"),
        ("15:45", None),
    ]
    check = judged("updates", updates=sent, **RESPONSE)
    assert check.state == "missed"
    assert check.detail == (
        "3 of 6 on time, longest silence 38 min (14:31 to 15:09); promised next update 2 kept, 3 late"
    )
    assert [anchor.anchor for anchor in check.evidence] == ["acknowledged_at", "update_sent", "update_sent"]


def test_updates_on_cadence_are_met(judged: Judged) -> None:
    """12, 13 and 5 minutes."""
    sent = [("14:30", None), ("14:43", None)]
    check = judged("updates", updates=sent, acknowledged_at="14:18", resolved_at="14:48")
    assert (check.state, check.detail) == ("met", "3 of 3 on time, longest silence 13 min (14:30 to 14:43)")


def test_a_record_without_updates_is_no_evidence_that_none_were_sent(judged: Judged) -> None:
    """They may stand in a chat that nobody exported."""
    check = judged("updates", **RESPONSE)
    assert check.state == "not_evidenced"
    assert check.detail == "the record keeps no status updates; no update in 1 h 27 min (14:18 to 15:45)"


def test_an_incident_shorter_than_the_cadence_was_asked_for_no_update(judged: Judged) -> None:
    """Never due is not met."""
    check = judged("updates", acknowledged_at="14:18", resolved_at="14:33")
    assert check.state == "not_applicable"
    assert check.detail == "resolved 15 min after acknowledgment, before an update was due"


@pytest.mark.parametrize("severity", ["SEV3", "SEV4"])
def test_severities_without_a_cadence_are_not_judged(judged: Judged, severity: str) -> None:
    """The runbook's cadence is for SEV1 and SEV2."""
    check = judged("updates", severity=severity, **RESPONSE)
    assert (check.state, check.detail) == ("not_applicable", f"{severity} sets no cadence")


def test_an_open_incident_is_pending_until_its_first_update_is_due(judged: Judged) -> None:
    """Acknowledged 14:18, so the first one is due at 14:33."""
    assert judged("updates", acknowledged_at="14:18", as_of="14:33").state == "pending"
    late = judged("updates", acknowledged_at="14:18", as_of="14:34")
    assert late.state == "not_evidenced"
    assert late.detail == "the record keeps no status updates; no update in 16 min (14:18 to 14:34)"


def test_an_open_incident_on_cadence_is_met_so_far(judged: Judged) -> None:
    """The next one may still come in time."""
    check = judged("updates", acknowledged_at="14:18", updates=[("14:30", None)], as_of="14:40")
    assert (check.state, check.detail) == ("met", "so far 1 of 1 on time, longest silence 12 min (14:18 to 14:30)")


def test_updates_without_an_acknowledgment_are_missed_only_by_their_own_gaps(judged: Judged) -> None:
    """What lay before the first one is not known."""
    on_time = judged("updates", updates=[("14:30", None), ("14:40", None)], resolved_at="14:50")
    late = judged("updates", updates=[("14:30", None), ("14:50", None)], resolved_at="15:00")
    assert (on_time.state, late.state) == ("not_evidenced", "missed")
    assert judged("updates", resolved_at="15:00").detail.startswith("nobody recorded the acknowledgment")


def test_uncertain_updates_are_not_evidenced(judged: Judged) -> None:
    """12 to 17 minutes beside a cadence of 15."""
    check = judged("updates", updates=[("14:30..14:35", None)], acknowledged_at="14:18", resolved_at="14:40")
    assert check.state == "not_evidenced"
    assert check.detail.endswith("some times are too uncertain to tell")


def test_a_resolution_before_the_acknowledgment_is_not_judged(judged: Judged) -> None:
    """A negative stretch has no cadence."""
    check = judged("updates", acknowledged_at="15:00", resolved_at="14:50")
    assert (check.state, check.detail) == ("not_evidenced", "the resolution does not lie after the acknowledgment")
