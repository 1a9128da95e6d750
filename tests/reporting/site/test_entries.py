"""What a JSON twin tells the list, and what is no twin."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import ReportError
from incident_analytics.reporting.publishing import publish
from incident_analytics.reporting.site import entries
from incident_analytics.reporting.site.entries import Shown, read_entry
from incident_analytics.sources import open_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reporting.site.conftest import MakeTwin


def test_the_example_tells_its_six_numbers(make_twin: MakeTwin) -> None:
    """As its page shows them, in the order of the page, with what they are sorted by."""
    entry = read_entry(make_twin("INC-2024-001"))
    assert (entry.identity, entry.title, entry.severity, entry.is_open) == (
        "INC-2024-001",
        "Payment processing outage",
        "SEV1",
        False,
    )
    assert entry.began_at == datetime(2024, 1, 15, 14, 15, tzinfo=UTC)
    assert entry.metrics == (
        Shown("time_to_detection", "0 s", 0),
        Shown("time_to_acknowledgment", "3 min", 180),
        Shown("time_to_resolution", "1 h 30 min", 5400),
        Shown("users_affected", "15,000", 15000),
        Shown("revenue_impact", "$45,000", 45000),
        Shown("people_involved", "unknown", None),
    )
    assert entry.findings == {"error": 0, "warning": 2, "info": 1}
    assert entry.missed == ("Status update every 15 minutes",)


def test_a_twin_that_publish_wrote_is_read(runbook_template: Path, tmp_path: Path) -> None:
    """The list reads what the reports of this version say; nobody is named in the template."""
    publish(open_bundle(runbook_template), out=tmp_path, formats=("json",))
    entry = read_entry(tmp_path / "INC-2024-001.json")
    assert [shown.text for shown in entry.metrics] == ["0 s", "3 min", "1 h 30 min", "15,000", "$45,000", "unknown"]
    assert entry.began_at == datetime(2024, 1, 15, 14, 15, tzinfo=UTC)


def test_a_range_is_sorted_by_its_lower_end(make_twin: MakeTwin) -> None:
    """A detection that is known to the minute only."""
    metrics = {"time_to_detection": {"status": "derived", "value": None, "low": 180, "high": 780}}
    entry = read_entry(make_twin("INC-1", metrics=metrics, displayed={"time_to_detection": "3 to 13 min"}))
    assert entry.metrics[0] == Shown("time_to_detection", "3 to 13 min", 180)


@pytest.mark.parametrize(
    ("status", "text"), [("pending", "pending"), ("not_applicable", "not applicable"), ("invalid", "invalid")]
)
def test_what_has_no_value_says_why(make_twin: MakeTwin, status: str, text: str) -> None:
    """It never is 0."""
    entry = read_entry(
        make_twin("INC-1", metrics={"time_to_detection": {"status": status, "value": None}}, displayed={})
    )
    assert entry.metrics[0] == Shown("time_to_detection", text, None)
    assert entry.metrics[1] == Shown("time_to_acknowledgment", "unknown", None)


def test_an_incident_that_never_began_is_known_by_its_detection(make_twin: MakeTwin) -> None:
    """Another zone is told in UTC; a time that nobody can read is none."""
    milestones = {"started_at": None, "detected_at": {"at": "2024-01-15T15:15:00+01:00"}}
    assert read_entry(make_twin("INC-1", milestones=milestones)).began_at == datetime(2024, 1, 15, 14, 15, tzinfo=UTC)
    assert read_entry(make_twin("INC-2", milestones={"started_at": {"at": "noon"}})).began_at is None


def test_a_record_without_title_and_severity_is_listed(make_twin: MakeTwin) -> None:
    """By its id, with no severity."""
    entry = read_entry(make_twin("INC-1", title="", severity=None, services=None))
    assert (entry.title, entry.severity, entry.services) == ("INC-1", None, ())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        (b"\xff\xfe{", "it is not JSON"),
        ("[]", "it is not the twin of a report"),
        ('"text"', "it is not the twin of a report"),
        ('{"schema_version": "1", "incident": "INC-1"}', "it is not the twin of a report"),
        ('{"schema_version": "1", "incident": {"id": 7}, "metrics": {"a": {}}}', "it is not the twin of a report"),
        (
            '{"schema_version": "9", "incident": {"id": "INC-1"}, "metrics": {"a": {}}}',
            "it is of another version: expected 1, found '9'",
        ),
    ],
)
def test_what_is_no_twin_says_so(reports: Path, content: str | bytes, reason: str) -> None:
    """Broken files, other programs' files, and twins of another version."""
    file = reports / "a.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ReportError, match=f"^{re.escape(reason)}$"):
        read_entry(file)


def test_a_folder_of_that_name_is_no_twin(reports: Path) -> None:
    """Nor is anything else that cannot be opened."""
    (reports / "a.json").mkdir()
    with pytest.raises(ReportError, match=r"^it cannot be read: found 'Is a directory'$"):
        read_entry(reports / "a.json")


def test_a_file_too_large_for_a_twin_is_not_read(make_twin: MakeTwin, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dump that somebody left there does not fill the memory."""
    monkeypatch.setattr(entries, "LARGEST_TWIN_BYTES", 1 << 10)
    with pytest.raises(ReportError, match="it is too large"):
        read_entry(make_twin("INC-1"))


def test_parts_of_the_wrong_kind_are_left_out(make_twin: MakeTwin) -> None:
    """Lists that are none, entries that are no objects."""
    file = make_twin("INC-1")
    twin = json.loads(file.read_text())
    file.write_text(json.dumps({**twin, "findings": 7, "conformance": ["missed"], "milestones": [], "displayed": []}))
    entry = read_entry(file)
    assert (entry.findings, entry.missed, entry.began_at) == ({"error": 0, "warning": 0, "info": 0}, (), None)
    assert entry.metrics[0].text == "derived"
