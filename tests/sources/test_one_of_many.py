"""A file of several records: one that cannot be read leaves the others, and FILE#ID picks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import BundleError, RecordError
from incident_analytics.sources import open_bundle, open_bundles

if TYPE_CHECKING:
    from pathlib import Path

GOOD = '{"id": "INC-1", "severity": "SEV1"}\n'
LATER = '{"id": "INC-3", "severity": "SEV2"}\n'


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ('{"id": "INC-2", "started_at": "yesterday"}\n', "started_at"),
        ('{"id": "INC-2",\n', "this is not JSON (Expecting property name enclosed in double quotes)"),
    ],
)
def test_a_bad_line_leaves_the_others(tmp_path: Path, bad: str, message: str) -> None:
    """Its bundle tells why, with the line."""
    file = tmp_path / "many.ndjson"
    file.write_text(GOOD + bad + LATER)
    first, second, third = open_bundles(file)
    assert (first.record.id, third.record.id) == ("INC-1", "INC-3")
    with pytest.raises(RecordError) as refused:
        _ = second.record
    assert (refused.value.message, refused.value.where) == (message, f"{tmp_path}/many.ndjson:2")


def test_a_bad_yaml_document_leaves_the_others(tmp_path: Path) -> None:
    """Documents are records too."""
    file = tmp_path / "many.yaml"
    file.write_text("id: INC-1\n---\nid: INC-2\nstarted_at: yesterday\n---\nid: INC-3\n")
    bundles = open_bundles(file)
    assert [bundle.record.id for bundle in bundles[::2]] == ["INC-1", "INC-3"]
    with pytest.raises(RecordError, match="started_at"):
        _ = bundles[1].record


def test_one_of_several_records_is_named_with_its_id(tmp_path: Path) -> None:
    """In any case, and the bundle tells how to open it again."""
    file = tmp_path / "many.ndjson"
    file.write_text(GOOD + LATER)
    bundle = open_bundle(f"{file}#inc-3")
    assert bundle.record.severity == "SEV2"
    assert str(bundle.named) == f"{file}#INC-3"
    with pytest.raises(BundleError) as refused:
        open_bundle(file)
    assert str(refused.value) == (
        f"{file}: one incident is expected here: found '2: INC-1, INC-3'; {file}#INC-1 names one of them"
    )


def test_an_id_that_the_file_has_not_is_told_with_the_nearest(tmp_path: Path) -> None:
    """The file is there; the record is not."""
    file = tmp_path / "many.ndjson"
    file.write_text(GOOD + LATER)
    with pytest.raises(BundleError) as refused:
        open_bundle(f"{file}#INC-33")
    assert str(refused.value) == f"{file}: there is no incident 'INC-33' in this file; did you mean {file}#INC-3?"
