"""Histories from whatever people keep them in: every row is in the frame, merged, or dropped with its reason."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.incidents_frame import incidents_frame
from incident_analytics.analysis.milestones import milestones
from incident_analytics.errors import BundleError, ParameterError, RecordError, SourceError
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources import open_bundle
from incident_analytics.sources.histories import HISTORY_SCHEMA, INCIDENT_SCHEMA, Counted, load_incidents
from incident_analytics.sources.histories.schema import SOURCE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from incident_analytics.model.incident import Incident, TimelineEntry
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import History

START, END = "2024-01-15T14:15:00Z", "2024-01-15T15:45:00Z"
UTC = dt.UTC


def rules(history: History) -> set[str]:
    """The rules of a history's findings."""
    return {finding.rule for finding in history.findings}


def lines(*records: dict[str, object]) -> str:
    """Records as NDJSON."""
    return "\n".join(json.dumps(record) for record in records)


def test_frame_has_the_columns_of_incidents_and_of_their_source() -> None:
    """The columns of incidents_frame in its order, then where each came from."""
    assert list(HISTORY_SCHEMA.items()) == [*INCIDENT_SCHEMA.items(), *SOURCE_SCHEMA.items()]
    assert incidents_frame([]).schema == HISTORY_SCHEMA
    assert list(SOURCE_SCHEMA) == ["file", "line", "is_drill", "service", "team", "cause", "reopened"]


def test_bundle_gives_the_row_that_its_own_report_has(runbook: Runbook, sample: Path) -> None:
    """The sample incident, with milestones from the words of its timeline."""

    def told(incident: Incident, entries: Sequence[TimelineEntry]) -> dict[str, Anchor]:
        return milestones(incident, merged_timeline(incident, runbook, entries), runbook)

    history = load_incidents(sample, runbook=runbook, milestones=told, catalog=None)
    assert_frame_equal(history.frame, incidents_frame([open_bundle(sample, runbook=runbook)]))
    assert history.frame.row(0, named=True)["file"] == "INC-2024-001/incident.yaml"
    alone = load_incidents(sample, runbook=runbook, catalog=None).frame
    assert alone["detected_at"].to_list() == [None]


def test_folder_holds_bundles_records_and_tables(write: Callable[..., Path], runbook: Runbook, tmp_path: Path) -> None:
    """All that is below it, in order of name; notes, hidden and derived files are not."""
    write("a/INC-1/incident.yaml", f"id: INC-1\nseverity: SEV1\nstarted_at: {START}\nresolved_at: {END}\n")
    write("a/INC-1/evidence/logs/app.ndjson", '{"level": 30}\n')
    write("a/b.ndjson", lines({"id": "INC-2", "started_at": START}, {"id": "INC-3", "started_at": END}))
    write("a/c.csv", f"id,started_at,Notes\nINC-4,{START},none\n")
    write("a/d.json", json.dumps({"incidents": [{"id": "INC-5", "started_at": START}]}))
    write("a/e.csv", "name,amount\nx,1\n")
    write("a/README.md", "# Notes\n")
    write("a/.hidden/f.ndjson", lines({"id": "INC-9"}))
    write("a/derived/g.ndjson", lines({"id": "INC-9"}))
    history = load_incidents(tmp_path / "a", runbook=runbook, catalog=None)
    assert history.frame["id"].to_list() == ["INC-1", "INC-2", "INC-3", "INC-5", "INC-4"]
    assert history.frame["file"].to_list()[0] == "INC-1/incident.yaml"
    assert [(file.file, file.rows) for file in history.ledger.files] == [
        ("INC-1", 1), ("b.ndjson", 2), ("c.csv", 1), ("d.json", 1), ("e.csv", 0),
    ]  # fmt: skip
    notes = [file.notes for file in history.ledger.files]
    assert notes[2] == ("columns not read: Notes",)
    assert notes[4] == ("not read: no column is named 'id', and no mapping says which is one",)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.ndjson", ""),
        ("x.csv", ""),
        ("x.csv", "id,started_at\n"),
        ("x.jsonl", "\n\n"),
    ],
)
def test_empty_history_is_a_frame_without_rows(load: Callable[..., History], name: str, content: str) -> None:
    """It has every column, no as_of, and a finding that says so."""
    if name == "x.csv" and not content:
        with pytest.raises(SourceError, match="no column is named 'id'"):
            load(name, content)
        return
    history = load(name, content)
    assert dict(history.frame.schema) == HISTORY_SCHEMA
    assert (history.frame.height, history.ledger.rows, history.ledger.incidents, history.as_of) == (0, 0, 0, None)
    assert rules(history) == {"history-empty"}


