"""The statistics for analysts, under one roof."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from incident_analytics import exploring, statistics

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = (ROOT / "docs" / "exploring.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", [statistics, exploring], ids=["statistics", "exploring"])
def test_every_name_is_documented_and_there(module: object) -> None:
    """docs/exploring.md lists what both have, no more and no less."""
    name = module.__name__.rsplit(".", maxsplit=1)[-1]  # type: ignore[attr-defined]
    names: list[str] = module.__all__  # type: ignore[attr-defined]
    assert sorted(set(re.findall(rf"^\| `{name}\.(\w+)` \|", DOCUMENT, re.MULTILINE))) == names
    assert all(callable(getattr(module, each)) for each in names)


def test_the_program_of_the_document_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Four severities, and the incident of data/README.md that has none."""
    monkeypatch.chdir(ROOT)
    program = re.findall(r"^```python\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)[0]
    exec(program, {})  # noqa: S102 -- the program of our own document
    printed = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    assert printed == [["SEV1", "33"], ["SEV2", "67"], ["SEV3", "91"], ["SEV4", "49"], ["unknown", "1"]]


def test_the_median_of_four_with_one_open() -> None:
    """Minutes 1 to 4, the last still open: the curve rests at a half between 2 and 3."""
    times = statistics.durations([60, 120, 180, 240], [False, False, False, True])
    assert statistics.time_until_done(times).estimate == 150.0
