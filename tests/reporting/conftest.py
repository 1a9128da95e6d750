"""The post-mortem of the sample incident, made once, and bundles told in a few lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from incident_analytics.reporting.post_mortem import PostMortem, post_mortem
from incident_analytics.sources import open_bundle

ROOT = Path(__file__).resolve().parents[2]
Reported: TypeAlias = Callable[..., PostMortem]


@pytest.fixture(scope="session")
def sample() -> PostMortem:
    """The post-mortem of the sample incident."""
    return post_mortem(open_bundle(ROOT / "data/INC-2024-001"))


@pytest.fixture
def reported(tmp_path: Path) -> Reported:
    """The post-mortem of a record and files of a few lines."""

    def made(record: str, files: dict[str, str] | None = None) -> PostMortem:
        folder = tmp_path / "INC-7"
        for name, text in {"incident.yaml": record, **(files or {})}.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return post_mortem(open_bundle(folder))

    return made
