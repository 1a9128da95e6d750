"""docs/commands.md: every command and option stands there, and every example runs as shown."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.main import get_command

from incident_analytics.cli.app import app

PAGE = Path(__file__).resolve().parents[2] / "docs/commands.md"
PROGRAM = "from incident_analytics.cli import main; main()"


@dataclass
class Example:
    """A command line of the page and what it prints there; nothing where the page leaves that out."""

    line: str
    printed: list[str] = field(default_factory=list)


def sections() -> dict[str, str]:
    """The text below each heading."""
    parts = re.split(r"^## (.+)\n", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def options() -> list[tuple[str, str]]:
    """Every option of every command, with the heading it belongs under."""
    command = get_command(app)
    found = [("incident", option) for parameter in command.params for option in parameter.opts]
    for name, inner in command.commands.items():  # type: ignore[attr-defined]  # a group of commands
        for parameter in inner.params:
            found += [(f"incident {name}", option) for option in parameter.opts if option.startswith("-")]
    return found


def examples() -> list[Example]:
    """The lines after a dollar sign, in the order of the page."""
    found: list[Example] = []
    for block in re.findall(r"^```console\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Example(line[2:]))
            else:
                found[-1].printed.append(line)
    return found


def test_every_command_has_its_section() -> None:
    """The page's headings are the commands, in the order of the help."""
    names = [f"incident {name}" for name in get_command(app).commands]  # type: ignore[attr-defined]  # a group
    assert list(sections()) == ["incident", *names]


@pytest.mark.parametrize(("heading", "option"), options())
def test_every_option_is_documented(heading: str, option: str) -> None:
    """An option stands in the table of its command."""
    assert re.search(rf"^\|.*`{option}[ `]", sections()[heading], re.MULTILINE), f"{heading} {option}"


def test_no_option_is_documented_that_does_not_exist() -> None:
    """What the tables promise, the commands take."""
    known = {*options(), ("incident", "--help"), ("incident", "-h")}
    for heading, text in sections().items():
        for cell in re.findall(r"^\| (`-.+?) \|", text, re.MULTILINE):
            promised = {(heading, option) for option in re.findall(r"`(--?\w[-\w]*)", cell)}
            assert promised <= known, heading


@pytest.mark.slow
def test_every_example_runs_as_shown(tmp_path: Path) -> None:
    """The examples run one after the other in one folder and print what the page shows."""
    folder = tmp_path
    for example in examples():
        words = shlex.split(example.line)
        if words[0] == "cd":
            folder = folder / words[1]
            continue
        command = [sys.executable, "-c", PROGRAM, *words[1:]]
        environment = {name: value for name, value in os.environ.items() if name != "INCIDENT_DATA"}
        ended = subprocess.run(  # noqa: S603 -- our own command with the words of our own page
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, f"{example.line}: {ended.stderr}"
        if example.printed:
            assert ended.stdout.splitlines() == example.printed, example.line
