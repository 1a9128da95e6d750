"""What people slip in: misspelt keys, words for a number that nobody knows, estimates and NaN."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incident_analytics.errors import RecordError
from incident_analytics.model.incident import Incident

Read = Callable[..., Incident]
HEAD = "id: INC-1\nseverity: SEV1\n"


def told(incident: Incident) -> list[tuple[str, str, str, str]]:
    """Rule, level, message and place of each finding of the reading."""
    return [(each.rule, each.level, each.message, str(each.where)) for each in incident.reading_findings]


@pytest.mark.parametrize(("key", "meant"), [("titel", "title"), ("resolvd_at", "resolved_at")])
def test_a_misspelt_key_is_told_with_the_one_that_was_meant(read: Read, key: str, meant: str) -> None:
    """And kept as it is."""
    incident = read(f"{HEAD}{key}: something\n")
    message = f"the key '{key}' is not known and was not read; did you mean '{meant}'?"
    assert told(incident) == [("unknown-key", "warning", message, "record.yaml:3")]
    assert incident.model_extra == {key: "something"}


def test_a_key_of_ones_own_is_no_slip(read: Read) -> None:
    """Nor is one that only looks like a key that the record has too."""
    assert told(read(f"{HEAD}customer_tier: gold\ntitle: Outage\ntitles: none\n")) == []


@pytest.mark.parametrize("word", ["unknown", "TBD", "n/a", '"?"', "none yet"])
def test_a_word_for_not_knowing_is_no_number_and_no_error(read: Read, word: str) -> None:
    """It counts as not recorded, and is told."""
    incident = read(f"{HEAD}impact:\n  users_affected: {word}\n  revenue_lost: {word}\n")
    assert (incident.impact.users_affected, incident.impact.revenue_lost) == (None, None)
    said = f"'{word.strip(chr(34))}' stands for a number that nobody knows yet; it counts as not recorded"
    assert told(incident) == [
        ("value-unknown", "info", said, "record.yaml:4"),
        ("value-unknown", "info", said, "record.yaml:5"),
    ]


@pytest.mark.parametrize(
    ("field", "written", "nearest"),
    [
        ("users_affected", "~15000", "write 15000"),
        ("users_affected", "about 15k", "write 15k"),
        ("users_affected", "10000-15000", "write one of its ends, 10000 or 15000"),
        ("revenue_lost", "~$45000", "write $45000"),
        ("duration_minutes", "80..90", "write one of its ends, 80 or 90"),
    ],
)
def test_an_estimate_is_an_error_that_says_what_to_write(read: Read, field: str, written: str, nearest: str) -> None:
    """A number that nobody chose is not guessed."""
    with pytest.raises(RecordError) as refused:
        read(f"{HEAD}impact:\n  {field}: {written}\n")
    assert refused.value.nearest == nearest


def test_not_a_number_is_not_recorded_and_told(read: Read) -> None:
    """Python's json writes NaN for a missing number; in the wrapper or without one."""
    for text in (
        '{"id": "INC-1", "severity": "SEV1", "impact": {"users_affected": NaN}}',
        '{"incident": {"id": "INC-1", "severity": "SEV1", "impact": {"users_affected": Infinity}}}',
    ):
        incident = read(text, ".json")
        assert incident.impact.users_affected is None
        said = "this is no number (NaN or Infinity); it counts as not recorded"
        assert told(incident) == [("value-unknown", "warning", said, "record.json:1")]
