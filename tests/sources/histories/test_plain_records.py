"""Well-formed lines at once, and one by one: the same rows, the same counts."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from polars.testing import assert_frame_equal

from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.milestones import milestones
from incident_analytics.sources.histories import plain_records, record_files
from incident_analytics.sources.histories.ledger import Tally, zone_counts
from incident_analytics.sources.histories.plain_columns import joined, plain_columns
from incident_analytics.sources.histories.plain_records import read_plain_records
from incident_analytics.sources.histories.record_files import RecordFrames
from incident_analytics.sources.histories.schema import recorded_milestones
from incident_analytics.sources.histories.single_record import RecordRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import polars as pl

    from incident_analytics.model.incident import Incident, TimelineEntry
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories.plain_columns import PlainReading

# What people and systems write, right and wrong, by the key it may stand under.
STAMPS: list[object] = [
    "2024-01-15T14:15:00Z", "2024-01-15T14:25:30.5+01:00", "2024-01-15T15:45:00-05:00", "2024-03-31T02:30:00Z",
    "2024-02-30T14:15:00Z", "14:20", "2024-01-15T14:15:00", "2024-01-15", None, 1705328100, "soon", "",
    "2024-01-15T14:15:00+14:00", "2024-01-15T14:15:00-13:00", "2024-01-15T14:10:00Z..2024-01-15T14:20:00Z",
]  # fmt: skip
TEXTS: list[object] = [
    "checkout slow",
    " spaced ",
    "",
    None,
    5,
    True,
    ["a"],
    {"a": "b"},
    'a "quoted": one',
    "caf\u00e9 \U0001f600",
]
EVENTS = [
    "Alert triggered", "Acknowledged by on-call", "Root cause identified", "Marked resolved", "Reopened later",
    "Rolled back", "Coffee", "", "On-call engineer joined", "not acknowledged",
]  # fmt: skip
VALUES: dict[str, list[object]] = {
    "title": TEXTS,
    "severity": ["SEV1", "sev-2", "P3", "catastrophic", "", None, 2],
    "services": [["a", " b "], [], "one", None, ["a", None], ["", "b"], [5]],
    "service": ["solo", None],
    "timezone": ["Europe/Berlin", "EST", "Mars/Olympus", None, ""],
    "detected_by": ["monitoring_alert", "Customer", "a bird", "unknown", None, {"method": "customer"}],
    "schema_version": ["1", "9", None],
    "status": ["resolved", None],
    "team": ["payments", None, 7],
    "root_cause": ["deploy", None],
    "drill": [True, False, "yes", None],
    "reopen_count": [0, 2, "1", None, "many"],
    "mitigation": [None, "rolled back", {"kind": "rollback", "at": "2024-01-15T15:00:00Z"}, {"kind": "magic"}],
    "labels": [{"deep": {"er": 1}}, [1, 2], "x"],
    "severity_changes": [
        [],
        None,
        [{"severity": "SEV2", "at": "2024-01-15T14:30:00Z"}],
        [{"severity": "odd", "at": "14:30"}],
    ],
    "impact_intervals": [[], None, [{"from": "2024-01-15T14:15:00Z"}, {"from": "2024-01-15T15:15:00Z"}]],
}
MILESTONES = ["started_at", "detected_at", "acknowledged_at", "engaged_at", "mitigated_at", "resolved_at", "closed_at"]
IMPACTS: dict[str, list[object]] = {
    "users_affected": [15000, 0, "15,000", "15k", 1.5, -3, None, True, "many"],
    "revenue_lost": ["$45000", "45.000", "EUR 45.000,50", 45000, None, "45k", {"amount": 5, "currency": "EUR"}, "lots"],
    "duration_minutes": [90, 90.5, "90", None, 1e-7, -5],
}


def a_record(dice: random.Random, number: int) -> dict[str, object]:
    """A record of which most parts are plain and some are not."""
    plain = dice.choice([1.0, 0.97, 0.6])
    record: dict[str, object] = {"id": dice.choice([f"INC-{number}"] * 12 + ["", None, f" INC-{number} "])}
    record["started_at"] = "2024-01-15T14:15:00Z"

    def chosen(values: Sequence[object]) -> object:
        return values[0] if dice.random() < plain else dice.choice(values)

    for name in dice.sample(MILESTONES, k=5):
        record[name] = chosen(STAMPS)
    for name in dice.sample(sorted(VALUES), k=6):
        record[name] = chosen(VALUES[name])
    if dice.random() < 0.7:
        record["impact"] = {name: chosen(values) for name, values in IMPACTS.items() if dice.random() < 0.7}
    if dice.random() < 0.6:
        events = EVENTS if dice.random() > plain else EVENTS[6:7]
        record["timeline"] = [
            {"time": chosen(STAMPS), "event": dice.choice(events)}
            | ({"kind": "resolved"} if dice.random() < 0.1 else {})
            for _ in range(dice.randrange(4))
        ]
    if dice.random() < 0.4:
        record["roles"] = [{"role": dice.choice(["IC", "Scribe", "Cook"]), "assigned_at": chosen(STAMPS)}]
    if dice.random() < 0.3:
        record["updates"] = [{"time": chosen(STAMPS), "status": "looking"}]
    if dice.random() < 0.3:
        record["action_items"] = dice.choice(
            [["Add an alert"], [{"text": "x", "due": "2024-02-01"}], [{"due": "soon"}], [" "]]
        )
    return record


def both_ways(lines: list[bytes], runbook: Runbook, monkeypatch: pytest.MonkeyPatch, *, is_told: bool) -> int:
    """Compares the two readings; how many lines were read at once."""

    def told(incident: Incident, entries: Sequence[TimelineEntry]) -> dict[str, Anchor]:
        return milestones(incident, merged_timeline(incident, runbook, entries), runbook)

    def read() -> tuple[pl.DataFrame, Tally]:
        tally = Tally()
        rows = RecordRows(runbook, told if is_told else recorded_milestones, tally)
        return RecordFrames(rows).of_lines(b"\n".join(lines), "r.ndjson"), tally

    def nothing_plain(given: Iterable[bytes], policy: Runbook, *, is_told: bool) -> PlainReading:
        assert is_told in {True, False}
        odd = [number for number, line in enumerate(given, start=1) if line.strip()]
        return joined([plain_columns([], policy)], odd)

    quick = read_plain_records(lines, runbook, is_told=is_told).frame.height
    frame, tally = read()
    with monkeypatch.context() as patched:
        patched.setattr(record_files, "read_plain_records", nothing_plain)
        slow_frame, slow_tally = read()
    assert_frame_equal(frame, slow_frame)
    assert tally.rows == slow_tally.rows
    assert set(tally.dropped) ^ set(slow_tally.dropped) == set()
    assert set(tally.unread) ^ set(slow_tally.unread) == set()
    assert zone_counts(tally.zones) == zone_counts(slow_tally.zones)
    assert (tally.zones_assumed, tally.doubts) == (slow_tally.zones_assumed, slow_tally.doubts)
    return quick


@pytest.mark.parametrize("seed", range(6))
def test_random_records_read_the_same_both_ways(seed: int, runbook: Runbook, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once and one by one, right and wrong ones, in three spellings of JSON."""
    dice = random.Random(seed)  # noqa: S311 -- the same records every time
    records = [a_record(dice, number) for number in range(120)]
    separators = ((", ", ": "), (",", ":"), (" , ", " : "))[seed % 3]
    lines = [json.dumps(each, ensure_ascii=bool(seed % 2), separators=separators).encode() for each in records]
    quick = both_ways(lines, runbook, monkeypatch, is_told=seed >= 3)
    assert quick >= 20


