"""Fields by their dotted names."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.recorded_field import recorded_field
from incident_analytics.model.incident import Impact, Incident

INCIDENT = Incident.model_validate(
    {"id": "INC-1", "title": "", "impact": Impact(users_affected=0), "vendor": {"name": "x", "tags": []}}
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("impact.users_affected", 0),
        ("title", None),
        ("roles", None),
        ("impact.nothing", None),
        ("mitigation.kind", None),
        ("vendor.name", "x"),
        ("vendor.tags", None),
    ],
)
def test_a_field_is_found_by_its_path_and_empty_is_missing(name: str, value: object) -> None:
    """Known and unknown keys alike; 0 is a value."""
    assert recorded_field(INCIDENT, name) == value
