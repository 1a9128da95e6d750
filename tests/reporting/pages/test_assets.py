"""plotly.js beside or inside a page."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import ReportError
from incident_analytics.reporting.pages import assets

if TYPE_CHECKING:
    from pathlib import Path


def test_shared_script_is_written_once(tmp_path: Path) -> None:
    """A second page of the same folder finds the file and leaves it alone."""
    paths = assets.write_shared_assets(tmp_path)
    before = [path.stat().st_mtime_ns for path in paths]
    assert assets.write_shared_assets(tmp_path) == paths
    assert [path.stat().st_mtime_ns for path in paths] == before
    assert [path.suffix for path in paths] == [".js", ".css", ".js"]
    assert paths[0] == tmp_path / "assets" / f"plotly-{importlib.metadata.version('plotly')}.min.js"


def test_script_cannot_end_its_element() -> None:
    """A closing tag inside plotly.js would spill the rest over the page."""
    assert "</script" not in assets.plotly_script()


def test_missing_plotly_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the script says what is missing."""
    assets.plotly_script.cache_clear()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ReportError, match=r"plotly\.js is missing: expected package_data/plotly\.min\.js"):
        assets.plotly_script()
