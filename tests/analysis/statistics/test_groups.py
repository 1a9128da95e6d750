"""The group that each duration belongs to."""

from __future__ import annotations

from incident_analytics.analysis.statistics.groups import coded


def test_labels_are_numbered_as_they_appear() -> None:
    """None is a label too: severity unknown."""
    names, codes = coded(["SEV2", None, "SEV2", ("SEV1", "api")])
    assert (names, codes.tolist()) == (["SEV2", None, ("SEV1", "api")], [0, 1, 0, 2])


def test_no_labels_are_no_groups() -> None:
    """An empty history."""
    names, codes = coded([])
    assert (names, codes.size) == ([], 0)
