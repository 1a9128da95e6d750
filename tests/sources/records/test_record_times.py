"""The times of a record are read in its zone, and nothing about them is guessed in silence."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from incident_analytics.errors import RecordError
from incident_analytics.model.incident import Incident

Read = Callable[..., Incident]
START = "id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T15:45:00Z\n"


def entries(*times: str) -> str:
    """The lines of a timeline with entries at these times."""
    return "timeline:\n" + "".join(f"- time: {time}\n  event: something\n" for time in times)


def moments(incident: Incident) -> list[str]:
    """The earliest instant of each entry, day and time in UTC."""
    return [entry.at.earliest.strftime("%d %H:%M:%S") for entry in incident.timeline]


def rules(incident: Incident) -> list[tuple[str, int | None]]:
    """The findings of the reading, each with its line."""
    return [(finding.rule, finding.where.line if finding.where else None) for finding in incident.reading_findings]


def test_one_minute_is_one_minute_however_it_is_written(read: Read) -> None:
    """The integer is what YAML 1.1 makes of 14:15; only it is doubtful."""
    written = (
        "14:15",
        '"14:15"',
        "14:15:00",
        '"2:15 PM"',
        "2:15pm",
        "2024-01-15T14:15:00Z",
        "1705328100",
        "855",
        '"855"',
    )
    incident = read(START + entries(*written))
    assert moments(incident) == ["15 14:15:00"] * 9
    assert rules(incident) == [("clock-time-repaired", 20), ("clock-time-repaired", 22)]


def test_one_minute_is_one_minute_in_json_too(read: Read) -> None:
    """Where 855 is a number."""
    record = {
        "id": "INC-1",
        "severity": "SEV1",
        "started_at": "2024-01-15T14:15:00Z",
        "timeline": [{"time": time, "event": "x"} for time in ("14:15", 855, 1705328100, 1705328100000, "2:15 PM")],
    }
    assert moments(read(json.dumps(record), ".json")) == ["15 14:15:00"] * 5


def test_seconds_and_leading_zeros_are_read_as_they_are(read: Read) -> None:
    """09:05 and 9:05 are one time, 14:15:30 keeps its seconds."""
    early = START.replace("14:15", "09:00").replace("15:45", "15:00")
    assert moments(read(early + entries("09:05", "9:05", "14:15:30"))) == ["15 09:05:00", "15 09:05:00", "15 14:15:30"]


@pytest.mark.parametrize("end", ["", "resolved_at: 2024-01-16T00:40:00Z\n"])
def test_ten_past_midnight_after_ten_to_is_the_next_day(read: Read, end: str) -> None:
    """Open or resolved."""
    text = f"id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T23:40:00Z\n{end}"
    assert moments(read(text + entries("23:50", "00:10", "00:20"))) == ["15 23:50:00", "16 00:10:00", "16 00:20:00"]


def test_an_entry_before_the_start_is_of_the_same_day(read: Read) -> None:
    """A deploy at 13:58 led to the impact at 14:15."""
    assert moments(read(START + entries("13:58", "14:15"))) == ["15 13:58:00", "15 14:15:00"]


def test_noon_and_midnight_of_the_twelve_hour_clock(read: Read) -> None:
    """12 PM comes before 1 PM, 12 AM after 11 PM."""
    text = "id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T11:00:00Z\nresolved_at: 2024-01-16T01:00:00Z\n"
    times = ("12:00 PM", "1:00 PM", "11:00 PM", "12:00 AM")
    assert moments(read(text + entries(*times))) == ["15 12:00:00", "15 13:00:00", "15 23:00:00", "16 00:00:00"]


def test_an_entry_out_of_order_does_not_jump_to_the_next_day(read: Read) -> None:
    """People add what they remember."""
    assert moments(read(START + entries("14:40", "14:20", "14:50"))) == ["15 14:40:00", "15 14:20:00", "15 14:50:00"]


def test_times_take_the_records_zone(read: Read) -> None:
    """09:15 in New York was 14:15 UTC; nothing is assumed."""
    text = "id: INC-1\nseverity: SEV1\ntimezone: America/New_York\nstarted_at: 2024-01-15T09:15:00\n"
    incident = read(text + entries("9:18"))
    assert incident.started_at is not None
    assert incident.started_at.earliest.hour == 14
    assert (moments(incident), rules(incident)) == (["15 14:18:00"], [])


@pytest.mark.parametrize(
    "start", ["2024-01-15T09:15:00-05:00", "2024-01-15 09:15 EST", "2024-01-15 9:15 America/New_York"]
)
def test_bare_times_take_the_zone_that_the_start_is_written_in(read: Read, start: str) -> None:
    """Whoever wrote 09:15-05:00 wrote 09:18 on the same clock."""
    incident = read(f"id: INC-1\nseverity: SEV1\nstarted_at: {start}\n" + entries("09:18"))
    assert (moments(incident), rules(incident)) == (["15 14:18:00"], [])


def test_a_zone_that_is_assumed_is_told_once(read: Read) -> None:
    """However many times lack it."""
    incident = read("id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00\n" + entries("14:18", "14:20"))
    (finding,) = incident.reading_findings
    assert (finding.rule, finding.level, str(finding.where)) == ("zone-assumed", "warning", "record.yaml:3")
    assert finding.message == "'2024-01-15T14:15:00' names no zone and neither does the record; it was read as UTC"


def test_seconds_since_1970_tell_no_zone_for_bare_times(read: Read) -> None:
    """They are the same everywhere, so the clock beside them is a guess."""
    incident = read("id: INC-1\nseverity: SEV1\nstarted_at: 1705328100\n" + entries("14:18"))
    assert rules(incident) == [("zone-assumed", 5)]


def test_bare_times_between_two_zones_are_a_conflict_that_is_told(read: Read) -> None:
    """The prose says 14:15 EST and the record 14:15Z (A6); both stay, a person decides."""
    text = START.replace("severity", "timezone: America/New_York\nseverity") + entries("14:15", "14:18")
    incident = read(text)
    (finding,) = incident.reading_findings
    assert (finding.rule, str(finding.where)) == ("zone-conflict", "record.yaml:7")
    assert finding.message == (
        "'14:15' names no zone and was read in America/New_York, but UTC is named too; write the zone beside each time"
    )
    assert moments(incident) == ["15 19:15:00", "15 19:18:00"]


def test_two_names_of_one_offset_are_no_conflict(read: Read) -> None:
    """London is on UTC in January."""
    assert (
        read(START.replace("severity", "timezone: Europe/London\nseverity") + entries("14:18")).reading_findings == ()
    )


def test_a_conflict_without_bare_times_does_not_matter(read: Read) -> None:
    """Every time says what it means."""
    text = START.replace("severity", "timezone: America/New_York\nseverity") + entries("2024-01-15T14:18:00Z")
    assert read(text).reading_findings == ()


def test_a_time_that_fits_the_incident_only_without_its_zone_is_told(read: Read) -> None:
    """14:18 EST is 19:18 UTC, hours after the resolution at 15:45 UTC; it is read as written."""
    incident = read(START + entries("14:18 EST", "9:20 EST"))
    assert moments(incident) == ["15 19:18:00", "15 14:20:00"]
    assert rules(incident) == [("zone-conflict", 6)]


@pytest.mark.parametrize("written", ["14:15 IST", "2024-01-15T14:15:00 IST", "2:15 PM IST"])
def test_an_abbreviation_that_nobody_explains_names_the_runbooks_map(read: Read, written: str) -> None:
    """IST is India, Israel and Ireland."""
    with pytest.raises(RecordError) as refused:
        read(START + entries(written))
    assert str(refused.value) == (
        "record.yaml:6: timeline.0.time: expected a time such as 2024-01-15T14:15:00Z or 14:15, "
        f"found '{written}'; the runbook's zones do not say what 'IST' means"
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("14:10..14:20", ("14:10:00", "14:20:00")),
        ("14:20 to 14:25", ("14:20:00", "14:25:00")),
        ("{earliest: 14:20, latest: 14:25}", ("14:20:00", "14:25:00")),
        ("2024-01-15", ("00:00:00", "23:59:59")),
        ("2024-01-15T14:20Z..14:25", ("14:20:00", "14:25:00")),
    ],
)
def test_an_uncertain_time_is_a_range(read: Read, written: str, expected: tuple[str, str]) -> None:
    """W5: nothing is made exact that is not."""
    (entry,) = read(START + entries(written)).timeline
    assert (entry.at.earliest.strftime("%H:%M:%S"), entry.at.latest.strftime("%H:%M:%S")) == expected


def test_an_hour_that_occurs_twice_is_told(read: Read) -> None:
    """New York set its clocks back at 06:00 UTC on 2024-11-03."""
    zone = "timezone: America/New_York\nstarted_at: 2024-11-03T00:15:00\nresolved_at: 2024-11-03T03:15:00\n"
    incident = read("id: INC-1\nseverity: SEV1\n" + zone + entries("01:30"))
    (entry,) = incident.timeline
    assert (entry.at.earliest.hour, entry.at.latest.hour) == (5, 6)
    assert rules(incident) == [("local-hour-uncertain", 7)]


@pytest.mark.parametrize(
    ("written", "nearest"),
    [("86400", ""), ("0905", "; write 09:05"), ("14.15", ""), ("24:00", ""), ("soon", ""), ("true", ""), ("-855", "")],
)
def test_what_is_no_time_is_refused(read: Read, written: str, nearest: str) -> None:
    """In base 60, 86400 seconds are a whole day."""
    with pytest.raises(RecordError) as refused:
        read(START + entries(written))
    assert str(refused.value) == (
        "record.yaml:6: timeline.0.time: expected a time such as 2024-01-15T14:15:00Z or 14:15, "
        f"found '{written}'{nearest}"
    )


def test_a_hyphen_between_two_times_asks_what_is_meant(read: Read) -> None:
    """UTC-9:30 is an offset in use, so 09:10-09:30 could be one time."""
    with pytest.raises(
        RecordError, match=r"write 09:10\.\.09:30 for a stretch of time, or the date too if -09:30 is an"
    ):
        read(START + entries("09:10-09:30"))


def test_a_bare_time_without_any_date_asks_for_one(read: Read) -> None:
    """No day is made up."""
    with pytest.raises(RecordError, match=r"expected a date and time such as 2024-01-15T14:15:00Z, found '14:15'"):
        read("id: INC-1\nseverity: SEV1\n" + entries("14:15"))


def test_an_unknown_zone_of_the_record_is_refused_once(read: Read) -> None:
    """With examples of what would be right."""
    with pytest.raises(RecordError) as refused:
        read("id: INC-1\ntimezone: Mars/Base\n")
    assert str(refused.value) == (
        "record.yaml:2: timezone: expected a zone such as America/New_York, +01:00 or UTC, found 'Mars/Base'"
    )


@pytest.mark.parametrize("bare", ["14:20", "2024-01-15 14:20"])
def test_a_bare_time_beside_two_zones_names_the_zone_that_was_used(read: Read, bare: str) -> None:
    """The start's zone is used; the resolution names another one."""
    text = "id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T10:45:00-05:00\n"
    incident = read(text + entries(bare))
    assert moments(incident) == ["15 14:20:00"]
    assert [(each.rule, each.level, each.message) for each in incident.reading_findings] == [
        (
            "zone-conflict",
            "warning",
            f"'{bare}' names no zone and was read in UTC, but -05:00 is named too; write the zone beside each time",
        )
    ]


def test_z_and_its_offset_are_one_zone(read: Read) -> None:
    """Z and +00:00 are one zone."""
    text = "id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T15:45:00+00:00\n"
    assert rules(read(text + entries("14:20"))) == []
