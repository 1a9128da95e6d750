"""The files of the two-year history: made again from their seeds, readable, and odd where they are meant to be."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from incident_analytics import load_runbook
from incident_analytics.sources.records import read_records

DATA = Path(__file__).resolve().parents[2] / "data"
HISTORY = DATA / "history"
AS_OF_DAY = "2024-01-01"
ALL_OF_THEM = [json.loads(line) for line in (HISTORY / "incidents.ndjson").read_text(encoding="utf-8").splitlines()]
RECORDS: list[dict[str, Any]] = [record for record in ALL_OF_THEM if not record.get("is_drill")]
BY_ID = {record["id"]: record for record in ALL_OF_THEM}
YEARS = ("2022", "2023")


def instant(record: dict[str, Any], name: str) -> datetime | None:
    """A milestone of a record."""
    return datetime.fromisoformat(record[name]) if name in record else None


def final_end(record: dict[str, Any]) -> datetime | None:
    """When it was resolved for good."""
    told = [event["time"] for event in record.get("timeline", []) if event["kind"] == "resolved"]
    told += [record["resolved_at"]] if "resolved_at" in record else []
    return max(map(datetime.fromisoformat, told), default=None)


def seconds(start: datetime | None, end: datetime | None) -> float | None:
    """A duration; None where an end of it is missing or it is negative."""
    if start is None or end is None or end < start:
        return None
    return (end - start).total_seconds()


def year_of(record: dict[str, Any]) -> str:
    """The year of the start of impact."""
    return str(record["started_at"][:4])


def test_the_same_seeds_make_the_committed_files_again(tmp_path: Path) -> None:
    """Byte for byte."""
    command = [sys.executable, str(DATA / "generate/history_2022_2023.py"), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own script
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {name: (HISTORY / name).read_bytes() for name in ("incidents.csv", "incidents.ndjson")}


def test_the_folder_is_small() -> None:
    """Under 400 kB."""
    names = ("incidents.ndjson", "incidents.csv", "mapping.yaml")
    assert sum((HISTORY / name).stat().st_size for name in names) < 400_000


def test_every_record_can_be_read() -> None:
    """The only doubt is the severity that nobody's runbook knows."""
    incidents = read_records(HISTORY / "incidents.ndjson", load_runbook())
    doubts = [(incident.id, doubt.rule) for incident in incidents for doubt in incident.reading_findings]
    assert len(incidents) == 243
    assert doubts == [("INC-2022-101", "severity-missing")]


def test_there_are_242_incidents_and_one_drill() -> None:
    """125 in 2022 and 117 in 2023, each with an id of its own, in order."""
    assert len(ALL_OF_THEM) == 243
    assert [record["id"] for record in ALL_OF_THEM if record.get("is_drill")] == ["INC-2023-040"]
    assert [sum(year_of(record) == year for record in RECORDS) for year in YEARS] == [125, 117]
    assert list(BY_ID) == sorted(BY_ID)
    assert len(BY_ID) == 243


def test_nobody_in_it_is_a_person() -> None:
    """Roles are taken by the rotas of four teams; nobody was ever the scribe."""
    roles = [role for record in RECORDS for role in record.get("roles", [])]
    rotas = {
        f"{team} on-call {number}" for team in ("payments", "storefront", "platform", "data") for number in range(1, 5)
    }
    assert {role["person"] for role in roles} == rotas
    counts = {name: sum(role["role"] == name for role in roles) for name in {role["role"] for role in roles}}
    assert counts == {"Incident Commander": 100, "Technical Lead": 241, "Communications Lead": 100}


def test_five_incidents_are_open_and_one_of_them_is_old() -> None:
    """The others began in the last three days."""
    lasting = [record for record in RECORDS if final_end(record) is None]
    assert [record["started_at"][:10] for record in lasting] == [
        "2023-11-21",
        "2023-12-29",
        "2023-12-29",
        "2023-12-30",
        "2023-12-31",
    ]
    assert {record["status"] for record in lasting} == {"open"}