ODD_LINES = {
    "a key that stands twice": b'{"id": "A", "title": "x", "title": "y"}',
    "a key that stands twice in a part": b'{"id": "A", "impact": {"users_affected": 1, "users_affected": 2}}',
    "half a line": b'{"id": "A", "title": "x',
    "a list": b'[{"id": "A"}, {"id": "B"}]',
    "a wrapper": b'{"incident": {"id": "A"}, "title": "beside"}',
    "an escaped control character": b'{"id": "A", "title": "x\\u0007"}',
    "a number that JSON does not know": b'{"id": "A", "impact": {"duration_minutes": NaN}}',
    "bytes that are no text": b'{"id": "A", "title": "\xff"}',
    "an id that is a number": b'{"id": 17}',
    "half a character": b'{"id": "A", "title": "\\ud83d"}',
    "a plain one": b'{"id": "A", "title": "x"}',
    "blank": b"  ",
    "a text": b'"INC-1"',
}


@pytest.mark.parametrize("line", ODD_LINES.values(), ids=ODD_LINES.keys())
def test_odd_lines_read_the_same_both_ways(line: bytes, runbook: Runbook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a line holds, the quick way never sees more in it than a record's own reader."""
    both_ways([line, b'{"id": "Z"}'], runbook, monkeypatch, is_told=False)


def test_well_formed_records_are_read_at_once(runbook: Runbook) -> None:
    """All parts of a record with full timestamps are plain, in whatever order."""
    record = {
        "title": "Checkout down", "id": "INC-1", "severity": "P1", "services": ["checkout"], "detected_by": "alert",
        "started_at": "2024-01-15T14:15:00Z", "detected_at": "2024-01-15T14:16:00+00:00",
        "acknowledged_at": "2024-01-15T14:20:00Z", "engaged_at": "2024-01-15T14:21:00Z",
        "diagnosed_at": "2024-01-15T14:40:00Z", "mitigated_at": "2024-01-15T15:00:00Z",
        "resolved_at": "2024-01-15T15:45:00Z", "postmortem_at": "2024-01-17T10:00:00Z",
        "impact": {"users_affected": 15000, "revenue_lost": "$45000", "duration_minutes": 90},
        "roles": [{"role": "IC", "person": "Kim", "assigned_at": "2024-01-15T14:20:00Z"}],
        "timeline": [{"time": "2024-01-15T14:16:00Z", "event": "Alert triggered"}],
        "action_items": ["Add an alert", {"text": "Raise the pool", "due": "2024-02-01"}],
    }  # fmt: skip
    reading = read_plain_records([json.dumps(record).encode()], runbook, is_told=True)
    assert reading.odd == []
    row = reading.frame.row(0, named=True)
    assert (row["id"], row["severity"], row["severity_written"], row["status"]) == ("INC-1", "SEV1", "P1", "resolved")
    assert (row["detected_by"], row["users_affected"], row["revenue_currency"]) == ("monitoring_alert", 15000, "USD")
    assert str(row["revenue_lost"]) == "45000.0000"
    assert row["resolved_at"].isoformat() == "2024-01-15T15:45:00+00:00"
    assert (row["resolved_at_origin"], row["closed_at_origin"], row["reopened"]) == ("recorded", None, 0)


def test_timeline_that_tells_a_missing_milestone_is_read_one_by_one(runbook: Runbook) -> None:
    """The words may mean a detection, which only the record's own reader and the milestones judge."""
    line = (
        b'{"id": "A", "started_at": "2024-01-15T14:15:00Z", '
        b'"timeline": [{"time": "2024-01-15T14:16:00Z", "event": "Alert triggered"}]}'
    )
    assert read_plain_records([line], runbook, is_told=True).odd == [1]
    assert read_plain_records([line], runbook, is_told=False).odd == []


def test_list_of_records_reads_as_its_lines_do(runbook: Runbook, tmp_path: Path) -> None:
    """A JSON file gives the rows of NDJSON, but for the lines."""
    dice = random.Random(5)  # noqa: S311 -- the same records every time
    records = [a_record(dice, number) for number in range(60)]
    file = tmp_path / "r.json"
    file.write_text(json.dumps({"incidents": records}, indent=1), encoding="utf-8")
    tally, other = Tally(), Tally()
    frame = RecordFrames(RecordRows(runbook, recorded_milestones, tally)).of_file(file, "r.json")
    lines = b"\n".join(json.dumps(each).encode() for each in records)
    expected = RecordFrames(RecordRows(runbook, recorded_milestones, other)).of_lines(lines, "r.json")
    assert_frame_equal(frame.drop("line"), expected.drop("line"))
    assert (tally.rows, tally.zones, tally.doubts) == (other.rows, other.zones, other.doubts)
    file.write_text('[\n{"id": "A"},\n{"id": "B", "started_at": "soon"},\n{"id": "C"}\n]', encoding="utf-8")
    found = RecordFrames(RecordRows(runbook, recorded_milestones, tally)).of_file(file, "r.json")
    assert found.select("id", "line").rows() == [("A", 2), ("B", 3), ("C", 4)]


def test_many_records_are_read_in_parts(runbook: Runbook, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows are the same however many are held at once."""
    lines = [f'{{"id": "I{number}", "started_at": "2024-01-15T14:15:00Z"}}'.encode() for number in range(10)]
    whole = read_plain_records(lines, runbook, is_told=False)
    monkeypatch.setattr(plain_records, "_AT_ONCE", 3)
    parts = read_plain_records(lines, runbook, is_told=False)
    assert_frame_equal(whole.frame, parts.frame)
    assert (whole.zones, whole.odd) == (parts.zones, parts.odd)
