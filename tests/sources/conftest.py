"""Bundles whose evidence is given byte by byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RECORD = """\
id: INC-7
severity: SEV2
title: Payments fail
started_at: 2026-11-23T02:53:00Z
detected_at: 2026-11-23T02:53:30Z
resolved_at: 2026-11-23T02:58:00Z
"""
PLACES = {"logs": "evidence/logs/api", "metrics": "evidence/metrics", "database": "evidence/database/2026-11-23"}


@pytest.fixture
def bundle_of(tmp_path: Path) -> Callable[[dict[Path, bytes]], Path]:
    """An incident's folder with these files as its evidence, each named by its kind and name."""

    def written(files: dict[Path, bytes]) -> Path:
        folder = tmp_path / "INC-7"
        for name, content in files.items():
            path = folder / PLACES[name.parts[0]] / name.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (folder / "incident.yaml").write_text(RECORD)
        return folder

    return written
