"""The statistics for analysts, under one roof."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from incident_analytics import exploring, statistics

DOCUMENT = (Path(__file__).resolve().parents[1] / "docs" / "exploring.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", [statistics, exploring], ids=["statistics", "exploring"])
def test_every_name_is_documented_and_there(module: object) -> None:
    """docs/exploring.md lists what both have, no more and no less."""
    name = module.__name__.rsplit(".", maxsplit=1)[-1]  # type: ignore[attr-defined]
    names: list[str] = module.__all__  # type: ignore[attr-defined]
    assert sorted(set(re.findall(rf"^\| `{name}\.(\w+)` \|", DOCUMENT, re.MULTILINE))) == names
    assert all(callable(getattr(module, each)) for each in names)


def test_the_median_of_four_with_one_open() -> None:
    """Minutes 1 to 4, the last still open: the curve rests at a half between 2 and 3."""
    times = statistics.durations([60, 120, 180, 240], [False, False, False, True])
    assert statistics.time_until_done(times).estimate == 150.0
