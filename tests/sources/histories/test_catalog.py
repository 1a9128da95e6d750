"""The catalog: the second load costs next to nothing, and never tells what is not so any more."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from polars.testing import assert_frame_equal

from incident_analytics.sources.histories import catalog as catalog_module
from incident_analytics.sources.histories import load as load_module
from incident_analytics.sources.histories import load_incidents
from incident_analytics.sources.histories.catalog import catalog_key
from incident_analytics.sources.histories.ledger_json import ledger_from_json, ledger_to_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import History

START = "2024-01-15T14:15:00Z"


@pytest.fixture
def folder(write: Callable[..., Path]) -> Path:
    """Two bundles, a file of records with doubts, and a table."""
    write("h/INC-1/incident.yaml", f"id: INC-1\nseverity: SEV1\nstarted_at: {START}\n")
    write("h/INC-2/incident.yaml", f"id: INC-2\nseverity: odd\nstarted_at: {START}\n")
    write("h/r.ndjson", '{"id": "INC-3", "started_at": "2024-01-15T14:15:00", "drill": true}\n{"id"\n{"id": "INC-5"}\n')
    return write("h/t.csv", f"id,started_at,users_affected\nINC-4,{START},many\n").parent


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one whenever files are read and not the catalog."""
    seen: list[str] = []
    real = load_module._read  # noqa: SLF001 -- the point where a load becomes a reading

    def counted(*arguments: object) -> object:
        seen.append("read")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(load_module, "_read", counted)
    return seen


@pytest.fixture
def again(folder: Path, runbook: Runbook) -> Callable[[], History]:
    """Loads the folder, always in the same way."""
    return lambda: load_incidents(folder, runbook=runbook)


def age(*files: Path) -> None:
    """Makes files an hour old, so that their time alone is enough."""
    for file in files:
        told = file.stat()
        os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns - 3_600_000_000_000))


def test_second_load_tells_the_same(again: Callable[[], History], reads: list[str], folder: Path) -> None:
    """Frame, ledger, findings and fingerprints; the files are not read."""
    first, second = again(), again()
    assert reads == ["read"]
    assert_frame_equal(first.frame, second.frame)
    assert (first.ledger, first.findings, first.as_of) == (second.ledger, second.findings, second.as_of)
    assert first.fingerprints == second.fingerprints
    assert [each.file for each in second.fingerprints] == [
        "INC-1/incident.yaml", "INC-2/incident.yaml", "r.ndjson", "t.csv",
    ]  # fmt: skip
    assert sorted(file.suffix for file in (folder / "derived").iterdir()) == [".ndjson", ".parquet"]


def test_view_of_a_history_is_no_part_of_the_catalog(
    folder: Path, runbook: Runbook, reads: list[str], again: Callable[[], History]
) -> None:
    """Drills and the instant it is seen from are asked anew."""
    assert "INC-3" not in again().frame["id"].to_list()
    assert "INC-3" in load_incidents(folder, runbook=runbook, drills="kept").frame["id"].to_list()
    assert reads == ["read"]


