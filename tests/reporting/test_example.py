"""The example report that the repository shows is what today's code makes of the sample incident."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.reporting.pages import chromium
from incident_analytics.reporting.publishing import publish
from incident_analytics.sources import open_bundle

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "reports" / "INC-2024-001.md"
FIGURE = re.compile(r"!\[(?P<alt>[^]]*)\]\((?P<address>[^)]+)\)|\*Figure:\* (?P<words>.+)")


def without_pictures(text: str) -> list[str]:
    """The lines of a document, each figure by its words alone."""
    return [FIGURE.sub(lambda found: found["alt"] or found["words"], line) for line in text.splitlines()]


def test_the_tracked_example_is_what_today_s_code_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line of reports/INC-2024-001.md is made again (`make notebooks` refreshes it)."""
    monkeypatch.setattr(chromium, "NAMES", ())
    shutil.copytree(ROOT / "data" / "INC-2024-001", tmp_path / "data" / "INC-2024-001")
    monkeypatch.chdir(tmp_path)
    publish(open_bundle("INC-2024-001"), out=tmp_path / "reports", formats=("md",))
    made = (tmp_path / "reports" / "INC-2024-001.md").read_text(encoding="utf-8")
    assert without_pictures(made) == without_pictures(EXAMPLE.read_text(encoding="utf-8"))


def test_the_example_shows_its_figures() -> None:
    """Each picture that the example names lies beside it."""
    named = [found["address"] for found in FIGURE.finditer(EXAMPLE.read_text(encoding="utf-8")) if found["address"]]
    assert len(named) == 7
    assert [name for name in named if not (EXAMPLE.parent / name).is_file()] == []