def test_no_path_at_all_is_an_empty_history(runbook: Runbook) -> None:
    """A folder without incidents may be given by a program."""
    assert load_incidents(runbook=runbook).frame.height == 0


def test_one_incident_that_is_open(load: Callable[..., History]) -> None:
    """It has no end, and the history says that all of it is open."""
    history = load("x.ndjson", lines({"id": "INC-1", "severity": "SEV1", "started_at": START}))
    assert history.frame["status"].to_list() == ["open"]
    assert rules(history) == {"all-open"}
    assert history.as_of == dt.datetime(2024, 1, 15, 14, 15, tzinfo=UTC)


def test_closed_without_a_resolution_is_neither_open_nor_resolved(load: Callable[..., History]) -> None:
    """The status tells, and the missing fact stays missing."""
    history = load("x.ndjson", lines({"id": "INC-1", "severity": "SEV1", "started_at": START, "closed_at": END}))
    assert history.frame.select("status", "resolved_at").row(0) == ("closed", None)
    assert "resolution-unknown" in rules(history)


def test_a_status_that_nobody_knows_is_told(load: Callable[..., History]) -> None:
    """Without an end it counts as open, but not in silence; well-known words of other tools need no word."""
    statuses = {"INC-1": "abgeschlossen", "INC-2": "Monitoring", "INC-3": "Post-mortem", "INC-4": "on fire"}
    written = [{"id": id_, "severity": "SEV1", "started_at": START, "status": word} for id_, word in statuses.items()]
    written.append({"id": "INC-5", "severity": "SEV1", "started_at": START, "resolved_at": END, "status": "vorbei"})
    history = load("x.ndjson", lines(*written))
    assert history.frame["status"].to_list() == ["open", "open", "closed", "open", "resolved"]
    told = [finding for finding in history.findings if finding.rule == "status-unknown"]
    assert [finding.message for finding in told] == [
        "2 incidents have no end and a status that is not known, and count as open"
    ]


def test_unknown_severities_are_null_and_counted(load: Callable[..., History]) -> None:
    """In a history no severity is an error: three words that mean none, and one incident without."""
    words = ["SEV1", "P2", "severe", "severe", "5", None]
    history = load(
        "x.ndjson", lines(*[{"id": f"I{n}", "severity": word, "started_at": START} for n, word in enumerate(words)])
    )
    assert history.frame["severity"].to_list() == ["SEV1", "SEV2", None, None, None, None]
    assert history.frame["severity_written"].to_list() == ["SEV1", "P2", "severe", "severe", "5", None]
    assert history.ledger.unknown_severities == {"severe": 2, "": 1, "5": 1}
    found = next(finding for finding in history.findings if finding.rule == "severity-unknown")
    assert found.message == "3 incidents have severities that the runbook does not know: severe (2), 5 (1)"


