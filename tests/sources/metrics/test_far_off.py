"""Files whose times cannot be right are named and stay as they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from incident_analytics.sources.metrics import SampleReading, read_samples

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2024, 1, 15, 14, 0, tzinfo=UTC)
WINDOW = (AT, AT + timedelta(hours=1))


def read(folder: Path, window: tuple[datetime, datetime] | None = None, **starts: datetime) -> SampleReading:
    """Files of an hour from each start, a sample a minute."""
    for name, start in starts.items():
        rows = [f"{start + timedelta(minutes=minute):%Y-%m-%dT%H:%M:%SZ},{minute}" for minute in range(61)]
        (folder / f"{name}.csv").write_text("\n".join(["time,value", *rows]))
    return read_samples(folder.glob("*.csv"), root=folder, window=window)


def told(reading: SampleReading) -> list[tuple[str, str, str]]:
    """File, rule and message of each finding."""
    return [(each.where.file if each.where else "", each.rule, each.message) for each in reading.findings]


def test_a_file_off_by_a_zone_is_named(tmp_path: Path) -> None:
    """Five hours before the others, which are of the incident's hour."""
    reading = read(tmp_path, WINDOW, a=AT, b=AT - timedelta(hours=5))
    assert told(reading) == [
        (
            "b.csv",
            "zone-doubtful",
            "All times lie 5 hours before those of other files that span as long: it looks like a wrong zone.",
        )
    ]
    assert reading.files[1].first_at == AT - timedelta(hours=5)


def test_without_an_incident_two_others_must_agree(tmp_path: Path) -> None:
    """One against one tells nothing."""
    late = AT + timedelta(hours=5, minutes=30)
    assert told(read(tmp_path, a=AT, z=late)) == []
    found = told(read(tmp_path, a=AT, b=AT, z=late))
    assert [(file, rule) for file, rule, _ in found] == [("z.csv", "zone-doubtful")]
    assert "5.5 hours after" in found[0][2]


def test_hours_of_the_same_incident_are_no_zone(tmp_path: Path) -> None:
    """Both overlap the incident."""
    window = (AT, AT + timedelta(hours=3))
    assert told(read(tmp_path, window, a=AT, b=AT + timedelta(hours=2))) == []


def test_a_file_years_from_the_others_is_named_with_its_digit(tmp_path: Path) -> None:
    """2028 for 2024, where nobody told when the incident was."""
    found = told(read(tmp_path, a=AT, b=AT, c=AT.replace(year=2028)))
    assert found == [
        (
            "c.csv",
            "time-outside-window",
            (
                "61 of 61 samples lie more than 30 days outside the times of all other files; "
                "one wrong digit would explain it: 2024-01-15T14:00:00Z."
            ),
        )
    ]
