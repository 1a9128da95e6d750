"""Queries kept beside answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.sources.metrics.sidecar import Sidecar, read_sidecar, sniff

if TYPE_CHECKING:
    from pathlib import Path


def test_an_answer_without_query_has_none(tmp_path: Path) -> None:
    """Which is no finding: many exports come without."""
    assert read_sidecar(tmp_path / "orders.json", root=tmp_path) == Sidecar()


def test_a_query_of_the_wrong_shape_is_a_finding(tmp_path: Path) -> None:
    """A list has no keys."""
    (tmp_path / "orders.query.yaml").write_text("- a\n- b\n")
    sidecar = read_sidecar(tmp_path / "orders.json", root=tmp_path)
    assert [str(finding.where) for finding in sidecar.findings] == ["orders.query.yaml"]


def test_sniffing_goes_by_the_name() -> None:
    """A YAML file alone could be anything."""
    assert sniff(b"", "orders.query.yaml") == 1.0
    assert sniff(b"query: x", "orders.yaml") == 0.0
