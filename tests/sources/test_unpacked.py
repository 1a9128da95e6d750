"""A zip is unpacked into a folder of its own, or refused with one line."""

from __future__ import annotations

import gc
import os
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import SourceError
from incident_analytics.sources import unpacked as module
from incident_analytics.sources.unpacked import root_of, unpacked

if TYPE_CHECKING:
    from pathlib import Path


def zipped(file: Path, members: dict[str, str]) -> Path:
    """A zip with these members."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything unpacked in a test lies where the test can see it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(module.tempfile, "tempdir", str(folder))
    return folder


def refusal(file: Path, left_over: Path) -> str:
    """What is said of a zip that is refused; nothing may stay behind."""
    with pytest.raises(SourceError) as refused:
        unpacked(file)
    assert list(left_over.iterdir()) == []
    return str(refused.value)


def test_files_lie_in_a_folder_that_goes_with_its_object(tmp_path: Path, own_temporary_folder: Path) -> None:
    """Without a warning."""
    kept = unpacked(zipped(tmp_path / "a.zip", {"incident.yaml": "id: INC-1", "evidence/logs/a.log": "x"}))
    (folder,) = own_temporary_folder.iterdir()
    assert (str(folder), (folder / "evidence/logs/a.log").read_text()) == (kept.name, "x")
    del kept
    gc.collect()
    assert list(own_temporary_folder.iterdir()) == []


def test_a_child_process_that_ends_leaves_its_parents_folder(tmp_path: Path) -> None:
    """Reports are made in forked children."""
    kept = unpacked(zipped(tmp_path / "a.zip", {"incident.yaml": "id: INC-1"}))
    child = os.fork()
    if child == 0:
        kept.remove()
        os._exit(0)
    os.waitpid(child, 0)
    assert os.path.exists(kept.name)  # noqa: PTH110 -- a name, as it is kept


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "evidence/../../evil.txt", "..\\evil.txt"])
def test_a_member_outside_the_zip_is_refused(tmp_path: Path, own_temporary_folder: Path, name: str) -> None:
    """Nothing is written, inside or out."""
    message = refusal(zipped(tmp_path / "a.zip", {"ok.txt": "x", name: "evil"}), own_temporary_folder)
    assert message == f"a.zip: this zip points outside itself: found '{name}'"


def test_a_zip_that_unpacks_too_large_is_refused_before_it_does(
    tmp_path: Path, own_temporary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bomb says its size in its directory."""
    assert module.LARGEST_UNPACKED_BYTES == 8 * 1024**3
    monkeypatch.setattr(module, "LARGEST_UNPACKED_BYTES", 1024**3)
    archive = zipped(tmp_path / "a.zip", {"a": "x" * 100})
    data = bytearray(archive.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 3 * 1024**3)  # the size it claims in the central directory
    archive.write_bytes(data)
    assert refusal(archive, own_temporary_folder) == (
        "a.zip: this zip unpacks too large: expected at most 1 GiB, found '3.0 GiB'"
    )


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path, own_temporary_folder: Path) -> None:
    """It says one byte and holds a megabyte."""
    archive = zipped(tmp_path / "a.zip", {"a": "x" * 1_000_000})
    data = bytearray(archive.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1)
    archive.write_bytes(data)
    assert refusal(archive, own_temporary_folder).startswith("a.zip: this zip cannot be read: found '")


def test_too_many_files_are_refused(
    tmp_path: Path, own_temporary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An incident has no million files."""
    assert module.MOST_FILES == 20_000
    monkeypatch.setattr(module, "MOST_FILES", 2)
    message = refusal(zipped(tmp_path / "a.zip", {"a": "", "b": "", "c": ""}), own_temporary_folder)
    assert message == "a.zip: this zip holds too many files: expected at most 2, found '3'"


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"this is no zip",
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:40] + b"\xff" * 40 + data[80:],
        lambda data: data.replace(b"PK\x03\x04", b"PK\x03\x05"),
    ],
    ids=["text", "empty", "cut short", "damaged content", "damaged header"],
)
def test_a_broken_zip_is_one_line(tmp_path: Path, own_temporary_folder: Path, damage: object) -> None:
    """And leaves nothing behind."""
    archive = zipped(tmp_path / "a.zip", {"a": "".join(chr(97 + n * n % 26) for n in range(5000))})
    archive.write_bytes(damage(archive.read_bytes()))  # type: ignore[operator]
    assert refusal(archive, own_temporary_folder).startswith("a.zip: this zip cannot be read: found '")


def test_an_encrypted_zip_is_one_line(tmp_path: Path, own_temporary_folder: Path) -> None:
    """The flag says so; we have no password."""
    archive = zipped(tmp_path / "a.zip", {"a": "x"})
    data = bytearray(archive.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(data)
    message = refusal(archive, own_temporary_folder)
    assert message == "a.zip: this zip is encrypted; unpack it and name the folder"


@pytest.mark.parametrize(
    ("files", "root"),
    [
        (["incident.yaml"], "."),
        (["INC-1/incident.yaml"], "INC-1"),
        (["INC-1/incident.yaml", "__MACOSX/._incident.yaml", ".hidden/a"], "INC-1"),
        (["a/x", "b/y"], "."),
        ([], "."),
    ],
)
def test_a_bundle_stands_at_the_top_or_in_the_one_folder(tmp_path: Path, files: list[str], root: str) -> None:
    """As people zip the files or the folder."""
    top = tmp_path / "unpacked"
    top.mkdir()
    for name in files:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text("id: INC-1")
    assert root_of(top, ("incident.yaml",)) == top / root
