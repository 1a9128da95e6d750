"""Whatever stands in whatever field, out comes an incident or one clear line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incident_analytics.errors import RecordError
from incident_analytics.sources.records import read_records

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.model.runbook import Runbook

FIELDS = [
    *(
        "id",
        "severity",
        "title",
        "status",
        "timezone",
        "schema_version",
        "services",
        "service",
        "channel",
        "status_page",
    ),
    *("started_at", "detected_at", "declared_at", "acknowledged_at", "engaged_at", "diagnosed_at", "mitigated_at"),
    *("resolved_at", "closed_at", "postmortem_at", "deployed_at", "detected_by", "impact", "mitigation"),
    *("severity_changes", "impact_intervals", "roles", "updates", "timeline", "action_items", "incident", "incidents"),
]
INNER = [
    *(
        "users_affected",
        "revenue_lost",
        "duration_minutes",
        "degradation_percent",
        "users_percent",
        "amount",
        "currency",
    ),
    *("time", "at", "event", "text", "kind", "kinds", "actor", "source", "ref", "status", "impact", "actions"),
    *("next_update", "role", "person", "name", "assigned_at", "severity", "from", "to", "owner", "due", "ticket"),
    *("closed_at", "description", "earliest", "latest", "method", "read_from", "__class__", "model_config"),
]
WORDS = [
    *("14:15", "2024-01-15T14:15:00Z", "2024-01-15", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "14:10..14:20"),
    *("23:59", "00:00", "$45000", "45.000", "SEV1", "rollback", "America/New_York", "+14:00", "EST", "", "IC assigned"),
    *("2024-03-10T02:30", "99999999999999999999", "1705328100", "\n\n", "\u2028", "[31m", "x" * 500),
]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(WORDS), st.just(855)
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(INNER), st.text(max_size=8)), inner, max_size=5),
    ),
    max_leaves=12,
)
NO_DEADLINE = settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def read_or_refuse(file: Path, runbook: Runbook) -> None:
    """Reads a file; a refusal must be one printable line."""
    try:
        read_records(file, runbook)
    except RecordError as error:
        assert str(error).isprintable()  # noqa: PT017 -- a refusal is as right as a record


@NO_DEADLINE
@given(record=st.dictionaries(st.one_of(st.sampled_from(FIELDS), st.text(max_size=8)), ANYTHING, max_size=6))
def test_any_json_value_in_any_field_is_read_or_refused(record: object, tmp_path: Path, runbook: Runbook) -> None:
    """No other exception, ever."""
    file = tmp_path / "record.json"
    file.write_text(json.dumps(record))
    read_or_refuse(file, runbook)


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in {"incident", "incidents"}])
@settings(NO_DEADLINE, max_examples=30)
@given(value=ANYTHING)
def test_any_json_value_in_a_field_of_a_good_record_is_read_or_refused(
    field: str, value: object, tmp_path: Path, runbook: Runbook
) -> None:
    """Where the rest gives clock times a day to take."""
    record = {"id": "INC-1", "severity": "SEV1", "started_at": "2024-01-15T14:15:00Z", field: value}
    file = tmp_path / "record.json"
    file.write_text(json.dumps(record))
    read_or_refuse(file, runbook)


@NO_DEADLINE
@given(record=st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=6))
def test_any_yaml_value_in_any_field_is_read_or_refused(record: object, tmp_path: Path, runbook: Runbook) -> None:
    """As PyYAML itself writes it."""
    file = tmp_path / "record.yaml"
    file.write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8", errors="surrogatepass")
    read_or_refuse(file, runbook)


@NO_DEADLINE
@given(data=st.binary(max_size=200), suffix=st.sampled_from([".yaml", ".json", ".ndjson"]))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str, tmp_path: Path, runbook: Runbook) -> None:
    """A picture, a core dump, half a file."""
    file = tmp_path / f"record{suffix}"
    file.write_bytes(data)
    read_or_refuse(file, runbook)


@NO_DEADLINE
@given(text=st.text(alphabet="{}[]:,-?&*!|>'\"#%@ \n\tab01~", max_size=80))
def test_any_text_of_yaml_letters_is_read_or_refused(text: str, tmp_path: Path, runbook: Runbook) -> None:
    """Nearer to what a slipped key makes of a record."""
    file = tmp_path / "record.yaml"
    file.write_text(text)
    read_or_refuse(file, runbook)