def test_mixed_zones_and_currencies_are_told(load: Callable[..., History]) -> None:
    """Instants are compared in UTC; amounts keep their currency."""
    records = [
        {"id": "A", "started_at": "2024-01-15T14:15:00+05:30", "impact": {"revenue_lost": "$45000"}},
        {"id": "B", "started_at": "2024-01-15T14:15:00", "impact": {"revenue_lost": "EUR 45.000,50"}},
        {"id": "C", "started_at": START, "impact": {"revenue_lost": "45k"}},
    ]
    history = load("x.ndjson", lines(*records))
    assert history.frame["revenue_currency"].to_list() == ["USD", "EUR", None]
    assert history.frame["revenue_lost"].to_list() == [Decimal(45000), Decimal("45000.5"), Decimal(45000)]
    assert history.ledger.currencies == {"": 1, "EUR": 1, "USD": 1}
    assert history.ledger.zones == {"UTC": 2, "+05:30": 1}
    assert history.ledger.zones_assumed == {"UTC": 1}
    assert {"zones-mixed", "currencies-mixed", "zone-assumed"} <= rules(history)


def test_negative_durations_are_counted_not_clamped(load: Callable[..., History]) -> None:
    """The instants stay as they were written."""
    history = load("x.ndjson", lines({"id": "A", "severity": "SEV1", "started_at": END, "resolved_at": START}))
    assert history.ledger.negative_durations == {"resolved_at before started_at": 1}
    assert history.frame["resolved_at"].to_list() == [dt.datetime(2024, 1, 15, 14, 15, tzinfo=UTC)]
    assert "duration-negative" in rules(history)


def test_zero_seconds_are_no_negative_duration(load: Callable[..., History]) -> None:
    """All in one second is a value."""
    history = load("x.ndjson", lines({"id": "A", "severity": "SEV1", "started_at": END, "resolved_at": END}))
    assert history.ledger.negative_durations == {}
    assert history.findings == ()


@pytest.mark.parametrize(("rows", "is_cut"), [(999, False), (1000, True), (1001, False), (10_000, True)])
def test_round_number_of_rows_is_a_warning(load: Callable[..., History], rows: int, is_cut: bool) -> None:
    """Exports stop at 1,000 and 10,000."""
    content = "id,started_at\n" + "".join(f"INC-{number},{START}\n" for number in range(rows))
    history = load("x.csv", content)
    assert history.frame.height == rows
    assert ("export-may-be-cut" in rules(history)) is is_cut


def test_lines_that_are_no_records_are_dropped_with_their_place(load: Callable[..., History]) -> None:
    """The good ones stay; the reasons are counted."""
    content = lines({"id": "A", "started_at": START}) + '\n{"id": "B"\n[]\n{"title": "x"}\n"text"\n'
    history = load("x.ndjson", content)
    assert history.frame["id"].to_list() == ["A"]
    told = {(each.reason.split(":")[0], each.count, str(each.examples[0])) for each in history.ledger.dropped}
    assert told == {
        ("this is not JSON (Expecting ',' delimiter)", 1, "x.ndjson:2"),
        ("id", 1, "x.ndjson:4"),
        ("this is not a record", 1, "x.ndjson:5"),
    }
    assert history.ledger.rows == 4
    assert "rows-dropped" in rules(history)


def test_part_that_cannot_be_read_does_not_drop_the_incident(load: Callable[..., History]) -> None:
    """An amount that can mean two things is missing, and counted."""
    record = {"id": "A", "started_at": START, "impact": {"revenue_lost": "45.000", "users_affected": 5}}
    history = load("x.ndjson", lines(record))
    assert history.frame.select("users_affected", "revenue_lost").row(0) == (5, None)
    assert [(each.reason, each.count) for each in history.ledger.unread] == [("impact.revenue_lost", 1)]


def test_same_incident_in_two_files_is_merged(write: Callable[..., Path], runbook: Runbook, tmp_path: Path) -> None:
    """Word for word the same, in any case of its id."""
    write("a.ndjson", lines({"id": "INC-1", "started_at": START}))
    write("b.ndjson", lines({"id": "inc-1", "started_at": START}))
    history = load_incidents(tmp_path, runbook=runbook, catalog=None)
    assert (history.frame.height, history.ledger.rows, history.ledger.merged) == (1, 2, 1)


