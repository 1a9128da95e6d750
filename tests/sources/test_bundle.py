"""One incident's files: each told in the ledger, each doubt in the findings."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_analytics.errors import BundleError
from incident_analytics.sources import Bundle, open_bundle

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "INC-2024-001"
RECORDED = Path(__file__).resolve().parents[1] / "data" / "recorded"
RECORD = "id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T15:45:00Z\n"


@pytest.fixture(scope="module")
def sample() -> Bundle:
    """The sample incident, opened once."""
    return open_bundle(SAMPLE)


def folder_with(tmp_path: Path, files: dict[str, str | bytes], name: str = "INC-1") -> Path:
    """A bundle's folder with these files beside its record."""
    folder = tmp_path / name
    for file, content in {"incident.yaml": RECORD, **files}.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def rules(bundle: Bundle) -> list[tuple[str, str, str]]:
    """The findings: rule, level and place."""
    return [(finding.rule, finding.level, str(finding.where)) for finding in bundle.findings]


def test_the_sample_is_read_whole(sample: Bundle) -> None:
    """Counted in data/README.md: 86,070 log lines, 11 of them not JSON and 7 cut short."""
    assert sample.record.title == "Payment processing outage"
    assert (len(sample.record.timeline), len(sample.timeline), len(sample.record.updates)) == (3, 21, 6)
    logs = [line for line in sample.ledger if line.kind == "logs"]
    assert (len(logs), sum(line.rows for line in logs), sum(line.unreadable for line in logs)) == (8, 86_070, 7)
    assert {finding.rule for finding in sample.findings} == {"log-lines-unreadable"}
    assert sample.integrity.is_intact
    assert sample.integrity.listed == 35
    assert sample.prose == (SAMPLE / "postmortem.md").read_text()


