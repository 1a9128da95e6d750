"""Hostile and broken input: one clear line, exit code 2, no traceback, whatever the command."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ALIASES = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nid: INC-1\n"
FILES: dict[str, tuple[bytes, str]] = {
    "aliases.yaml": (ALIASES.encode(), "aliases.yaml:1: anchors and aliases are not read"),
    "twice.yaml": (b"id: INC-1\nid: INC-2\n", "twice.yaml:2: the key 'id' stands twice"),
    "deep.yaml": (b"id: " + b"[" * 10_000 + b"]" * 10_000, "the text nests too deep"),
    "deep.json": (b'{"id": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", "the text nests too deep"),
    "large.yaml": (
        b"id: INC-1\ntext: " + b"x" * 2 * 1024 * 1024,
        "the file is too large for a record: expected at most 1 MiB",
    ),
    "binary.yaml": (bytes(range(256)), "this is not text"),
    "gzip.yaml": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "this is not text"),
    "tag.yaml": (b"id: !!python/object/apply:os.system ['true']\n", "is not read"),
    "severity.yaml": (b"id: INC-1\nseverity: SEV9\n", "expected SEV1, SEV2, SEV3, SEV4, found 'SEV9'"),
    "half.yaml": (b"id: 'INC-1\n", "this is not YAML"),
    "empty.yaml": (b"", "there is no incident record in this file"),
    "list.json": (b"[1, 2]", "this is not a record"),
    "notes.txt": (b"id: INC-1\n", "this is not an incident record"),
    "broken.zip": (b"PK\x03\x04 and then nothing", "this zip cannot be read"),
}


@pytest.mark.parametrize("command", ["metrics", "check", "postmortem", "open"])
@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_is_one_clear_line(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    """The line names the file, says what is wrong, and nothing is written."""
    content, message = FILES[name]
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(content)
    result = run(command, name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("error: ")
    assert name in result.stderr
    assert message in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("command", ["metrics", "check", "postmortem", "open"])
@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("no/such/folder", "error: no/such/folder: there is no such file or folder; no/such is not there either\n"),
        ("recrod.yaml", "error: recrod.yaml: there is no such file or folder; did you mean record.yaml?\n"),
        ("empty", "error: empty: there is no incident record: expected incident.yaml or incident.yml or incident.json"),
    ],
)
def test_what_is_not_there_is_one_clear_line(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, named: str, message: str
) -> None:
    """The nearest name that is there is offered."""
    monkeypatch.chdir(tmp_path)
    Path("record.yaml").write_text("id: INC-1\n")
    Path("empty").mkdir()
    result = run(command, named)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(message)


def test_a_zip_that_points_outside_itself_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    """A member named ../evil is never unpacked."""
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../evil.yaml", "id: INC-1\n")
    result = run("metrics", tmp_path / "evil.zip")
    assert result.exit_code == 2
    assert "evil.zip: this zip points outside itself" in result.stderr
    assert not (tmp_path.parent / "evil.yaml").exists()


@pytest.mark.parametrize("command", ["metrics", "check", "postmortem", "open"])
def test_a_broken_runbook_is_one_clear_line(
    run: Callable[..., Any], template: Path, tmp_path: Path, command: str
) -> None:
    """The line of the runbook is named before the incident is read."""
    (tmp_path / "runbook.yaml").write_text("name: ours\nseveritys: {}\n")
    result = run(command, template, "--runbook", tmp_path / "runbook.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert f"{tmp_path}/runbook.yaml:2: severitys: there is no such key" in result.stderr
    assert "did you mean 'severities'?" in result.stderr
