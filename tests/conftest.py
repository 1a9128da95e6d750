"""What most tests start from: the shipped runbook, and records read from text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from incident_analytics.model.incident import Incident
from incident_analytics.model.runbook import Runbook, load_runbook
from incident_analytics.sources.records import read_records

ReadAll: TypeAlias = Callable[..., list[Incident]]


@pytest.fixture(scope="session")
def runbook() -> Runbook:
    """The runbook that ships with the package."""
    return load_runbook()


@pytest.fixture(scope="session")
def runbook_template() -> Path:
    """The runbook's incident template, byte for byte."""
    return Path(__file__).parent / "data/records/runbook_template.yaml"


@pytest.fixture
def read_all(tmp_path: Path, runbook: Runbook) -> ReadAll:
    """Reads the incidents of a text or of bytes, as if it stood in a record file of that suffix."""

    def read(content: str | bytes, suffix: str = ".yaml") -> list[Incident]:
        file = tmp_path / f"record{suffix}"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_records(file, runbook)

    return read


@pytest.fixture
def read(read_all: ReadAll) -> Callable[..., Incident]:
    """Reads the one incident of a text."""

    def read_one(content: str | bytes, suffix: str = ".yaml") -> Incident:
        (incident,) = read_all(content, suffix)
        return incident

    return read_one
