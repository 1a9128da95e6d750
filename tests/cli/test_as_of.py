"""The instant to look back from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from incident_analytics.cli.as_of import chosen_as_of, tell_zone
from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources import open_bundle

if TYPE_CHECKING:
    from pathlib import Path


def test_no_instant_stays_none() -> None:
    """Without --as-of the input decides."""
    assert chosen_as_of(None, load_runbook()) is None


def test_a_time_is_passed_on_as_written() -> None:
    """The bundle's own zone has the last word on a time without one."""
    assert chosen_as_of("2024-01-16 09:00", load_runbook()) == "2024-01-16 09:00"


def test_now_reads_the_clock_in_utc() -> None:
    """`now` becomes a whole second in UTC, so that it can be given again."""
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", chosen_as_of("Now", load_runbook()) or "")


def test_an_abbreviation_that_the_runbook_knows_is_read() -> None:
    """EST means what the runbook says."""
    assert chosen_as_of("2024-01-16 09:00 EST", load_runbook()) == "2024-01-16 09:00 EST"


@pytest.mark.parametrize("written", ["tomorrow", "", "2024-13-01", "2024-01-16 09:00 XYZ"])
def test_what_is_no_time_is_refused(written: str) -> None:
    """The message says what to write."""
    with pytest.raises(ParameterError, match=r"--as-of: expected a time such as 2024-01-16T09:00:00Z, or now"):
        chosen_as_of(written, load_runbook())


def test_a_time_without_a_zone_says_in_which_it_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each zone once; a time with a zone needs no word."""
    file = tmp_path / "record.yaml"
    file.write_text("id: INC-1\nstarted_at: 2024-01-15T14:15:00-05:00\n")
    told: set[str] = set()
    for written in ("2024-01-16 09:00", "2024-01-16 09:00", "2024-01-16T09:00Z", None):
        tell_zone(written, open_bundle(file), told)
    assert capsys.readouterr().err == (
        "note: --as-of 2024-01-16 09:00 names no zone; it was read in -05:00, the zone of the incident\n"
    )
