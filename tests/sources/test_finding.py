"""A bundle is found by folder, zip, record file or id, and by nothing that is guessed."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incident_analytics.errors import BundleError, IncidentAnalyticsError, RecordError, SourceError
from incident_analytics.sources import open_bundle, open_bundles
from incident_analytics.sources.finding import data_folders, identity_of, incidents_in, own_runbook


@pytest.fixture(autouse=True)
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without data, and no variable that names any."""
    monkeypatch.delenv("INCIDENT_DATA", raising=False)
    folder = tmp_path / "away"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def bundle_in(data: Path, name: str, identity: str | None = None) -> Path:
    """A bundle's folder with the smallest record."""
    (data / name).mkdir(parents=True)
    (data / name / "incident.yaml").write_text(f"id: {identity or name}\nseverity: SEV1\n")
    return data / name


def zip_of(folder: Path, file: Path) -> Path:
    """The folder as a zip."""
    with zipfile.ZipFile(file, "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(folder.parent))
    return file


def refusal(name: str | Path, data: Path | None = None) -> str:
    """What is said of an incident that cannot be found; one line."""
    with pytest.raises(IncidentAnalyticsError) as refused:
        open_bundle(name, data=data)
    assert str(refused.value).isprintable()
    return str(refused.value)


def test_a_folder_a_zip_a_record_and_an_id_are_the_same_incident(tmp_path: Path) -> None:
    """However it is named."""
    folder = bundle_in(tmp_path / "data", "INC-1")
    archive = zip_of(folder, tmp_path / "INC-1.incident.zip")
    for named in (folder, str(folder), archive, folder / "incident.yaml"):
        assert open_bundle(named).record.id == "INC-1"
    assert open_bundle("inc-1", data=tmp_path / "data").record.id == "INC-1"


def test_a_zip_in_a_data_folder_is_found_by_its_id(tmp_path: Path) -> None:
    """By the name of the file."""
    (tmp_path / "data").mkdir()
    zip_of(bundle_in(tmp_path, "INC-1"), tmp_path / "data" / "INC-1.incident.zip")
    assert open_bundle("INC-1", data=tmp_path / "data").record.id == "INC-1"


def test_a_record_beside_evidence_is_the_record_of_that_bundle(tmp_path: Path) -> None:
    """A record that stands alone has no evidence, whatever lies beside it."""
    folder = bundle_in(tmp_path, "INC-1")
    (folder / "notes.log").write_text("x")
    assert open_bundle(folder / "incident.yaml").folder is None
    (folder / "evidence").mkdir()
    assert open_bundle(folder / "incident.yaml").folder == folder


def test_an_id_is_found_by_the_folder_or_by_the_record_in_it(tmp_path: Path) -> None:
    """In any case; a name in the record need not be the folder's."""
    bundle_in(tmp_path, "2024-01-payments", "INC-7")
    (tmp_path / "minified").mkdir()
    (tmp_path / "minified" / "incident.json").write_text(json.dumps({"incident": {"title": "x", "id": "INC-8"}}))
    assert open_bundle("inc-7", data=tmp_path).folder == tmp_path / "2024-01-payments"
    assert open_bundle("2024-01-PAYMENTS", data=tmp_path).record.id == "INC-7"
    assert open_bundle("INC-8", data=tmp_path).folder == tmp_path / "minified"


def test_data_comes_before_the_variable_and_the_variable_before_the_working_folder(
    tmp_path: Path, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest folder that has the id wins."""
    for number, data in enumerate((tmp_path / "named", tmp_path / "variable", away / "data"), start=1):
        bundle_in(data, "INC-1")
        bundle_in(data, f"INC-{number}0")
    monkeypatch.setenv("INCIDENT_DATA", str(tmp_path / "variable"))
    assert open_bundle("INC-1", data=tmp_path / "named").folder == tmp_path / "named" / "INC-1"
    assert open_bundle("INC-1").folder == tmp_path / "variable" / "INC-1"
    assert open_bundle("INC-30", data=tmp_path / "named").folder == away / "data" / "INC-30"
    monkeypatch.delenv("INCIDENT_DATA")
    assert open_bundle("INC-1").folder == away / "data" / "INC-1"


def test_the_data_folder_of_a_folder_around_is_looked_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a notebook runs from its own folder and from the root."""
    bundle_in(tmp_path / "data", "INC-1")
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks" / "deep")
    assert open_bundle("INC-1").folder == tmp_path / "data" / "INC-1"


def test_a_folder_that_is_named_twice_is_looked_in_once(away: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the first place it is named."""
    (away / "data").mkdir()
    monkeypatch.setenv("INCIDENT_DATA", str(away / "data"))
    assert [
        folder for folder in data_folders(Path("data")) if folder.is_relative_to(away) or folder == Path("data")
    ] == [Path("data")]


def test_two_folders_of_one_id_are_an_error(tmp_path: Path) -> None:
    """No choice is made (S42)."""
    bundle_in(tmp_path, "a", "INC-1")
    bundle_in(tmp_path, "b", "inc-1")
    message = f"{tmp_path}: two incidents have the id INC-1: found 'a and b'"
    assert refusal("INC-1", tmp_path) == message
    with pytest.raises(BundleError) as refused:
        open_bundles(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path}: two incidents have the id inc-1: found 'a and b'; give one of them another id"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.yaml", "id: INC-1\n---\nid: inc-1\n"),
        ("r.json", '[{"id": "INC-1"}, {"id": "INC-1"}]'),
        ("r.ndjson", '{"id": "INC-1"}\n{"id": "INC-1"}\n'),
    ],
)
def test_two_records_of_one_id_in_a_file_are_an_error(tmp_path: Path, name: str, content: str) -> None:
    """In any form."""
    (tmp_path / name).write_text(content)
    with pytest.raises(BundleError, match=r"two incidents have the id (INC|inc)-1; give one of them another id"):
        open_bundles(tmp_path / name)


def test_every_record_of_a_file_is_a_bundle_of_its_own(tmp_path: Path) -> None:
    """One alone is asked for by open_bundle."""
    (tmp_path / "r.yaml").write_text("id: INC-1\n---\nid: INC-2\n")
    assert [bundle.record.id for bundle in open_bundles(tmp_path / "r.yaml")] == ["INC-1", "INC-2"]
    assert refusal(tmp_path / "r.yaml") == (
        f"{tmp_path}/r.yaml: one incident is expected here: found '2: INC-1, INC-2'; "
        f"{tmp_path}/r.yaml#INC-1 names one of them"
    )


def test_a_folder_of_bundles_gives_them_all(tmp_path: Path) -> None:
    """Zipped ones too; a zip of something else is no bundle."""
    zip_of(bundle_in(tmp_path / "elsewhere", "INC-2"), tmp_path / "INC-2.incident.zip")
    shutil.rmtree(tmp_path / "elsewhere")
    bundle_in(tmp_path, "INC-1")
    bundle_in(tmp_path, "INC-3")
    (tmp_path / "logs.zip").write_bytes(b"")
    assert [bundle.record.id for bundle in open_bundles(tmp_path)] == ["INC-1", "INC-2", "INC-3"]


def test_a_broken_record_does_not_hide_the_others(tmp_path: Path) -> None:
    """It raises where it is read."""
    bundle_in(tmp_path, "INC-1")
    bundle_in(tmp_path, "INC-2").joinpath("incident.yaml").write_text("id: INC-2\nseverity: SEV9\n")
    first, second = open_bundles(tmp_path)
    assert first.record.id == "INC-1"
    with pytest.raises(RecordError, match=f"^{tmp_path}/INC-2/incident.yaml:2: severity: expected SEV1"):
        _ = second.record


def test_the_nearest_id_is_suggested(tmp_path: Path) -> None:
    """By folder or by record, as it is written there."""
    bundle_in(tmp_path, "INC-2024-001")
    bundle_in(tmp_path, "payments", "PAY-77")
    message = refusal("inc-2024-002", tmp_path)
    assert message == f"{tmp_path}: there is no incident 'inc-2024-002'; did you mean INC-2024-001?"
    assert refusal("PAY-78", tmp_path).endswith("did you mean PAY-77?")
    assert refusal("zzz", tmp_path).endswith("name a folder, or say where with --data")


def test_a_variable_that_names_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the id is not found elsewhere."""
    monkeypatch.setenv("INCIDENT_DATA", str(tmp_path / "gone"))
    assert f"(INCIDENT_DATA names {tmp_path}/gone, which is no folder): there is no incident 'INC-1'" in refusal(
        "INC-1"
    )


def test_a_path_that_is_not_there_names_the_nearest(tmp_path: Path) -> None:
    """A path is not looked up as an id."""
    bundle_in(tmp_path, "INC-1")
    assert refusal(tmp_path / "INC-2") == (
        f"{tmp_path}/INC-2: there is no such file or folder; did you mean {tmp_path}/INC-1?"
    )
    assert refusal("no/such/folder") == "no/such/folder: there is no such file or folder; no/such is not there either"
    assert refusal("incident.yaml") == "incident.yaml: there is no such file or folder"
    assert refusal("INC-1", tmp_path / "none") == f"{tmp_path}/none: there is no such data folder"


@pytest.mark.parametrize("name", ["", " ", "x" * 5000, "a\x00b", "~nobody-of-this-name/data", "INC-1\n", "\ud800"])
def test_a_name_that_can_be_no_incident_is_one_line(name: str) -> None:
    """No traceback from the file system."""
    assert refusal(name)


def test_an_empty_folder_has_no_record(tmp_path: Path) -> None:
    """With the names that are looked for."""
    with pytest.raises(BundleError) as refused:
        _ = open_bundle(tmp_path / "away").record
    assert str(refused.value) == (
        f"{tmp_path}/away: there is no incident record: expected incident.yaml or incident.yml or incident.json"
    )


@pytest.mark.parametrize("name", ["report.html", "a.csv", "noname"])
def test_a_file_of_another_kind_is_no_record(tmp_path: Path, name: str) -> None:
    """It is not tried."""
    (tmp_path / name).write_text("id: INC-1")
    assert refusal(tmp_path / name) == (
        f"{tmp_path}/{name}: this is not an incident record: "
        "expected a file ending in .yaml, .yml, .json, .ndjson, .jsonl"
    )


def test_a_zip_under_another_name_is_a_zip_still(tmp_path: Path) -> None:
    """As a mail program may have renamed it."""
    archive = zip_of(bundle_in(tmp_path, "INC-1"), tmp_path / "attachment.dat")
    assert open_bundle(archive).record.id == "INC-1"


def test_a_corrupt_zip_is_one_line(tmp_path: Path) -> None:
    """With its path."""
    (tmp_path / "a.zip").write_text("no zip")
    with pytest.raises(
        SourceError, match=f"^{tmp_path}/a.zip: this zip cannot be read: found 'File is not a zip file'$"
    ):
        open_bundle(tmp_path / "a.zip")


def test_a_broken_record_tells_its_path(tmp_path: Path) -> None:
    """In a folder, in a zip and alone."""
    folder = bundle_in(tmp_path, "INC-1")
    (folder / "incident.yaml").write_text("id: INC-1\nstarted_at: soon\n")
    archive = zip_of(folder, tmp_path / "INC-1.zip")
    (tmp_path / "r.yaml").write_text("id: INC-1\nstarted_at: soon\n")
    what = ":2: started_at: expected a time such as 2024-01-15T14:15:00Z or 14:15, found 'soon'"
    for named, where in (
        (folder, f"{folder}/incident.yaml"),
        (archive, f"{archive}/incident.yaml"),
        (tmp_path / "r.yaml", f"{tmp_path}/r.yaml"),
    ):
        with pytest.raises(RecordError) as refused:
            _ = open_bundle(named).record
        assert str(refused.value) == where + what


def test_a_folder_one_may_not_look_into_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the system says."""

    def forbidden(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "secret").mkdir()
    monkeypatch.setattr(Path, "iterdir", forbidden)
    assert refusal(tmp_path / "secret") == f"{tmp_path}/secret: this cannot be opened: found 'Permission denied'"


def test_a_workspaces_runbook_is_the_one_beside_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere the shipped one holds."""
    assert own_runbook() is None
    bundle_in(tmp_path / "w" / "data", "INC-1")
    (tmp_path / "w" / "runbook.yaml").write_text(
        "name: Ours\nseverities:\n  SEV1: {name: c, response: {text: x, under_minutes: 1}, escalation: {text: x}, "
        "call_by: page}\nclocks: {default: {}}\n"
    )
    monkeypatch.chdir(tmp_path / "w" / "data")
    assert own_runbook() == tmp_path / "w" / "runbook.yaml"
    assert open_bundle("INC-1").runbook.name == "Ours"


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_text_is_a_bundle_or_one_line(tmp_path: Path, name: str) -> None:
    """A folder that happens to be there, or a refusal; never another exception."""
    try:
        assert open_bundle(name, data=tmp_path).folder is not None
    except IncidentAnalyticsError as error:
        assert str(error).isprintable()  # noqa: PT017 -- a refusal is as right as a bundle


def test_the_incidents_of_a_data_folder_are_listed_without_opening_them(tmp_path: Path) -> None:
    """Folders with a record and zips, by name; a zip that is broken is listed too, and told when it is opened."""
    data = tmp_path / "data"
    second, first = bundle_in(data, "b"), bundle_in(data, "a", identity="INC-7")
    (data / "generate").mkdir()
    (data / "README.md").write_text("words")
    (data / "INC-9.incident.zip").write_bytes(b"broken")
    assert incidents_in(data) == [data / "INC-9.incident.zip", first, second]
    assert [identity_of(path) for path in incidents_in(data)] == ["INC-9", "INC-7", "b"]
