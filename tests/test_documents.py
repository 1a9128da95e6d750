"""The documents say what is so: their programs run, their commands too, and every name in them exists."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import incident_analytics
from incident_analytics.model.runbook import load_runbook

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "incident_analytics"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<source>.*?)^```", re.DOTALL | re.MULTILINE)
# What a working copy holds beside what belongs to the project.
NOT_OURS = {"reports", "derived", "dist", "build", "node_modules", "__pycache__"}


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return [found["source"] for found in BLOCK.finditer(text) if found["language"] == language]


def prose(text: str) -> str:
    """The text without its code blocks."""
    return BLOCK.sub("", text)


def test_program_of_the_readme_prints_what_stands_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's program runs as it stands, from the root of the repository."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("INCIDENT_DATA", raising=False)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(blocks(README, "python")[0], {})  # noqa: S102 -- the program of our own README
    assert printed.getvalue() == blocks(README, "text")[0]


def test_program_of_the_readme_ends_by_line_30() -> None:
    """Whoever opens the README sees code on the first screen."""
    lines = README.splitlines()
    start = lines.index("```python")
    assert lines.index("```", start) < 30


@pytest.mark.slow
def test_commands_of_the_readme_make_what_they_say(tmp_path: Path) -> None:
    """The block under "Your own incidents" runs from top to bottom; only JupyterLab is not started."""
    script = blocks(README.partition("## Your own incidents")[2], "bash")[0]
    commands = [line.split("#")[0].strip() for line in script.splitlines()]
    assert [command.split()[0] for command in commands] == ["pip", "incident", "cd", *["incident"] * 6]
    shell = "\n".join(commands[1:]).replace("incident open INC-2024-001", "incident open INC-2024-001 --dry-run")
    environment = {name: value for name, value in os.environ.items() if name != "INCIDENT_DATA"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    ran = subprocess.run(  # noqa: S603 -- the commands of our own README
        ["/bin/bash", "-euc", shell], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    made = {path.name for path in (tmp_path / "incidents" / "reports").iterdir()}
    documents = {"INC-2024-001.html", "INC-2024-001.json", "INC-2024-001.ipynb", "trends.html", "trends.json"}
    assert made - {".gitkeep"} == {*documents, "runs", "index.html"}
    page = (tmp_path / "incidents" / "reports" / "INC-2024-001.html").stat().st_size
    assert f"about {page / 1e6:.0f} MB" in README


def test_readme_counts_the_rules_of_the_runbook() -> None:
    """The number of rules in the README is the runbook's."""
    assert f"all {len(load_runbook().rules)} rules of the runbook" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    """A reader who types `make something` finds it in the Makefile."""
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_repository_leads_somewhere(document: Path) -> None:
    """Linked files exist, and so do the headings that links point at."""
    text = document.read_text(encoding="utf-8")
    for address in LINK.findall(prose(text)):
        if "://" in address:
            continue
        name, _, heading = address.partition("#")
        target = document.parent / name if name else document
        assert target.exists(), f"{document.name} links to {address}"
        if heading:
            titles = re.findall(r"^#+ (.+)$", prose(target.read_text(encoding="utf-8")), re.MULTILINE)
            assert heading in {anchor_of(title) for title in titles}, f"{document.name} links to {address}"


def anchor_of(title: str) -> str:
    """The anchor a Markdown page gives to a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_every_public_name_is_in_the_architecture() -> None:
    """The table of public names is the list that the package exports."""
    table = ARCHITECTURE.partition("## Public names")[2].partition("## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == sorted(incident_analytics.__all__)


def test_every_dependency_has_its_reason() -> None:
    """The table of dependencies is the list that an installation brings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[]", line)[0] for line in project["dependencies"]}
    table = ARCHITECTURE.partition("## Dependencies")[2].partition("## ")[0]
    explained = re.findall(r"^\| ([\w.-]+)(?: \(`\[\w+\]`\))? \|", table, re.MULTILINE)
    assert sorted(explained) == sorted({"Package", *declared, "duckdb"})


def folders(parent: Path) -> list[str]:
    """The folders of the project in a folder."""
    return sorted(
        path.name
        for path in parent.iterdir()
        if path.is_dir() and path.name not in NOT_OURS and not path.name.startswith(".") and any(path.iterdir())
    )


@pytest.mark.parametrize("folder", folders(ROOT))
def test_every_folder_is_on_both_maps(folder: str) -> None:
    """Nobody meets a folder that neither the README nor the architecture explains."""
    if folder.endswith(".egg-info"):
        pytest.skip("made by an installation")
    assert f"{folder}/" in README
    assert f"\n{folder}/" in ARCHITECTURE


@pytest.mark.parametrize("room", [room for room in folders(PACKAGE) if room != "shipped"])
def test_every_room_is_on_the_map(room: str) -> None:
    """The map names each room, and the table each of its parts."""
    assert f"\n  {room}/" in ARCHITECTURE
    assert f"`incident_analytics/{room}/`" in README
    for part in folders(PACKAGE / room):
        assert f"`{room}/{part}/`" in ARCHITECTURE, f"{room}/{part} is not explained"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(document: Path) -> None:
    """A path of the package in backticks is the path of a file or folder."""
    text = prose(document.read_text(encoding="utf-8"))
    rooms = "|".join([*folders(PACKAGE), "incident_analytics", "docs", "tests", "notebooks", "benchmarks"])
    for name in re.findall(rf"`((?:{rooms})/[\w./-]*)`", text):
        if name.startswith("evidence/"):
            continue
        assert any((base / name).exists() for base in (ROOT, PACKAGE)), f"{document.name} names {name}"