def test_two_incidents_with_one_id_are_an_error(write: Callable[..., Path], runbook: Runbook, tmp_path: Path) -> None:
    """Both places are named."""
    write("a.ndjson", lines({"id": "INC-1", "started_at": START}))
    write("b.ndjson", lines({"id": "INC-2"}, {"id": "INC-1", "started_at": END}))
    with pytest.raises(BundleError, match=r"two incidents have the id INC-1: found 'a.ndjson:1 and b.ndjson:2'"):
        load_incidents(tmp_path, runbook=runbook, catalog=None)


def test_drills_are_left_out_and_counted_or_kept(load: Callable[..., History]) -> None:
    """A flag of the record tells."""
    content = lines({"id": "A", "started_at": START}, {"id": "D", "started_at": START, "drill": True})
    history = load("x.ndjson", content)
    assert history.frame["id"].to_list() == ["A"]
    assert [(each.reason, each.count) for each in history.ledger.dropped] == [("drill", 1)]
    kept = load("x.ndjson", content, drills="kept")
    assert kept.frame["is_drill"].to_list() == [False, True]


def test_history_is_seen_from_an_instant(load: Callable[..., History]) -> None:
    """What was resolved later was open then, and what began later had not begun."""
    content = lines(
        {"id": "A", "severity": "SEV1", "started_at": "2024-01-01T00:00:00Z", "resolved_at": "2024-01-02T00:00:00Z"},
        {"id": "B", "severity": "SEV1", "started_at": "2024-01-03T00:00:00Z", "resolved_at": "2024-01-20T00:00:00Z"},
        {"id": "C", "severity": "SEV1", "started_at": "2024-01-15T00:00:00Z"},
    )
    as_of = dt.datetime(2024, 1, 10, tzinfo=UTC)
    history = load("x.ndjson", content, as_of=as_of)
    assert history.frame.select("id", "status").rows() == [("A", "resolved"), ("B", "open")]
    assert history.frame.select("resolved_at_origin").to_series().to_list() == ["recorded", None]
    assert history.ledger.dropped == (
        Counted("begins after 2024-01-10T00:00:00+00:00", 1, history.ledger.dropped[0].examples),
    )
    assert str(history.ledger.dropped[0].examples[0]) == "x.ndjson:3"
    assert history.as_of == as_of
    assert load("x.ndjson", content).as_of == dt.datetime(2024, 1, 20, tzinfo=UTC)


def test_instant_without_a_zone_is_refused(load: Callable[..., History]) -> None:
    """No zone is guessed."""
    with pytest.raises(ParameterError, match="as_of has no zone"):
        load("x.ndjson", "", as_of=dt.datetime(2024, 1, 10))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.txt", "hello", "this is no file of incidents"),
        ("x.yaml", "[1, 2", "this is not YAML"),
        ("x.json", "{", "this is not JSON"),
        ("x.parquet", "no", "this is not Parquet"),
        ("x.csv", "name\nx\n", "no column is named 'id'"),
    ],
)
def test_named_file_that_cannot_be_read_is_an_error(
    load: Callable[..., History], name: str, content: str, message: str
) -> None:
    """Whoever names a file means it."""
    with pytest.raises(SourceError, match=message):
        load(name, content)


def test_broken_bundle_in_a_folder_is_dropped_and_a_named_one_an_error(
    write: Callable[..., Path], runbook: Runbook, tmp_path: Path
) -> None:
    """One bad record does not stop a fleet; whoever names it wants to know. Zips are bundles too."""
    write("h/INC-1/incident.yaml", "id: [INC-1")
    write("h/INC-2/incident.yaml", f"id: INC-2\nstarted_at: {START}\n")
    shutil.make_archive(
        str(tmp_path / "h" / "INC-3.incident"), "zip", write("z/INC-3/incident.yaml", "id: INC-3").parent
    )
    write("h/INC-4.incident.zip", "no zip")
    history = load_incidents(tmp_path / "h", runbook=runbook, catalog=None)
    assert history.frame.select("id", "file").rows() == [
        ("INC-2", "INC-2/incident.yaml"), ("INC-3", "INC-3.incident.zip/incident.yaml"),
    ]  # fmt: skip
    assert (history.ledger.rows, history.ledger.rows_dropped) == (4, 2)
    places = [str(place) for each in history.ledger.dropped for place in each.examples]
    assert sorted(places) == ["INC-1", "INC-4.incident.zip"]
    with pytest.raises(RecordError, match="this is not YAML"):
        load_incidents(tmp_path / "h" / "INC-1", runbook=runbook, catalog=None)


