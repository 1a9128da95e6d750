"""What tests of histories start from: files written from text, and loads without a catalog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from incident_analytics.sources.histories import History, load_incidents

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook

Load: TypeAlias = Callable[..., History]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file below the test's folder."""

    def written(name: str, content: str | bytes) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return written


@pytest.fixture
def load(write: Callable[[str, str | bytes], Path], runbook: Runbook) -> Load:
    """Loads the incidents of one file's text, with a mapping's text."""

    def loaded(name: str, content: str | bytes, mapping: str | None = None, **options: object) -> History:
        file = write(name, content)
        explained = write("mapping.yaml", mapping) if mapping else None
        return load_incidents(file, mapping=explained, runbook=runbook, catalog=None, **options)  # type: ignore[arg-type]

    return loaded


@pytest.fixture(scope="session")
def sample() -> Path:
    """The bundle of the sample incident."""
    return Path(__file__).resolve().parents[3] / "data" / "INC-2024-001"
