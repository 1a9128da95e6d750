"""Errors become one line, and every end is one of the exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from incident_analytics.cli.door import code_of
from incident_analytics.errors import BundleError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROGRAM = "from incident_analytics.cli import main; main()"


def raising(error: BaseException) -> Callable[[], NoReturn]:
    """A run that ends in an error."""

    def run() -> NoReturn:
        raise error

    return run


def test_a_run_without_a_code_is_done() -> None:
    """A command that returns nothing has done its work."""
    assert code_of(lambda: None) == 0


def test_a_run_ends_with_the_code_it_returns() -> None:
    """A command that returns 3 exits with 3."""
    assert code_of(lambda: 3) == 3


def test_a_deliberate_error_is_one_line_and_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    """The error's own line is shown after the word error."""
    assert code_of(raising(BundleError("there is no incident 'INC-9'", nearest="did you mean INC-1?"))) == 2
    assert capsys.readouterr() == ("", "error: there is no incident 'INC-9'; did you mean INC-1?\n")


def test_an_unexpected_error_is_one_line_with_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    """A fault of the program shows its kind and how to see where it happened."""
    assert code_of(raising(ZeroDivisionError("division\nby zero"))) == 2
    expected = "error: unexpected ZeroDivisionError: division by zero; run again with --traceback to see where\n"
    assert capsys.readouterr().err == expected


def test_a_file_that_cannot_be_opened_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """What the system refuses is told with the file and the system's reason."""
    assert code_of(raising(PermissionError(13, "Permission denied", "data/secret"))) == 2
    assert capsys.readouterr().err == "error: data/secret: permission denied\n"


def test_signs_that_move_the_cursor_are_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    """A message from a hostile file cannot clear the terminal or add a second line."""
    code_of(raising(OSError(2, "No such file", "a\x1b[2Jb\nerror: c\u202e")))
    assert capsys.readouterr().err == "error: a\\x1b[2Jb error: c\\u202e: no such file\n"


@pytest.mark.parametrize("where", ["before", "after"])
def test_the_traceback_is_shown_on_request(run: Callable[..., Any], where: str) -> None:
    """`--traceback` before or after the command shows where the error came from, and the line still follows."""
    words = ["metrics", "INC-9", "--clock", "dali"]
    result = run(*(["--traceback", *words] if where == "before" else [*words, "--traceback"]))
    assert result.exit_code == 2
    assert result.stderr.startswith("Traceback (most recent call last):\n")
    assert result.stderr.splitlines()[-1].startswith("error: there is no such clock: expected default, ")


def test_a_misspelt_command_names_the_nearest(run: Callable[..., Any]) -> None:
    """`metrcs` is answered with `metrics`."""
    result = run("metrcs")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: no such command 'metrcs'; did you mean 'metrics'?; see 'incident --help'\n"


def test_a_misspelt_option_names_the_nearest(run: Callable[..., Any]) -> None:
    """`--formt` is answered with `--format`, in one line and without a box."""
    result = run("metrics", "x", "--formt", "json")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("error: no such option: --formt")
    assert "--format" in result.stderr


def test_a_missing_argument_is_one_line(run: Callable[..., Any]) -> None:
    """`incident metrics` alone says what is missing."""
    assert run("metrics").stderr == "error: missing argument 'PATH'; see 'incident metrics --help'\n"


def test_an_unknown_choice_names_the_choices(run: Callable[..., Any]) -> None:
    """`--format xml` is answered with the formats there are."""
    result = run("metrics", "x", "--format", "xml")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: invalid value for '--format': 'xml' is not one of 'table', 'json', 'csv', 'parquet'; "
        "see 'incident metrics --help'\n"
    )


def test_ctrl_c_ends_quietly(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted command says nothing and exits as shells expect."""

    def interrupted(_file: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("incident_analytics.cli.metrics.chosen_runbook", interrupted)
    result = run("metrics", "x")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "")


def test_a_reader_that_goes_away_is_no_error(template: Path) -> None:
    """`incident metrics ... | true` ends without a word."""
    command = [sys.executable, "-c", PROGRAM, "metrics", str(template), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (141, b"")


def test_colours_are_left_out_where_nobody_wants_them(template: Path) -> None:
    """With NO_COLOR set, and in pipes anyway, no colour code is printed."""
    command = [sys.executable, "-c", PROGRAM, "metrics", str(template)]
    environment = {**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "1"}
    ended = subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603
    assert b"\x1b" not in ended.stdout + ended.stderr