def test_path_that_is_not_there_is_an_error(tmp_path: Path, runbook: Runbook) -> None:
    """Nothing is written for it either."""
    with pytest.raises(SourceError, match="there is no such file or folder"):
        load_incidents(tmp_path / "nowhere", runbook=runbook)
    assert list(tmp_path.iterdir()) == []


def test_own_frame_comes_back_from_parquet_and_csv(
    load: Callable[..., History], tmp_path: Path, runbook: Runbook
) -> None:
    """What was exported loads again: ranges, origins and severities as written included."""
    records = [
        {"id": "A", "severity": "odd", "started_at": "2024-01-15T14:10:00Z..2024-01-15T14:20:00Z", "resolved_at": END},
        {"id": "B", "severity": "P1", "started_at": "2024-01-15", "closed_at": "2024-01-17T00:00:00Z", "team": "a"},
        {"id": "C", "severity": "SEV3", "started_at": START, "impact": {"revenue_lost": "$5.50", "users_affected": 7}},
    ]
    history = load("x.ndjson", lines(*records))
    history.frame.write_parquet(tmp_path / "out.parquet")
    again = load_incidents(tmp_path / "out.parquet", runbook=runbook, catalog=None)
    compared = [name for name in HISTORY_SCHEMA if name not in {"file", "line"}]
    assert_frame_equal(again.frame.select(compared), history.frame.select(compared))
    history.frame.write_csv(tmp_path / "out.csv", datetime_format="%Y-%m-%dT%H:%M:%S%.f%:z")
    text = load_incidents(tmp_path / "out.csv", runbook=runbook, catalog=None)
    assert_frame_equal(text.frame.select(compared), history.frame.select(compared))


@settings(deadline=None, max_examples=40)
@given(st.randoms(use_true_random=False))
def test_every_row_is_an_incident_or_merged_or_dropped(dice: random.Random) -> None:
    """The sum holds for any rows of any mapping of keys."""
    ids = [dice.choice(["", "A", "B", "C", "D"]) for _ in range(dice.randrange(12))]
    rows = [f"{each},{dice.choice(['', 'soon', START, END])},{dice.choice(['yes', 'no'])}" for each in ids]
    rows += ["A,B,C,D"] if dice.random() < 0.2 else []
    dice.shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.csv"
        file.write_text("id,started_at,is_drill\n" + "\n".join(rows))
        history = load_incidents(file, runbook=load_runbook(), catalog=None)
    ledger = history.ledger
    assert ledger.rows == len(rows)
    assert ledger.rows == ledger.incidents + ledger.merged + ledger.rows_dropped
    assert ledger.incidents == history.frame.height
    assert history.frame["id"].n_unique() == history.frame.height


def test_order_of_rows_does_not_change_the_incidents(load: Callable[..., History]) -> None:
    """Shuffled lines give the same rows in another order."""
    records = [{"id": f"I{n}", "started_at": START, "severity": "SEV1"} for n in range(50)]
    first = load("x.ndjson", lines(*records)).frame.drop("line")
    random.Random(1).shuffle(records)  # noqa: S311 -- the same order every time
    second = load("x.ndjson", lines(*records)).frame.drop("line")
    assert_frame_equal(first.sort("id"), second.sort("id"))
    assert first["id"].to_list() != second["id"].to_list()
    assert isinstance(first, pl.DataFrame)