def test_eight_incidents_were_reopened() -> None:
    """Three tell it by intervals, three in the timeline, two in both."""
    told = {
        record["id"]: (
            "impact_intervals" in record,
            "reopened" in [event["kind"] for event in record.get("timeline", [])],
        )
        for record in RECORDS
    }
    assert [identity for identity, ways in told.items() if ways == (True, False)] == [
        "INC-2022-001",
        "INC-2022-097",
        "INC-2023-059",
    ]
    by_timeline = ["INC-2022-031", "INC-2022-121", "INC-2023-088"]
    assert [identity for identity, ways in told.items() if ways == (False, True)] == by_timeline
    assert [identity for identity, ways in told.items() if ways == (True, True)] == ["INC-2022-060", "INC-2023-029"]
    early = [record["id"] for record in RECORDS if instant(record, "resolved_at") not in (None, final_end(record))]
    assert early == by_timeline


def test_the_odd_ones_are_there() -> None:
    """Each trap once: never acknowledged, ended before it began, declared days later, of no known severity."""
    assert [record["id"] for record in RECORDS if "acknowledged_at" not in record] == ["INC-2022-029"]
    backwards = [record["id"] for record in RECORDS if record.get("resolved_at", "9") < record["started_at"]]
    assert backwards == ["INC-2022-067"]
    days = {record["id"]: seconds(instant(record, "started_at"), instant(record, "declared_at")) for record in RECORDS}
    assert {identity: late for identity, late in days.items() if (late or 0) > 86_400} == {"INC-2023-026": 442_800}
    unknown = {record["id"]: record["severity_reported"] for record in RECORDS if "severity" not in record}
    assert unknown == {"INC-2022-101": "Major"}
    at_once = [record["id"] for record in RECORDS if record["started_at"] == record["detected_at"]]
    assert at_once == ["INC-2022-019", "INC-2022-105", "INC-2023-036", "INC-2023-082"]


def test_one_cause_comes_back_twice_after_its_action_item_was_closed() -> None:
    """The certificate of the gateway."""
    same = [record for record in RECORDS if record["cause"] == "expired_certificate"]
    assert [(record["id"], record.get("repeat_of")) for record in same] == [
        ("INC-2022-091", None),
        ("INC-2023-018", "INC-2022-091"),
        ("INC-2023-063", "INC-2022-091"),
    ]
    assert [item["closed_at"][:10] for item in same[0]["action_items"]] == ["2022-11-02"]
    assert same[1]["started_at"] == "2023-02-21T07:31:40Z"


def test_action_items_are_open_overdue_and_late() -> None:
    """Of 216, as of the first day of 2024."""
    items = [item for record in RECORDS for item in record.get("action_items", [])]
    lasting = [item for item in items if item["status"] == "open"]
    closed = [item for item in items if item["status"] == "done"]
    assert (len(items), len(lasting), len(closed)) == (216, 28, 188)
    assert sum(item["due"] < AS_OF_DAY for item in lasting) == 23
    assert sum(item["closed_at"][:10] > item["due"] for item in closed) == 61


def test_half_of_the_quick_fixes_still_hold_in_place_of_the_lasting_one() -> None:
    """24 quick fixes, each with an action item of its own; 12 of these are open."""
    quick = [
        record for record in RECORDS if "quick_fix_applied" in [event["kind"] for event in record.get("timeline", [])]
    ]
    lasting = [item for record in quick for item in record["action_items"] if item["kind"] == "long_term_fix"]
    assert (len(quick), len(lasting)) == (24, 24)
    assert sum(item["status"] == "open" for item in lasting) == 12


def test_the_export_tells_the_same_incidents() -> None:
    """On the clock of Berlin, the day first, the last resolution, and P1 to P4."""
    with (HISTORY / "incidents.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    berlin = ZoneInfo("Europe/Berlin")

    def read(text: str) -> datetime | None:
        return None if text == "n/a" else datetime.strptime(text, "%d/%m/%Y %H:%M:%S").replace(tzinfo=berlin)

    names = ("started", "detected", "declared", "acknowledged", "engaged", "mitigated")
    exported = [(row["number"], *(read(row[name]) for name in (*names, "resolved"))) for row in rows]
    assert exported == [
        (record["id"], *(instant(record, f"{name}_at") for name in names), final_end(record)) for record in ALL_OF_THEM
    ]
    words = {(row["priority"], BY_ID[row["number"]].get("severity", "Major")) for row in rows}
    assert words == {("P1", "SEV1"), ("P2", "SEV2"), ("P3", "SEV3"), ("P4", "SEV4"), ("Major", "Major")}
    assert sum(row["reopened"] == "1" for row in rows) == 8
