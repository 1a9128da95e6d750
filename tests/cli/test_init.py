"""`incident init`: a workspace from a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def test_a_workspace_is_made_and_told(run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made goes to stdout, what to do next to stderr."""
    monkeypatch.chdir(tmp_path)
    result = run("init", "our incidents")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"our incidents/{name}" for name in (".gitignore", "README.md", "data", "notebooks", "reports", "runbook.yaml")
    ]
    assert result.stderr == "note: next: cd 'our incidents' && incident postmortem INC-2024-001\n"


def test_a_second_time_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    """One line names the first file that is there."""
    run("init", tmp_path / "w")
    result = run("init", tmp_path / "w")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(f"error: {tmp_path}/w/.gitignore: this exists already and is left as it is")


def test_a_workspace_is_found_from_inside(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample is found by its id, and the workspace's own runbook is followed."""
    run("init", tmp_path / "w")
    runbook = tmp_path / "w/runbook.yaml"
    runbook.write_text(runbook.read_text().replace("  google:\n", "  ours:\n"))
    monkeypatch.chdir(tmp_path / "w/reports")
    result = run("metrics", "INC-2024-001", "--clock", "ours", "--format", "csv")
    assert result.stdout.splitlines()[1].startswith("INC-2024-001,ours,")
