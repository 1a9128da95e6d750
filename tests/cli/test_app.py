"""The command itself: its help, its version, and how little it loads to show them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = ("init", "postmortem", "trends", "site", "open", "metrics", "logs", "samples", "database", "check", "diff")
HEAVY = ("polars", "pandas", "narwhals", "plotly", "papermill", "nbconvert", "nbformat", "rich.table")
SHOW_LOADED = """
import sys
from incident_analytics.cli.app import app
app({words}, standalone_mode=False)
print("loaded:", *(name for name in {heavy} if name in sys.modules))
"""


def test_the_help_lists_every_command(run: Callable[..., Any]) -> None:
    """`incident --help` names the commands with a whole sentence each."""
    result = run("--help")
    assert result.exit_code == 0
    listed = result.stdout.split("Commands:\n")[1].split("\n\n")[0].splitlines()
    assert tuple(line.split()[0] for line in listed) == COMMANDS
    assert [line for line in listed if not line.endswith(".") or line.endswith("...")] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_shows_an_example(run: Callable[..., Any], command: str) -> None:
    """The last lines of a command's help can be copied into a terminal."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"  Examples:\n    incident {command} " in result.stdout


def test_the_version_is_printed(run: Callable[..., Any]) -> None:
    """`incident --version` prints the one version there is."""
    assert run("--version").stdout == "incident_analytics 0.1.0\n"


def test_no_command_is_a_usage_error_with_help(run: Callable[..., Any]) -> None:
    """`incident` alone shows the help on stderr, so that a pipe gets nothing."""
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")


@pytest.mark.parametrize("words", [["--help"], ["metrics", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    """No frames, notebooks or figures are imported to show a help text."""
    program = SHOW_LOADED.format(words=words, heavy=HEAVY)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert ended.stdout.splitlines()[-1] == "loaded:"
