"""A record keeps what it knows and what it does not."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from incident_analytics.model.incident import Impact, Incident
from incident_analytics.model.instants import ZoneRules, read_instant
from incident_analytics.model.measurement import Place

NOON = read_instant("2024-01-15T12:00Z", ZoneRules())


def test_an_incident_without_a_resolution_is_open() -> None:
    """Nothing is assumed to have ended."""
    assert Incident(id="INC-1").is_open
    assert not Incident(id="INC-1", resolved_at=NOON).is_open


def test_a_milestone_is_found_by_its_name_and_nothing_else_is() -> None:
    """A title is no instant."""
    incident = Incident(id="INC-1", title="x", detected_at=NOON)
    assert incident.at("detected_at") == NOON
    assert incident.at("started_at") is None
    assert incident.at("title") is None
    assert incident.at("unheard_of") is None


def test_a_record_cannot_be_changed_by_accident() -> None:
    """Every number of a report comes from it."""
    incident = Incident(id="INC-1")
    with pytest.raises(ValidationError, match="frozen"):
        incident.title = "other"


@pytest.mark.parametrize("key", ["read_from", "is_open", "model_config", "model_extra", "__class__", "self", "at"])
def test_a_key_named_like_something_of_ours_is_kept_beside_it(key: str) -> None:
    """What a person wrote is dumped again; what is ours is untouched."""
    incident = Incident.recorded({"id": "INC-1", "read_from": Place("incident.yaml", 1)}, {key: "theirs"})
    assert incident.model_extra == {key: "theirs"}
    assert incident.id == "INC-1"
    assert incident.read_from == Place("incident.yaml", 1)
    assert incident.is_open is True


def test_the_place_of_a_part_is_not_dumped() -> None:
    """It belongs to the file, not to the record."""
    assert Impact(users_affected=5, read_from=Place("incident.yaml", 9)).model_dump(exclude_none=True) == {
        "users_affected": 5
    }
