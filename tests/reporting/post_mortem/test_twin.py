"""The numbers of the JSON twin with their receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.reporting.post_mortem.twin import twin

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem


@pytest.fixture
def told(sample: PostMortem) -> Any:  # noqa: ANN401 -- JSON
    """The twin of the sample incident."""
    return twin(sample)


def test_recorded_numbers_tell_their_place_and_measured_ones_their_window(told: Any) -> None:  # noqa: ANN401
    """15,000 users stand in line 10; 13,561 were counted from 14:15 to 15:45."""
    users, revenue = told["metrics"]["users_affected"], told["metrics"]["revenue_impact"]
    assert (users["recorded_at_place"], revenue["recorded_at_place"]) == ("incident.yaml:10", "incident.yaml:11")
    assert (users["measured"], users["measured_window"]) == (
        13561,
        {"from": "2024-01-15T14:15:00Z", "to": "2024-01-15T15:45:00Z"},
    )
    assert users["measured_in"] == "distinct user ids on lines of level error or above in the logs"
    assert (revenue["measured_window"], revenue["measured_in"]) == (None, None)
    assert told["evidence"]["users_outside_window"] == 647


def test_first_errors_are_those_of_the_page(told: Any) -> None:  # noqa: ANN401
    """Errors of the whole shown stretch say in their names that they are."""
    evidence = told["evidence"]
    assert evidence["first_errors_from"] == "2024-01-15T14:12:00Z"
    assert evidence["first_errors"][0]["first_error_at"] == "2024-01-15T14:12:40.762000Z"
    assert "first_error_at" not in evidence["errors_by_service"][0]
    assert evidence["shown_window"] == {"from": "2024-01-15T13:15:00Z", "to": "2024-01-15T16:15:00Z"}
    assert evidence["baseline_window"] == {"from": "2024-01-15T13:12:30Z", "to": "2024-01-15T14:12:30Z"}


def test_the_numbers_of_the_database_tell_their_lines(told: Any) -> None:  # noqa: ANN401
    """46 connections beside 6 of the server's own, 11 sessions waiting behind one idle for 15 min 11 s."""
    database = told["evidence"]["database"]
    assert database["captured_at"] == "2024-01-15T14:27:30Z"
    assert (database["connections"]["value"], database["connections"]["background"]) == (46, 6)
    assert database["sessions_waiting"]["value"] == 11
    assert all(place.startswith("evidence/database/") for place in database["connections"]["places"])
    (root,) = database["blocking"]["roots"]
    assert (root["pid"], root["state"], root["waiting"]) == (4187, "idle in transaction", 11)
    assert (round(root["seconds"]), root["place"].rpartition("/")[2]) == (911, "pg_stat_activity.csv:34")
    assert [each["behind"] for each in database["blocking"]["blocked"]][:2] == [4187, 4190]
    assert (len(database["long_running"]), len(database["idle_in_transaction"])) == (11, 4)
    (capture,) = database["captures"]
    assert (capture["connections"], capture["sessions_waiting"], capture["long_running"]) == (46, 11, 11)


def test_without_captures_the_database_says_nothing(reported: Callable[..., PostMortem]) -> None:
    """Nothing is null, not 0."""
    evidence: Any = twin(reported("id: INC-7\n"))["evidence"]
    assert evidence["database"] == {
        "captured_at": None,
        "connections": {"value": None, "places": []},
        "sessions_waiting": {"value": None, "places": []},
        "long_running": None,
        "idle_in_transaction": None,
        "blocking": None,
        "captures": [],
    }


def test_files_that_nobody_read_have_no_rows(reported: Callable[..., PostMortem]) -> None:
    """Null, not 0: their rows were never counted."""
    ledger: Any = twin(reported("id: INC-7\n", {"evidence/logs/trace.bin": "\0"}))["ledger"]
    assert [line["rows"] for line in ledger if not line["reader"]] == [None]


def test_the_measured_impact_tells_where_each_number_comes_from(told: Any) -> None:  # noqa: ANN401
    """Start and end by the success rate, users and losses with their intervals, and the quiet stretches behind them."""
    impact = told["evidence"]["impact"]
    assert (impact["start_at"], impact["end_at"], impact["precision_seconds"]) == (
        "2024-01-15T14:12:45Z",
        "2024-01-15T15:02:30Z",
        15.0,
    )
    assert impact["told_by"] == {"source": "payment_success_rate", "labels": "{}"}
    assert [one["source"] for one in impact["sources"]][:2] == ["errors in the logs", "payment_success_rate"]
    assert impact["sources"][1]["quiet_stretches"] == 39
    users, revenue = impact["users"], impact["losses"][0]
    assert (users["value"], users["low"], users["high"]) == (14208, 14199, 14268)
    lost = revenue["lost"]
    assert [round(lost[name]) for name in ("value", "low", "high")] == [46374, 39298, 53071]
    assert (revenue["currency"], revenue["weeks"], lost["quiet_windows"]) == ("USD", 4, 334)
