"""An id is found in a record file, even in one that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources.records.written_id import mentions, written_id

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "text", "identity"),
    [
        ("incident.yaml", "incident:\n  id: INC-7\n", "INC-7"),
        ("incident.yaml", "channel:\n  id: C024\nid: INC-7\n", "INC-7"),
        ("incident.yaml", "id: 'INC 7' # ours\n", "INC 7"),
        ("incident.json", '{"incident":{"title":"x","id":"INC-7"}}', "INC-7"),
        ("incident.json", '{"id": 7}', "7"),
        ("incident.yaml", "id: INC-7\ntitle: a: b\n", "INC-7"),
        ("incident.yaml", "id: [a]\n", None),
        ("incident.yaml", "title: x\n", None),
        ("incident.yaml", "", None),
    ],
)
def test_the_id_is_the_records_own(tmp_path: Path, name: str, text: str, identity: str | None) -> None:
    """Not that of a channel in it; where the text is broken, the first line that tells an id."""
    file = tmp_path / name
    file.write_text(text)
    assert written_id(file) == identity


def test_a_file_that_is_gone_has_no_id(tmp_path: Path) -> None:
    """It may go between two looks."""
    assert written_id(tmp_path / "incident.yaml") is None


def test_a_quick_look_tells_whether_an_id_may_stand_in_a_file(tmp_path: Path) -> None:
    """In any case."""
    file = tmp_path / "incident.yaml"
    file.write_text("id: inc-2024-007\n")
    assert mentions(file, "INC-2024-007")
    assert not mentions(file, "INC-2024-008")
