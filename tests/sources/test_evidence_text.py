"""Evidence is decoded whatever its encoding, and what is not text is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import SourceError
from incident_analytics.sources.evidence_text import decode_evidence, read_evidence, relative_name

if TYPE_CHECKING:
    from pathlib import Path


def test_byte_order_marks_are_taken_off() -> None:
    """UTF-8 with a mark, and UTF-16 of both orders as Excel writes it."""
    assert decode_evidence(b"\xef\xbb\xbfa,b").text == "a,b"
    assert decode_evidence("a,b".encode("utf-16")).text == "a,b"
    assert decode_evidence(b"\xfe\xff\x00a").text == "a"


def test_bytes_that_are_not_text_keep_the_rest() -> None:
    """Latin-1 in the second line."""
    evidence = decode_evidence(b"a\nM\xfcnchen\nb")
    assert evidence.text == "a\nM\ufffdnchen\nb"
    assert evidence.bad_line == 2


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    """It names the file as the bundle does."""
    with pytest.raises(SourceError, match=r"evidence/a\.json: the file cannot be opened \(no such file"):
        read_evidence(tmp_path / "a.json", "evidence/a.json")


def test_names_are_relative_to_the_bundle(tmp_path: Path) -> None:
    """With forward slashes on every system."""
    assert relative_name(tmp_path / "evidence" / "a.json", tmp_path) == "evidence/a.json"
