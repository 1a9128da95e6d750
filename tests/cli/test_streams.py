"""Where words go."""

from __future__ import annotations

import io
import sys
import threading
from typing import TYPE_CHECKING

from incident_analytics.cli.streams import one_line, progress, put, tell

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def test_one_line_joins_lines_and_writes_out_control_signs() -> None:
    """A title with a line end and a colour code becomes one harmless line."""
    assert one_line("a title\n with \x1b[31mcolour") == "a title with \\x1b[31mcolour"


def test_words_of_every_script_stay_as_they_are() -> None:
    """Only what cannot be seen is written out."""
    assert one_line("障害 – Zahlungsausfall") == "障害 – Zahlungsausfall"


def test_half_a_file_name_can_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A file name that is no text does not end in an error of its own."""
    tell("error", "a\udcff.yaml")
    assert capsys.readouterr().err == "error: a\\udcff.yaml\n"


def test_data_goes_to_a_stream_that_cannot_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ASCII terminal gets the signs written out."""
    buffer = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(buffer, encoding="ascii", write_through=True))
    put("90 – 95")
    assert buffer.getvalue() == b"90 \\u2013 95\n"


def test_no_bar_is_drawn_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    """Where stderr is a file, progress leaves no trace."""
    with progress("Reading", 2) as step:
        step()
    assert capsys.readouterr() == ("", "")


def test_a_bar_is_drawn_on_stderr_of_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A person sees what is being done; stdout stays free for data."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress("Reading [incidents]", 1) as step:
        step()
    assert "Reading [incidents]" in terminal.getvalue()
    assert capsys.readouterr().out == ""


def test_a_bar_of_counted_steps_starts_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process with threads must not fork, and a batch shows such a bar while it does."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    before = threading.active_count()
    with progress("Writing", 2) as step:
        step()
        assert threading.active_count() == before
    assert "1/2" in terminal.getvalue()
