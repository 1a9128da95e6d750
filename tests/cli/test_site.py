"""`incident site`: what is printed, what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def test_the_path_of_the_page_is_printed(run: Callable[..., Any], tmp_path: Path) -> None:
    """A file that is no report's is told, and is no error."""
    (tmp_path / "package.json").write_text("{}")
    result = run("site", tmp_path)
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path}/index.html\n")
    assert result.stderr == "note: package.json is not listed: it is not the twin of a report\n"


def test_the_page_may_lie_elsewhere(run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is reports where none is named."""
    (tmp_path / "reports").mkdir()
    monkeypatch.chdir(tmp_path)
    result = run("site", "--out", "public/list.html")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "public/list.html\n", "")
    assert (tmp_path / "public" / "list.html").is_file()


def test_a_folder_that_is_not_there_is_bad_input(run: Callable[..., Any], tmp_path: Path) -> None:
    """One line, exit code 2."""
    result = run("site", tmp_path / "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"error: {tmp_path}/nowhere: there is no such folder; incident postmortem --all makes reports\n"
    )
