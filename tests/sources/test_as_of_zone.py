"""In which zone a bare instant is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources import open_bundle
from incident_analytics.sources.as_of_zone import as_of_zone

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("started", "written", "told"),
    [
        ("14:15:00-05:00", "2024-01-16 09:00", "it was read in -05:00, the zone of the incident"),
        ("14:15:00", "2024-01-16 09:00", "it was read in UTC, as the record names none either"),
        ("14:15:00-05:00", "2024-01-16T09:00Z", ""),
        ("14:15:00-05:00", None, ""),
    ],
)
def test_the_zone_of_a_bare_instant_is_told(started: str, written: str | None, told: str, tmp_path: Path) -> None:
    """With where it comes from; an instant that names its zone needs no word."""
    file = tmp_path / "record.yaml"
    file.write_text(f"id: INC-1\nstarted_at: 2024-01-15T{started}\n")
    sentence = as_of_zone(written, open_bundle(file))
    assert sentence == (f"--as-of {written} names no zone; {told}" if told else "")
