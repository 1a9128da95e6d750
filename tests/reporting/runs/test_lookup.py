"""Runs by what people call them, and one line where there is none."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import ReportError
from incident_analytics.reporting.runs.lookup import find_run, latest_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incident_analytics.reporting.runs.run import Run


def test_a_run_has_several_names(trend_run: Callable[..., Run], tmp_path: Path) -> None:
    """Folder, file, name, the beginning of one, and the report's for the latest."""
    first, latest = trend_run(), trend_run({"INC-1": None})
    runs = tmp_path / "reports/runs"
    for named in (str(runs / first.name), str(runs / first.name / "run.json"), first.name, first.name[:12]):
        assert find_run(named, runs).name == first.name
    assert find_run("trends", runs).name == latest.name
    trend_run()
    assert find_run("trends", runs).name == first.name


def test_a_twin_is_a_run_without_its_incidents(tmp_path: Path) -> None:
    """Its numbers are all that it knows."""
    file = tmp_path / "trends.json"
    told = {"schema_version": "1", "kind": "trends", "made_by": "x", "as_of": None, "asked": {"by": "team"}}
    file.write_text(json.dumps(told))
    run = find_run(str(file), tmp_path)
    assert (run.kind, run.incidents, run.inputs) == ("trends", None, ())
    assert run.parameters == {"runbook": None, "by": "team"}


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(
    trend_run: Callable[..., Run], tmp_path: Path
) -> None:
    """And one that fits two with both."""
    first, second = trend_run(), trend_run({"INC-1": None})
    runs = tmp_path / "reports/runs"
    with pytest.raises(ReportError, match=f"there is no such run: found 'x{first.name}'; did you mean {first.name}?"):
        find_run(f"x{first.name}", runs)
    names = ", ".join(sorted((first.name, second.name)))
    with pytest.raises(ReportError, match=re.escape(f"more than one run of that name: expected {names}")):
        find_run("trend", runs)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "it is not JSON"),
        ("[]", "this is not a run: expected a JSON object"),
        ("{}", "this is not a run: expected run.json, or the JSON twin of a report"),
        ('{"numbers": {}, "schema_version": "9"}', "it is of another version: expected 1, found '9'"),
        ('{"numbers": {}, "schema_version": "1", "kind": "x"}', "this is not a run: expected the keys that a run has"),
    ],
)
def test_what_is_no_run_says_why(content: str, told: str, tmp_path: Path) -> None:
    """One line with the file."""
    file = tmp_path / "run.json"
    file.write_text(content)
    with pytest.raises(ReportError, match=re.escape(f"{file}: {told}")):
        find_run(str(file), tmp_path)


def test_a_folder_that_is_no_run_says_so(tmp_path: Path) -> None:
    """It has no run.json."""
    with pytest.raises(ReportError, match=r"this is not a run: expected a folder with a run\.json"):
        find_run(str(tmp_path), tmp_path)


def test_the_latest_run_is_none_where_none_can_be_read(trend_run: Callable[..., Run], tmp_path: Path) -> None:
    """A run that is broken cannot be compared, and stops no report."""
    assert latest_run(tmp_path / "reports", "trends") is None
    run = trend_run()
    found = latest_run(tmp_path / "reports", "trends")
    assert found is not None
    assert found.name == run.name
    (tmp_path / "reports/runs" / run.name / "run.json").write_text("{")
    assert latest_run(tmp_path / "reports", "trends") is None
