"""Which change may have begun it: strong, possible, unlikely, none of these, or no change recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from incident_analytics.analysis.changes import AffectedService, Bound, ImpactBounds, NewWarning, change_candidates
from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.changes import Candidate, Change, ChangeCandidates

START = datetime(2024, 1, 15, 14, 0, tzinfo=UTC)


def points(candidate: Candidate) -> dict[str, int]:
    """What each kind of evidence counts."""
    return {reason.rule: reason.points for reason in candidate.reasons}


def test_a_deploy_whose_rollback_ended_the_impact_is_a_strong_candidate(judge: Callable[..., ChangeCandidates]) -> None:
    """Ten minutes before the start, an affected service, and impact ended five minutes after it was undone."""
    found = judge(("13:50", "checkout 4.2.0 deployed"), ("14:35", "checkout rolled back to 4.1.9"))
    first = found.candidates[0]
    assert (found.answer, first.grade, first.points) == ("candidates", "strong candidate", 8)
    assert points(first) == {"near": 3, "often": 0, "service": 2, "undone": 3}
    assert [reason.text for reason in first.reasons] == [
        "it came 10 min before the first error",
        "how often such changes come cannot be told",
        "it changed checkout, which was affected: its errors rose",
        "it was undone at 14:35, and the impact ended 5 min later (errors back to usual)",
    ]


def test_the_rollback_itself_came_after_the_start(judge: Callable[..., ChangeCandidates]) -> None:
    """It is told as a change that cannot have begun it."""
    found = judge(("13:50", "checkout 4.2.0 deployed"), ("14:35", "checkout rolled back to 4.1.9"))
    assert [(each.grade, each.change.sort, each.points) for each in found.candidates] == [
        ("strong candidate", "deploy", 8),
        ("came after", "rollback", 0),
    ]
    assert found.candidates[1].seconds_before == -2100


def test_a_change_of_another_service_is_unlikely_and_none_of_these_is_an_answer(
    judge: Callable[..., ChangeCandidates],
) -> None:
    """Near as it is, search was not affected."""
    found = judge(("13:55", "search-api 9.1 deployed"))
    assert (found.answer, found.reached) == ("none of these", ())
    assert points(found.candidates[0]) == {"near": 3, "often": 0, "service": -3, "undone": -1}
    assert (
        found.candidates[0].speaks_against[0].text
        == "it changed search-api, which is not among the affected services (checkout)"
    )


def test_a_service_that_nothing_else_knows_is_another_service(judge: Callable[..., ChangeCandidates]) -> None:
    """A name before a version is read as a service."""
    found = judge(("13:55", "recommendations-worker 3.0.1 deployed"))
    assert (found.candidates[0].change.services, found.answer) == (("recommendations-worker",), "none of these")


def test_a_change_after_the_start_cannot_have_begun_it(judge: Callable[..., ChangeCandidates]) -> None:
    """Nothing else is recorded, so none of these."""
    found = judge(("14:10", "checkout 4.2.1 deployed"))
    assert (found.answer, [each.grade for each in found.candidates]) == ("none of these", ["came after"])


def test_a_change_at_the_very_start_came_not_after_it(judge: Callable[..., ChangeCandidates]) -> None:
    """Zero seconds before is before."""
    found = judge(("14:00", "checkout 4.2.1 deployed"))
    assert (found.candidates[0].seconds_before, found.candidates[0].grade) == (0, "strong candidate")


def test_with_a_deploy_every_twenty_minutes_being_near_one_means_little(judge: Callable[..., ChangeCandidates]) -> None:
    """The chance that one of them falls into any half hour is 1 - exp(-30 / 20) = 78 %."""
    entries = [(f"{9 + n // 3:02}:{n % 3 * 20:02}", f"checkout 4.{n} deployed") for n in range(15)]
    found = judge(*entries)
    nearest = next(each for each in found.candidates if each.change.text == "checkout 4.14 deployed")
    assert points(nearest) == {"near": 3, "often": -3, "service": 2, "undone": -1}
    assert nearest.reasons[1].text == (
        "such changes come every 20 min on average (15 recorded), so about 8 of 10 stretches of 30 min have one anyway"
    )
    assert found.answer == "none of these"


def test_often_deploys_of_other_services_do_not_excuse_this_one(judge: Callable[..., ChangeCandidates]) -> None:
    """How often is asked of the changed service alone."""
    entries = [(f"{9 + n // 3:02}:{n % 3 * 20:02}", f"search-api 4.{n} deployed") for n in range(15)]
    found = judge(*entries, ("13:50", "checkout 7.0 deployed"))
    assert [each.change.text for each in found.reached] == ["checkout 7.0 deployed"]


def test_impact_that_went_on_after_the_rollback_speaks_against_it(judge: Callable[..., ChangeCandidates]) -> None:
    """Undone at 14:05, ended at 14:40."""
    found = judge(("13:50", "checkout 4.2.0 deployed"), ("14:05", "checkout rolled back to 4.1.9"))
    assert found.candidates[0].reasons[-1].text == "it was undone at 14:05, but the impact went on for 35 min"
    assert (found.candidates[0].points, found.candidates[0].grade) == (1, "unlikely")


def test_a_rollback_after_the_impact_had_ended_proves_nothing(judge: Callable[..., ChangeCandidates]) -> None:
    """It counts as not undone."""
    found = judge(("13:50", "checkout 4.2.0 deployed"), ("15:05", "checkout rolled back to 4.1.9"))
    assert found.candidates[0].reasons[-1].text == "it was undone at 15:05, after the impact had ended"
    assert points(found.candidates[0])["undone"] == -1


def test_an_open_impact_does_not_tell_what_undoing_did(judge: Callable[..., ChangeCandidates]) -> None:
    """No end, no points."""
    found = judge(("13:50", "checkout 4.2.0 deployed"), ("14:05", "checkout rolled back to 4.1.9"), end=None)
    assert found.candidates[0].reasons[-1].text == "it was undone at 14:05; no end of the impact is known"
    assert (points(found.candidates[0])["undone"], found.candidates[0].points) == (0, 5)


def test_no_change_recorded_cannot_be_told_from_none_that_fits(judge: Callable[..., ChangeCandidates]) -> None:
    """An empty list of changes is its own answer."""
    found = judge(("13:50", "Alert fired"))
    assert (found.answer, found.candidates) == ("no change recorded", ())


def test_without_affected_services_a_near_change_is_possible_at_most(judge: Callable[..., ChangeCandidates]) -> None:
    """Nothing speaks for or against its service."""
    found = judge(("13:50", "checkout 4.2.0 deployed"), affected=())
    assert (found.candidates[0].grade, found.candidates[0].points) == ("possible", 2)


def test_without_a_start_nothing_can_be_held_against_it(changes_of: Callable[..., tuple[Change, ...]]) -> None:
    """The answer says so."""
    found = change_candidates(
        changes_of(("13:50", "checkout 4.2.0 deployed")),
        bounds=ImpactBounds(None, None),
        affected=(),
        warned={},
        zone=UTC,
    )
    assert (found.answer, found.candidates) == ("no start known", ())


def test_a_change_within_an_uncertain_start_is_near_and_may_have_come_after_it(
    changes_of: Callable[..., tuple[Change, ...]],
) -> None:
    """It counts as near, and the reason says what is not known."""
    late = START + timedelta(minutes=10)
    found = change_candidates(
        changes_of(("14:05", "checkout 4.2.0 deployed")),
        bounds=ImpactBounds(Bound(START, late, "the recorded start", is_measured=False), None),
        affected=(),
        warned={},
        zone=UTC,
    )
    assert found.candidates[0].reasons[0].text == (
        "it came close to the recorded start; whether before or after cannot be told, as the times are uncertain"
    )
    assert (found.candidates[0].grade, found.candidates[0].points) == ("possible", 3)


def test_new_warnings_of_the_changed_service_speak_for_it(changes_of: Callable[..., tuple[Change, ...]]) -> None:
    """They count one point, with their line."""
    changes = changes_of(("13:50", "checkout 4.2.0 deployed"))
    warned = NewWarning("checkout", "connection held long", 37, START - timedelta(minutes=9), Place("a.log", 5))
    found = change_candidates(
        changes,
        bounds=ImpactBounds(Bound(START, START, "the first error", is_measured=True), None),
        affected=(),
        warned={changes[0]: warned},
        zone=UTC,
    )
    last = found.candidates[0].reasons[-1]
    assert (last.points, str(last.place)) == (1, "a.log:5")
    assert last.text == 'after it checkout began to log "connection held long" at 13:51, 37 lines before the impact'


def test_what_takes_another_change_back_is_no_candidate(judge: Callable[..., ChangeCandidates]) -> None:
    """A rollback right before the start is told as what it is, whether or not it names a change."""
    found = judge(("13:40", "checkout 4.2.0 deployed"), ("13:58", "checkout rolled back to 4.1.9"), affected=())
    assert [(each.change.sort, each.grade) for each in found.candidates] == [
        ("deploy", "possible"),
        ("rollback", "took back"),
    ]
    assert found.candidates[1].reasons[0].text == 'it takes "checkout 4.2.0 deployed" back'
    bare = judge(("13:58", "Rolled back"))
    assert (bare.answer, bare.candidates[0].grade) == ("none of these", "took back")


def test_a_rollback_that_names_nothing_counts_less(judge: Callable[..., ChangeCandidates]) -> None:
    """It may be one of something else: 1 where the impact ended, -2 where it went on."""
    ended = judge(("13:50", "checkout 4.2.0 deployed"), ("14:35", "Rolled back"))
    went_on = judge(("13:50", "checkout 4.2.0 deployed"), ("14:05", "Rolled back"))
    assert [points(found.candidates[0])["undone"] for found in (ended, went_on)] == [1, -2]


def test_where_no_impact_is_seen_none_can_be_told(changes_of: Callable[..., tuple[Change, ...]]) -> None:
    """However near and undone: nothing is seen to have begun, and a recorded end is no end of an impact."""
    ends = (
        Bound(START, START, "the recorded start", is_measured=False),
        Bound(
            START + timedelta(minutes=40), START + timedelta(minutes=40), "the recorded resolution", is_measured=False
        ),
    )
    found = change_candidates(
        changes_of(("13:50", "checkout 4.2.0 deployed")),
        bounds=ImpactBounds(*ends, is_impact_seen=False),
        affected=(AffectedService("checkout", ("the record names it",)),),
        warned={},
        zone=UTC,
    )
    assert (found.answer, found.reached, found.candidates[0].grade) == ("no impact seen", (), "possible")
    assert found.candidates[0].reasons[-1].text == "no entry says that it was undone before the recorded resolution"
