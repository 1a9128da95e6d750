"""What most tests start from: the shipped runbook, and records read from text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import settings

from incident_analytics.analysis.events import Event, merged_timeline
from incident_analytics.analysis.milestones import milestones
from incident_analytics.model.incident import Incident
from incident_analytics.model.runbook import Runbook, load_runbook
from incident_analytics.sources.records import read_records

if TYPE_CHECKING:
    from incident_analytics.model.measurement import Anchor

# How long an example takes says more about the machine's other work than about the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

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


@dataclass(frozen=True)
class Told:
    """What a record tells: the incident, its merged timeline and its milestones."""

    incident: Incident
    events: tuple[Event, ...]
    anchors: dict[str, Anchor]


@pytest.fixture
def tell(read: Callable[..., Incident], runbook: Runbook) -> Callable[..., Told]:
    """Reads a record's text as far as its milestones."""

    def told(content: str | bytes) -> Told:
        incident = read(content)
        events = merged_timeline(incident, runbook)
        return Told(incident, events, milestones(incident, events, runbook))

    return told
