"""timeline.csv: what people keep in a spreadsheet is merged, row for row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest

from incident_analytics.sources.timeline_csv import TimelineReading, read_timeline_csv

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.runbook import Runbook

ReadTimeline: TypeAlias = Callable[..., TimelineReading]
HEADER = "at,kind,actor,text,source,ref\n"


@pytest.fixture
def incident(read: Callable[..., Incident]) -> Incident:
    """An incident of ninety minutes."""
    return read("id: X\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T15:45:00Z\n")


@pytest.fixture
def read_timeline(tmp_path: Path, incident: Incident, runbook: Runbook) -> ReadTimeline:
    """Reads a timeline.csv of this content."""

    def reading(content: str | bytes, zone: str | None = "UTC") -> TimelineReading:
        (tmp_path / "timeline.csv").write_bytes(content.encode() if isinstance(content, str) else content)
        record = incident.model_copy(update={"timezone": zone})
        return read_timeline_csv(tmp_path, record, runbook, zone=zone)

    return reading


def rows(reading: TimelineReading) -> list[tuple[str, str]]:
    """The entries: day and time in UTC, and the words."""
    return [(entry.at.earliest.strftime("%d %H:%M:%S"), entry.event) for entry in reading.entries]


def rules(reading: TimelineReading) -> list[tuple[str, str]]:
    """The findings, each with its place."""
    return [(finding.rule, str(finding.where)) for finding in reading.findings]


def test_a_row_keeps_who_did_what_and_where_it_is_told(read_timeline: ReadTimeline) -> None:
    """Kind and words as in the record; an unknown column is kept."""
    reading = read_timeline(
        "at,kind,actor,text,source,ref,team\n"
        "2024-01-15T14:15:10Z,paged,Ann,Page sent,pager,P-1,ops\n"
        "14:18,,,IC assigned,,,\n"
    )
    first, second = reading.entries
    assert (first.kinds, first.actor, first.event, first.source, first.ref) == (
        ("paged",),
        "Ann",
        "Page sent",
        "pager",
        "P-1",
    )
    assert (first.model_extra, str(first.read_from)) == ({"team": "ops"}, "timeline.csv:2")
    assert (second.kinds, second.actor, second.source, second.ref) == (
        ("commander_assigned",),
        None,
        "timeline.csv",
        "",
    )
    (file,) = reading.files
    assert (file.file, file.kind, file.reader, file.rows, file.unreadable) == ("timeline.csv", "timeline", "csv", 2, 0)
    assert file.first_at is not None
    assert file.last_at is not None
    assert (file.first_at.second, file.last_at.minute) == (10, 18)


def test_clock_times_go_forward_from_row_to_row(read_timeline: ReadTimeline) -> None:
    """Over midnight, and back to before the start; Excel's numbers for clock times are not guessed."""
    reading = read_timeline("at,text\n13:58,deploy\n14:20,a\n2:25 PM,b\n14:10..14:30,c\n")
    assert rows(reading) == [
        ("15 13:58:00", "deploy"),
        ("15 14:20:00", "a"),
        ("15 14:25:00", "b"),
        ("15 14:10:00", "c"),
    ]
    assert reading.entries[3].at.latest.minute == 30


@pytest.mark.parametrize(
    "content",
    [
        "at;text\r\n14:20;a\r\n\r\n",
        "\ufeffat,text\n14:20,a\n",
        " At , TEXT \n 14:20 , a \n",
        "text\tat\na\t14:20\n",
        'at,text\n"14:20","a"\n',
        "at,text\n14:20,a\n".encode("utf-16"),
    ],
    ids=["semicolons", "byte order mark", "capitals and spaces", "tabs", "quotes", "utf-16"],
)
def test_every_spreadsheets_csv_is_read(read_timeline: ReadTimeline, content: str | bytes) -> None:
    """A German Excel writes semicolons, an English one a mark."""
    reading = read_timeline(content)
    assert (rows(reading), rules(reading)) == ([("15 14:20:00", "a")], [])


