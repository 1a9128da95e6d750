"""Fresh processes, where forking is not safe."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from incident_analytics.reporting.batch import spawned as module
from incident_analytics.reporting.batch.asked import Asked
from incident_analytics.reporting.batch.ended import Ended

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reporting.batch.conftest import MakeBundle


def ends_of(code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, deadline_seconds: float = 60) -> list[Ended]:
    """How two processes end that run some code."""
    monkeypatch.setattr(module, "COMMAND", (sys.executable, "-c", code))
    paths = [tmp_path / "INC-1", tmp_path / "INC-2"]
    found = module.spawned(paths, Asked(tmp_path), jobs=2, deadline_seconds=deadline_seconds)
    return sorted(found, key=lambda end: end.number)


def test_each_process_gets_its_request_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path and the wishes come on stdin as JSON, the answer on stdout."""
    code = "import json, sys; print(json.dumps({'name': json.load(sys.stdin)['path'][-5:]}))"
    assert ends_of(code, monkeypatch, tmp_path) == [Ended(0, {"name": "INC-1"}), Ended(1, {"name": "INC-2"})]


def test_a_process_that_dies_is_one_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says with which code."""
    reason = "its process ended with code 5 and no answer"
    assert ends_of("raise SystemExit(5)", monkeypatch, tmp_path) == [Ended(0, None, reason), Ended(1, None, reason)]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_process_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline counts for each."""
    reason = "it was not done within 0.5 s and was ended"
    found = ends_of("import signal; signal.pause()", monkeypatch, tmp_path, deadline_seconds=0.5)
    assert found == [Ended(0, None, reason), Ended(1, None, reason)]


@pytest.mark.slow
def test_a_real_report_is_made(make_bundle: MakeBundle, tmp_path: Path) -> None:
    """The module that a fresh interpreter runs makes the documents and tells their paths."""
    out = tmp_path / "out"
    (end,) = module.spawned([make_bundle()], Asked(out, formats=("json",)), jobs=1, deadline_seconds=120)
    assert end.answer is not None
    assert (end.answer["reason"], end.answer["failed"]) == ("", [])
    assert json.loads((out / "INC-2024-001.json").read_text(encoding="utf-8"))["incident"]["id"] == "INC-2024-001"
