"""Files of metrics written for one test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources.metrics import SampleReading, read_samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., SampleReading]:
    """A file with this content, read: text, bytes, or anything as JSON."""

    def reading(content: object, name: str = "answer.json") -> SampleReading:
        path = tmp_path / name
        text = content if isinstance(content, (str, bytes)) else json.dumps(content)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_samples([path], root=tmp_path)

    return reading
