"""Small incidents to make reports of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

MakeBundle: TypeAlias = Callable[..., Path]
TEMPLATE = Path(__file__).resolve().parents[2] / "data" / "records" / "runbook_template.yaml"


@pytest.fixture
def make_bundle(tmp_path: Path) -> MakeBundle:
    """Makes a bundle of the runbook's template, with an id of its own, in the data folder."""

    def make(identity: str = "INC-2024-001", *, text: str | None = None) -> Path:
        folder = tmp_path / "data" / identity
        folder.mkdir(parents=True)
        record = TEMPLATE.read_text(encoding="utf-8").replace("INC-2024-001", identity)
        (folder / "incident.yaml").write_text(text or record, encoding="utf-8")
        return folder

    return make