def changed_in_place(folder: Path) -> None:
    """Other bytes, same size and same time."""
    file = folder / "t.csv"
    told = file.stat()
    file.write_bytes(file.read_bytes().replace(b"INC-4", b"INC-8"))
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file grew": lambda folder: (folder / "t.csv").write_text(f"id,started_at\nINC-4,{START}\nINC-8,{START}\n"),
    "a file changed without growing": changed_in_place,
    "a file came": lambda folder: (folder / "u.csv").write_text(f"id,started_at\nINC-8,{START}\n"),
    "a file went": lambda folder: (folder / "t.csv").unlink(),
    "a bundle came": lambda folder: shutil.copytree(folder / "INC-1", folder / "INC-0"),
    "a timeline came": lambda folder: (folder / "INC-1" / "timeline.csv").write_text("at,text\n14:20,x\n"),
    "a file was renamed": lambda folder: (folder / "t.csv").rename(folder / "v.csv"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_change_is_noticed(
    change: Callable[[Path], object], folder: Path, again: Callable[[], History], reads: list[str]
) -> None:
    """The history is read again, and then kept again."""
    again()
    change(folder)
    if (folder / "INC-0").exists():
        (folder / "INC-0" / "incident.yaml").write_text("id: INC-0\n")
    after = again()
    assert reads == ["read", "read"]
    again()
    assert reads == ["read", "read"]
    assert_frame_equal(after.frame, again().frame)


def test_touched_file_is_not_read_again(again: Callable[[], History], folder: Path, reads: list[str]) -> None:
    """Its time is another one, its sha256 is not."""
    again()
    age(folder / "t.csv")
    again()
    assert reads == ["read"]


def test_old_files_are_not_hashed(again: Callable[[], History], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size and time are enough where the clock cannot deceive."""
    age(*(file for file in folder.rglob("*") if file.is_file()))
    again()

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("incident_analytics.sources.histories.fingerprints.fingerprint", refuse)
    assert again().frame.height == 4


def test_mapping_runbook_and_version_ask_other_questions(
    folder: Path, runbook: Runbook, write: Callable[..., Path], reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has a catalog of its own."""
    load_incidents(folder / "t.csv", runbook=runbook)
    mapping = write("mapping.yaml", "columns: {id: id, started_at: detected_at}")
    assert load_incidents(folder / "t.csv", runbook=runbook, mapping=mapping).frame["detected_at"].count() == 1
    write("mapping.yaml", "columns: {id: id, started_at: resolved_at}")
    assert load_incidents(folder / "t.csv", runbook=runbook, mapping=mapping).frame["resolved_at"].count() == 1
    other = runbook.model_copy(update={"severity_aliases": {"odd": "SEV1"}})
    load_incidents(folder / "t.csv", runbook=other)
    monkeypatch.setattr(catalog_module, "__version__", "9.9.9")
    load_incidents(folder / "t.csv", runbook=runbook)
    assert len(reads) == 5


def garble(file: Path) -> None:
    """Turns a byte in the middle round."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(bytes(data))


BREAKS: dict[str, Callable[[Path], object]] = {
    "cut": lambda file: file.write_bytes(file.read_bytes()[:50]),
    "empty": lambda file: file.write_bytes(b""),
    "gone": lambda file: file.unlink(),
    "one byte": garble,
    "something else": lambda file: file.write_text('{"fingerprints": 5}'),
}


@pytest.mark.parametrize("suffix", [".parquet", ".ndjson"])
@pytest.mark.parametrize("damage", BREAKS.values(), ids=BREAKS.keys())
def test_broken_catalog_is_made_again_in_silence(
    damage: Callable[[Path], object], suffix: str, folder: Path, again: Callable[[], History], reads: list[str]
) -> None:
    """Nobody is asked to delete it."""
    first = again()
    (file,) = (folder / "derived").glob(f"*{suffix}")
    damage(file)
    second = again()
    assert_frame_equal(first.frame, second.frame)
    assert first.findings == second.findings
    assert reads == ["read", "read"]


def test_catalog_may_lie_elsewhere_or_nowhere(folder: Path, runbook: Runbook, tmp_path: Path) -> None:
    """For folders that nobody may write to."""
    load_incidents(folder, runbook=runbook, catalog=None)
    load_incidents(folder, runbook=runbook, catalog=tmp_path / "kept")
    assert not (folder / "derived").exists()
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_catalog_that_cannot_be_written_is_told(folder: Path, runbook: Runbook) -> None:
    """The history is whole all the same."""
    (folder / "derived").write_text("a file is in the way")
    history = load_incidents(folder, runbook=runbook)
    assert history.frame.height == 4
    assert [finding.rule for finding in history.findings][-1] == "catalog-unwritten"


def test_same_files_give_the_same_bytes(again: Callable[[], History], folder: Path) -> None:
    """Nothing of the clock is in a catalog but the times of files."""
    again()
    first = {file.name: file.read_bytes() for file in (folder / "derived").iterdir()}
    shutil.rmtree(folder / "derived")
    again()
    assert {file.name: file.read_bytes() for file in (folder / "derived").iterdir()} == first


def test_ledger_comes_back_from_json(again: Callable[[], History]) -> None:
    """Examples, counts and the spans of files."""
    ledger = again().ledger
    assert ledger_from_json(json.loads(json.dumps(ledger_to_json(ledger)))) == ledger


def test_key_depends_on_every_part() -> None:
    """Sixteen letters of a sha256."""
    assert len(catalog_key("a", "b")) == 16
    assert len({catalog_key("a", "b"), catalog_key("a", "c"), catalog_key("ab")}) == 3
