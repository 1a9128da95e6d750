"""`incident check`: problems, findings, gaps and words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def test_the_template_is_checked_line_by_line(run: Callable[..., Any], template: Path) -> None:
    """The template's doubts: start equals detection, 80 silent minutes, three items nobody owns."""
    result = run("check", template)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("INC-2024-001: ")
    assert lines[1].split() == ["LEVEL", "WHERE", "RULE", "WHAT"]
    warnings = [" ".join(line.split()) for line in lines if line.startswith("warning")]
    assert warnings == [
        (
            "warning runbook_template.yaml:5 start-equals-detection "
            "start equals detection: the start of impact was probably not recorded"
        ),
        "warning silence the record is silent for 80 minutes, from 14:25 to 15:45 UTC",
        (
            'warning runbook_template.yaml:23 action-item "Add monitoring for connection pool": '
            "no owner, no due date, no ticket"
        ),
        (
            'warning runbook_template.yaml:24 action-item "Implement auto-scaling": '
            "no owner, no due date, no ticket, unbounded: when is it done?"
        ),
        (
            'warning runbook_template.yaml:25 action-item "Update runbook": '
            "no owner, no due date, no ticket, vague: which part?"
        ),
    ]


def test_the_check_as_json(run: Callable[..., Any], template: Path) -> None:
    """Programs get the score, what is missing, and every finding with its place."""
    checks = json.loads(run("check", template, "--format", "json").stdout)
    assert [sorted(one) for one in checks] == [["completeness", "findings", "incident_id", "problems"]]
    assert checks[0]["incident_id"] == "INC-2024-001"
    assert checks[0]["problems"] == []
    assert checks[0]["findings"][0] == {
        "rule": "start-equals-detection",
        "level": "warning",
        "message": "start equals detection: the start of impact was probably not recorded",
        "file": "runbook_template.yaml",
        "line": 5,
        "seen": "2024-01-15T14:15:00Z",
        "expected": "a start before detection",
    }
    assert {"fact": "mitigation", "why": "impact ends with it, and monitoring begins"} in checks[0]["completeness"][
        "missing"
    ]


@pytest.mark.parametrize(("level", "code"), [("info", 1), ("warning", 1), ("error", 0)])
def test_findings_at_or_above_a_level_fail(run: Callable[..., Any], template: Path, level: str, code: int) -> None:
    """The template has warnings and no errors."""
    assert run("check", template, "--fail-on", level).exit_code == code


def test_an_error_fails_by_default(run: Callable[..., Any], tmp_path: Path) -> None:
    """A resolution before the start is an error, and the exit code says so without being asked."""
    (tmp_path / "backwards.yaml").write_text(
        "id: INC-1\nseverity: SEV3\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T13:15:00Z\n"
    )
    result = run("check", tmp_path / "backwards.yaml")
    assert result.exit_code == 1
    assert "resolved_at (2024-01-15T13:15:00Z) lies before" in result.stdout


def test_every_problem_of_a_record_is_told(run: Callable[..., Any], tmp_path: Path) -> None:
    """Three fields that cannot be read are three lines, each with its place."""
    (tmp_path / "broken.yaml").write_text(
        "id: INC-1\nseverity: SEV9\nstarted_at: yesterday\nimpact: {users_affected: many}\n"
    )
    result = run("check", tmp_path / "broken.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert [line.split("broken.yaml:")[1].split(": expected")[0] for line in sorted(lines)] == [
        "2: severity",
        "3: started_at",
        "4: impact.users_affected",
    ]


def test_problems_stand_in_the_json_beside_good_records(
    run: Callable[..., Any], template: Path, tmp_path: Path
) -> None:
    """A broken record has no incident, only problems; the good one is checked all the same."""
    (tmp_path / "broken.yaml").write_text("id: INC-1\nseverity: SEV9\n")
    result = run("check", tmp_path / "broken.yaml", template, "--format", "json")
    assert result.exit_code == 2
    good, broken = json.loads(result.stdout)
    assert good["incident_id"] == "INC-2024-001"
    assert (broken["incident_id"], broken["path"]) == (None, str(tmp_path / "broken.yaml"))
    assert [(one["expected"], one["found"]) for one in broken["problems"]] == [("SEV1, SEV2, SEV3, SEV4", "SEV9")]


def test_words_that_blame_are_found_in_the_prose(run: Callable[..., Any], tmp_path: Path) -> None:
    """The prose is read with the record; the line says what to write instead."""
    (tmp_path / "INC-1").mkdir()
    (tmp_path / "INC-1/incident.yaml").write_text("id: INC-1\nseverity: SEV3\n")
    (tmp_path / "INC-1/postmortem.md").write_text("## Summary {#summary}\n\nIt was human error.\n")
    result = run("check", tmp_path / "INC-1")
    line = next(line for line in result.stdout.splitlines() if "blaming-words" in line)
    assert line.startswith("warning  postmortem.md:3  blaming-words")


def test_a_runbook_alone_is_checked(run: Callable[..., Any]) -> None:
    """The shipped runbook can be followed."""
    result = run("check", "--runbook", ROOT / "incident_analytics/runbook.yaml")
    assert result.exit_code == 0
    assert result.stdout.endswith("runbook.yaml: 'Incident Response Runbook' can be followed: 4 severities, 47 rules\n")


def test_a_runbook_as_json(run: Callable[..., Any]) -> None:
    """Programs get the names they may use."""
    facts = json.loads(run("check", "--runbook", ROOT / "incident_analytics/runbook.yaml", "--format", "json").stdout)
    assert (facts["severities"], facts["clocks"][0]) == (["SEV1", "SEV2", "SEV3", "SEV4"], "default")


def test_nothing_to_check_is_a_usage_error(run: Callable[..., Any]) -> None:
    """Without a path and a runbook there is nothing to do."""
    result = run("check")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: there is nothing to check: expected an id, a path, or --runbook FILE\n",
    )