def test_the_samples_ledger_lists_every_file_once(sample: Bundle) -> None:
    """What is in the folder, hidden and rebuildable files apart."""
    files = {path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*") if path.is_file()}
    listed = [line.file for line in sample.ledger]
    assert len(listed) == len(set(listed))
    assert set(listed) == {name for name in files if not name.startswith("derived/")}


def test_the_latest_instant_of_the_sample_is_when_its_report_was_begun(sample: Bundle) -> None:
    """timeline.csv ends at 16:30; the logs and metrics at 16:15."""
    assert sample.latest_instant == datetime(2024, 1, 15, 16, 30, tzinfo=UTC)


def test_a_file_of_no_known_kind_is_listed_as_not_read(tmp_path: Path) -> None:
    """Nothing is dropped in silence."""
    files = {
        "exports/chat.bin": b"\x00\x01",
        "README.md": "x",
        "postmortem.md": "# x",
        "timeline.csv": "at,text\n14:20,a\n",
    }
    bundle = open_bundle(folder_with(tmp_path, files))
    assert [(line.file, line.kind, line.reader, line.notes) for line in bundle.ledger] == [
        ("incident.yaml", "record", "yaml", ()),
        ("timeline.csv", "timeline", "csv", ()),
        ("README.md", "other", "", ("for people, not read",)),
        ("postmortem.md", "prose", "", ()),
        ("exports/chat.bin", "other", "", ("not read: kind unknown",)),
    ]


def test_two_records_in_one_folder_are_told(tmp_path: Path) -> None:
    """YAML is the record, the other one is not read."""
    bundle = open_bundle(folder_with(tmp_path, {"incident.json": '{"id": "INC-9"}'}))
    assert bundle.record.id == "INC-1"
    assert rules(bundle) == [("two-records", "warning", "incident.json")]
    assert ("incident.json", ("not read: another file is the record",)) in [
        (line.file, line.notes) for line in bundle.ledger
    ]


def test_several_records_in_a_bundles_file_are_an_error(tmp_path: Path) -> None:
    """Evidence belongs to one incident."""
    folder = folder_with(tmp_path, {"incident.yaml": "id: INC-1\n---\nid: INC-2\n"})
    with pytest.raises(BundleError) as refused:
        _ = open_bundle(folder).record
    assert str(refused.value) == f"{folder}/incident.yaml: a bundle holds one incident: found '2 records: INC-1, INC-2'"


def test_a_folder_named_otherwise_than_its_record_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not when it is opened from within, nor as a zip under another name."""
    folder = folder_with(tmp_path, {}, name="payments")
    assert rules(open_bundle(folder)) == [("id-differs", "info", "incident.yaml:1")]
    same = folder_with(tmp_path, {}, name="inc-1")
    monkeypatch.chdir(same)
    assert rules(open_bundle(".")) == []
    with zipfile.ZipFile(tmp_path / "mail.zip", "w") as archive:
        archive.write(same / "incident.yaml", "incident.yaml")
    zipped = open_bundle(tmp_path / "mail.zip")
    assert (rules(zipped), zipped.name, zipped.named) == ([], "mail.zip", tmp_path / "mail.zip")


def test_evidence_that_is_not_what_was_received_is_told(tmp_path: Path) -> None:
    """Changed and missing files are errors, one that came later a note."""
    log = '{"level":50,"time":1705328100000,"msg":"x"}\n'
    listed = [
        {"path": "evidence/logs/a.ndjson", "sha256": hashlib.sha256(b"other").hexdigest()},
        {"path": "evidence/logs/gone.ndjson", "sha256": "0" * 64},
        {"path": "evidence/logs/b.ndjson", "sha256": hashlib.sha256(log.encode()).hexdigest()},
    ]
    files = {f"evidence/logs/{name}.ndjson": log for name in "abc"}
    bundle = open_bundle(folder_with(tmp_path, {**files, "MANIFEST.json": json.dumps({"files": listed})}))
    assert rules(bundle) == [
        ("evidence-changed", "error", "evidence/logs/a.ndjson"),
        ("evidence-missing", "error", "evidence/logs/gone.ndjson"),
        ("evidence-unlisted", "info", "evidence/logs/c.ndjson"),
    ]
    assert [line.rows for line in bundle.ledger if line.kind == "manifest"] == [3]


def test_a_manifest_that_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    """It is a finding, and nothing is claimed to be intact."""
    bundle = open_bundle(folder_with(tmp_path, {"MANIFEST.json": "{"}))
    assert rules(bundle) == [("manifest-unreadable", "warning", "MANIFEST.json")]
    assert not bundle.integrity.is_intact


def test_a_record_that_stands_alone_has_itself(tmp_path: Path) -> None:
    """Its neighbours are not its evidence."""
    (tmp_path / "r.yaml").write_text(RECORD)
    (tmp_path / "other.log").write_text("2024-01-15 14:15:00 ERROR x\n")
    bundle = open_bundle(tmp_path / "r.yaml")
    assert [line.file for line in bundle.ledger] == ["r.yaml"]
    assert (bundle.findings, bundle.prose, bundle.prose_file, bundle.timeline) == ((), "", None, ())
    assert (bundle.logs.collect().height, bundle.samples.collect().height, bundle.manifest) == (0, 0, ())
    assert bundle.latest_instant == datetime(2024, 1, 15, 15, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        (RECORD, "UTC"),
        (RECORD.replace("00Z", "00+01:00"), "+01:00"),
        ("id: X\ntimezone: America/New_York\nstarted_at: 2024-01-15T14:15:00Z\n", "America/New_York"),
        ("id: X\ntimezone: EST\nstarted_at: 2024-01-15T14:15:00\n", "-05:00"),
        ("id: X\nstarted_at: 2024-01-15 14:15 est\n", "-05:00"),
        ("id: X\nstarted_at: 1705328100\n", None),
        ("id: X\nstarted_at: 2024-01-15T14:15:00\n", None),
        ("id: X\n", None),
    ],
)
def test_evidence_without_a_zone_takes_the_records(tmp_path: Path, text: str, zone: str | None) -> None:
    """As an offset or a name, as only the runbook knows what EST means."""
    folder = folder_with(tmp_path, {"incident.yaml": text, "evidence/logs/a.log": "2024-01-15 14:15:00 ERROR x\n"}, "X")
    bundle = open_bundle(folder)
    assert bundle.zone == zone
    assert bundle.logs.collect()["zone_assumed"].to_list() == [True]
    assert ("log-zone-assumed" in {finding.rule for finding in bundle.findings}) == (zone is None)


def test_the_latest_instant_is_over_all_parts_and_files(tmp_path: Path) -> None:
    """What was promised for later has not been yet."""
    promised = "updates:\n- {time: 14:30, next_update: 23:00}\n"
    assert open_bundle(folder_with(tmp_path, {"incident.yaml": RECORD + promised})).latest_instant == datetime(
        2024, 1, 15, 15, 45, tzinfo=UTC
    )
    for number, (more, last) in enumerate(
        {
            "action_items:\n- {text: a, closed_at: 2024-02-01T10:00Z}\n": datetime(2024, 2, 1, 10, tzinfo=UTC),
            "mitigation: {at: 2024-01-15T17:00Z}\n": datetime(2024, 1, 15, 17, tzinfo=UTC),
            "timeline:\n- {time: '2024-01-15T18:00Z..2024-01-15T18:30Z', event: a}\n": datetime(
                2024, 1, 15, 18, 30, tzinfo=UTC
            ),
        }.items()
    ):
        folder = folder_with(tmp_path, {"incident.yaml": RECORD + more}, name=f"INC-1{number}")
        assert open_bundle(folder).latest_instant == last
    manifest = json.dumps({"files": [{"path": "x", "received_at": "2024-01-16T09:00:00Z"}]})
    folder = folder_with(tmp_path, {"MANIFEST.json": manifest}, name="INC-2")
    assert open_bundle(folder).latest_instant == datetime(2024, 1, 16, 9, tzinfo=UTC)


def test_prose_is_read_byte_for_byte(tmp_path: Path) -> None:
    """Windows line ends, a lone byte that is no UTF-8, and no newline at the end."""
    data = b"# A\r\n\xff caf\xc3\xa9"
    bundle = open_bundle(folder_with(tmp_path, {"postmortem.md": data}))
    assert bundle.prose.encode("utf-8", "surrogateescape") == data


def test_a_bundle_without_a_record_still_tells_its_files(tmp_path: Path) -> None:
    """Evidence that came before the record."""
    folder = folder_with(tmp_path, {"evidence/logs/a.ndjson": (RECORDED / "logs/pino_default.ndjson").read_bytes()})
    (folder / "incident.yaml").unlink()
    bundle = open_bundle(folder)
    assert [(line.file, line.kind) for line in bundle.ledger] == [("evidence/logs/a.ndjson", "logs")]
