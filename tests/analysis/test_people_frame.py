"""Tests of the frame of people."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics import load_incidents, open_bundle, people_frame
from incident_analytics.analysis.people_frame import PEOPLE_SCHEMA

if TYPE_CHECKING:
    import polars as pl

ROOT = Path(__file__).resolve().parents[2]
RECORD = """
id: INC-7
severity: SEV1
services: [search]
team: storefront
timezone: UTC
started_at: 2024-01-18T15:50:00Z
resolved_at: 2024-01-18T23:00:00Z
roles:
  - {role: Incident Commander, person: Ana  Costa, assigned_at: 2024-01-18T16:00:00Z}
  - {role: Scribe, person: ana costa, assigned_at: 2024-01-18T16:10:00Z}
  - {role: Technical Lead, person: Wei Chen}
timeline:
  - {time: 2024-01-18T15:50:00Z, event: Alert triggered, actor: pagerduty}
  - {time: 2024-01-18T16:30:00Z, event: Database restarted, actor: John Doe}
  - {time: 2024-01-18T17:30:00Z, event: Database checked, actor: John Doe}
"""


def frame_of(tmp_path: Path, record: str = RECORD, **options: str) -> pl.DataFrame:
    """The people of one record."""
    file = tmp_path / "INC-7.yaml"
    file.write_text(record, encoding="utf-8")
    return people_frame(load_incidents(file, catalog=None, **options))  # type: ignore[arg-type]


def test_each_person_has_one_row_with_all_their_roles(tmp_path: Path) -> None:
    """Spelled in two ways she is one; machines are nobody."""
    people = frame_of(tmp_path)
    assert dict(people.schema) == PEOPLE_SCHEMA
    assert people["person"].to_list() == ["Ana Costa", "John Doe", "Wei Chen"]
    assert people["roles"].to_list() == ["Incident Commander, Scribe", None, "Technical Lead"]
    assert people["events"].to_list() == [2, 2, 0]
    assert set(people["team"]) == {"storefront"}


def test_who_holds_a_role_is_engaged_to_the_resolution(tmp_path: Path) -> None:
    """16:00 to 23:00 is one hour of work, five of the evening, one of the night."""
    row = frame_of(tmp_path).row(0, named=True)
    assert (row["first_at"], row["last_at"]) == (at(16, 0), at(23, 0))
    assert (row["business_seconds"], row["off_seconds"], row["sleep_seconds"]) == (3600, 18_000, 3600)


def test_who_holds_none_is_engaged_to_the_last_that_is_told_of_them(tmp_path: Path) -> None:
    """16:30 to 17:30."""
    row = frame_of(tmp_path).row(1, named=True)
    assert (row["first_at"], row["last_at"]) == (at(16, 30), at(17, 30))
    assert (row["business_seconds"], row["off_seconds"], row["sleep_seconds"]) == (1800, 1800, 0)


def test_who_is_named_without_a_time_has_no_hours(tmp_path: Path) -> None:
    """Unknown is null, not zero."""
    row = frame_of(tmp_path).row(2, named=True)
    assert [row[name] for name in ("first_at", "last_at", "business_seconds", "off_seconds", "sleep_seconds")] == [
        None
    ] * 5


def test_what_came_after_the_given_instant_had_not_happened(tmp_path: Path) -> None:
    """At 16:05 nobody but the commander was there, and nothing was resolved."""
    people = frame_of(tmp_path, as_of="2024-01-18T16:05:00Z")
    told = people.filter(people["first_at"].is_not_null())
    assert told.select("person", "roles", "events").rows() == [("Ana Costa", "Incident Commander", 1)]
    assert told["last_at"].to_list() == [at(16, 0)]


def test_record_without_people_has_no_rows(tmp_path: Path) -> None:
    """And the columns are there all the same."""
    people = frame_of(tmp_path, "id: INC-7\nstarted_at: 2024-01-18T15:50:00Z\n")
    assert (people.height, dict(people.schema)) == (0, PEOPLE_SCHEMA)


def test_bundles_have_people_too() -> None:
    """The six of the sample incident, the commander from the instant of the runbook's example."""
    people = people_frame([open_bundle(ROOT / "data/INC-2024-001")])
    assert people["person"].to_list() == [
        "Ana Costa", "Jane Smith", "John Doe", "Priya Nair", "Ravi Patel", "Wei Chen"
    ]  # fmt: skip
    commander = people.row(1, named=True)
    assert (commander["roles"], commander["first_at"]) == (
        "Incident Commander",
        datetime(2024, 1, 15, 14, 18, tzinfo=UTC),
    )


def test_sample_history_names_sixteen_rotas() -> None:
    """Four of each of the four teams."""
    people = people_frame(load_incidents(ROOT / "data/history/incidents.ndjson", catalog=None))
    assert people["person"].n_unique() == 16
    assert people.group_by("team").agg(count=people["person"].n_unique()).height == 4


def at(hour: int, minute: int) -> datetime:
    """An instant of the day."""
    return datetime(2024, 1, 18, hour, minute, tzinfo=UTC)
