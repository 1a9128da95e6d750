"""Running the command line inside the test's process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from typer.testing import CliRunner

from incident_analytics.cli.app import app

Run: TypeAlias = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run() -> Run:
    """Runs `incident` with the given words; the result has exit_code, stdout and stderr."""
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def template() -> Path:
    """The runbook's template, byte for byte."""
    return ROOT / "tests/data/records/runbook_template.yaml"


@pytest.fixture
def sample() -> Path:
    """The sample incident's folder."""
    return ROOT / "data/INC-2024-001"