def test_a_row_that_cannot_be_read_is_counted_and_told(read_timeline: ReadTimeline) -> None:
    """The others are read; a quoted cell of two lines counts its first."""
    reading = read_timeline('at,text\n14:20,"two\nlines"\nsoon,x\n14:30,\n14:40\n14:50,last\n')
    assert rows(reading) == [("15 14:20:00", "two\nlines"), ("15 14:50:00", "last")]
    assert rules(reading) == [
        ("row-unreadable", "timeline.csv:4"),
        ("row-unreadable", "timeline.csv:5"),
        ("row-unreadable", "timeline.csv:6"),
    ]
    assert (reading.files[0].rows, reading.files[0].unreadable) == (5, 3)


def test_a_cell_of_a_megabyte_costs_its_row_alone(read_timeline: ReadTimeline) -> None:
    """Python's csv refuses cells over 128 KiB."""
    reading = read_timeline(f"at,text\n14:20,{'x' * 1_000_000}\n14:30,a\n")
    assert (rows(reading), rules(reading)) == ([("15 14:30:00", "a")], [("row-unreadable", "timeline.csv:2")])
    assert (reading.files[0].rows, reading.files[0].unreadable) == (2, 1)


@pytest.mark.parametrize("content", ["", "when,what\n14:20,a\n", "\x89PNG\r\n", "\n\n"])
def test_a_file_without_the_two_columns_is_told_and_not_read(read_timeline: ReadTimeline, content: str) -> None:
    """The report goes on without it."""
    reading = read_timeline(content)
    assert (reading.entries, rules(reading)) == ((), [("timeline-unreadable", "timeline.csv:1")])
    assert reading.files[0].notes == ("this timeline has no columns 'at' and 'text'",)


def test_times_without_a_zone_take_the_records_or_are_told_once(read_timeline: ReadTimeline) -> None:
    """09:20 in New York is 14:20 UTC."""
    assert rows(read_timeline("at,text\n2024-01-15 09:20,a\n", zone="America/New_York")) == [("15 14:20:00", "a")]
    reading = read_timeline("at,text\n2024-01-15 14:20,a\n14:30,b\n", zone=None)
    assert rules(reading) == [("zone-assumed", "timeline.csv:2")]
    assert reading.findings[0].message == (
        "2 entries name no zone, first '2024-01-15 14:20', and neither does the record; read as UTC"
    )


def test_the_zone_of_the_start_is_a_guess_for_a_chat(tmp_path: Path, incident: Incident, runbook: Runbook) -> None:
    """The record writes its start in UTC and names no zone; a person may have pasted local times."""
    (tmp_path / "timeline.csv").write_text("at,text\n2024-01-15T14:20:00Z,a\n2024-01-15 15:30,b\n", encoding="utf-8")
    reading = read_timeline_csv(tmp_path, incident, runbook, zone="UTC")
    (finding,) = reading.findings
    assert (finding.rule, str(finding.where)) == ("zone-assumed", "timeline.csv:3")
    assert finding.message == (
        "1 entry names no zone, first '2024-01-15 15:30', and neither does the record; read in UTC, the zone of its "
        "start"
    )


def test_a_repaired_time_is_told(read_timeline: ReadTimeline) -> None:
    """855 is 14:15 in base 60."""
    reading = read_timeline("at,text\n855,a\n")
    assert (rows(reading), rules(reading)) == ([("15 14:15:00", "a")], [("clock-time-repaired", "timeline.csv:2")])


def test_a_column_named_like_something_of_ours_is_kept(read_timeline: ReadTimeline) -> None:
    """Beside what is ours."""
    (entry,) = read_timeline("at,text,read_from,event,kinds,\n14:20,a,theirs,e,k,x\n").entries
    assert (entry.event, str(entry.read_from)) == ("a", "timeline.csv:2")
    assert entry.model_extra == {"read_from": "theirs", "event": "e", "kinds": "k", "": "x"}


def test_no_file_is_no_timeline(tmp_path: Path, incident: Incident, runbook: Runbook) -> None:
    """And no line of the ledger."""
    assert read_timeline_csv(tmp_path, incident, runbook, zone=None) == TimelineReading()
