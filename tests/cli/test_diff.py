"""`incident diff`: a post-mortem made again after its record was corrected, and input that cannot be compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def two_runs(run: Callable[..., Any], template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the runs before and after the start was corrected by 14 minutes."""
    monkeypatch.chdir(tmp_path)
    record = tmp_path / "record.yaml"
    names = []
    for start in ("14:15:00Z", "14:01:00Z"):
        text = template.read_text(encoding="utf-8").replace(
            "started_at: 2024-01-15T14:15:00Z", f"started_at: 2024-01-15T{start}"
        )
        record.write_text(text, encoding="utf-8")
        assert run("postmortem", record, "--format", "json").exit_code == 0
        names.append((tmp_path / "reports/runs/INC-2024-001.latest").read_text().strip())
    return names


def test_the_field_behind_each_number_is_printed(run: Callable[..., Any], two_runs: list[str]) -> None:
    """The start moved by 14 minutes, and with it the time to resolution from 90 to 104."""
    result = run("diff", *two_runs)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split() for line in result.stdout.splitlines()]
    changed = ["INC-2024-001", "started_at", "2024-01-15T14:15:00Z", "2024-01-15T14:01:00Z", "record.yaml:5"]
    assert changed in lines
    assert ["metrics.time_to_resolution.value", "5400", "6240", "INC-2024-001", "started_at"] in lines
    assert "users_affected.value" not in result.stdout


def test_json_has_the_same(run: Callable[..., Any], two_runs: list[str]) -> None:
    """For other programs."""
    told = json.loads(run("diff", two_runs[0], "INC-2024-001", "--format", "json").stdout)
    assert [each["field"] for each in told["inputs"]] == ["record.yaml"]
    (moved,) = (each for each in told["numbers"] if each["name"] == "metrics.time_to_resolution.value")
    assert (moved["before"], moved["after"]) == (5400, 6240)
    assert moved["behind"] == [{"kind": "field", "incident": "INC-2024-001", "field": "started_at"}]


def test_the_same_run_is_one_line(run: Callable[..., Any], two_runs: list[str]) -> None:
    """And no error; its twin says the same."""
    result = run("diff", two_runs[1], "reports/INC-2024-001.json")
    assert (result.exit_code, result.stdout) == (
        0,
        f"nothing moved from {two_runs[1]} to reports/INC-2024-001.json\n",
    )


def test_runs_are_not_listed_as_reports(run: Callable[..., Any], two_runs: list[str]) -> None:
    """The site reads the twins that lie in the folder itself."""
    result = run("site", "reports")
    assert (result.exit_code, result.stderr, len(two_runs)) == (0, "", 2)


def test_what_is_no_run_is_bad_input(run: Callable[..., Any], tmp_path: Path) -> None:
    """One line, exit code 2."""
    (tmp_path / "package.json").write_text("{}")
    result = run("diff", tmp_path / "package.json", "nothing", "--runs", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"error: {tmp_path}/package.json: this is not a run: expected run.json, or the JSON twin of a report\n"
    )
    result = run("diff", "nothing", "nothing", "--runs", tmp_path)
    assert result.stderr == (
        f"error: {tmp_path}: there is no such run: found 'nothing'; "
        "incident trends and incident postmortem write runs\n"
    )
