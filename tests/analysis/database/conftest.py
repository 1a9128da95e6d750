"""The sample incident's database state, and captures written for one test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources.database import DatabaseReading, read_database

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "data" / "INC-2024-001"
RECORDED = ROOT / "tests" / "data" / "recorded" / "database"


@pytest.fixture(scope="session")
def sample() -> DatabaseReading:
    """What was captured at 14:27:30 of the sample incident."""
    return read_database(SAMPLE.glob("evidence/database/*/*.csv"), root=SAMPLE)


@pytest.fixture
def recorded() -> Callable[..., DatabaseReading]:
    """Some of our recordings of a real blocked lock."""
    return lambda *names: read_database([RECORDED / name for name in names], root=RECORDED)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., DatabaseReading]:
    """Files of these contents, read."""

    def reading(**contents: str) -> DatabaseReading:
        for name, content in contents.items():
            folder, _, stem = name.rpartition("__")
            path = tmp_path / folder / f"{stem}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return read_database(tmp_path.rglob("*.csv"), root=tmp_path)

    return reading
