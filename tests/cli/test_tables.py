"""Tables in pipes and in terminals."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from incident_analytics.cli.tables import put_table

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def test_a_pipe_gets_aligned_columns_without_spaces_behind(capsys: pytest.CaptureFixture[str]) -> None:
    """Columns are as wide as their widest cell; the last one ends where its text ends."""
    put_table(("A", "LONGER"), [("first", "x"), ("2", "")], title="both")
    assert capsys.readouterr().out == "both\nA      LONGER\nfirst  x\n2\n"


def test_a_pipe_gets_one_line_a_row_however_long(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is wrapped at 80 columns, and a line end in a cell does not break the row."""
    put_table(("A",), [("x" * 300,), ("two\nlines",)])
    assert capsys.readouterr().out == "A\n" + "x" * 300 + "\ntwo lines\n"


def test_a_table_without_rows_has_its_heading(capsys: pytest.CaptureFixture[str]) -> None:
    """No rows is no error."""
    put_table(("A", "B"), [])
    assert capsys.readouterr().out == "A  B\n"


def test_a_terminal_shows_square_brackets_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """An incident called [/bold] is shown as that, and cannot end the program."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "60")
    put_table(("INCIDENT",), [("[/bold] [red]",)], title="[/title]")
    assert "[/bold] [red]" in terminal.getvalue()
    assert "[/title]" in terminal.getvalue()


def test_no_color_is_honoured_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR set, no colour is printed."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    put_table(("INCIDENT",), [("INC-1",)])
    assert "\x1b[3" not in terminal.getvalue()


def test_one_long_cell_does_not_make_every_row_long(capsys: pytest.CaptureFixture[str]) -> None:
    """It is printed whole, and the rows below stay as wide as 200 characters make them."""
    put_table(("MESSAGE", "WHERE"), [("x" * 1_000, "a.log:1"), ("ok", "a.log:2")])
    assert [len(line) for line in capsys.readouterr().out.splitlines()] == [207, 1_009, 209]
