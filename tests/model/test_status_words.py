"""Status words: which say that an incident is over."""

from __future__ import annotations

import pytest

from incident_analytics.model.incident import Incident
from incident_analytics.model.status_words import is_known_status, is_over


@pytest.mark.parametrize("status", ["resolved", " Closed ", "Postmortem", "Canceled"])
def test_words_of_other_tools_say_that_it_is_over(status: str) -> None:
    """Nobody's spelling or spaces matter."""
    assert is_over(status)
    assert is_known_status(status)


@pytest.mark.parametrize("status", ["investigating", "Identified", "Monitoring", "mitigated", "triggered"])
def test_words_of_an_incident_that_goes_on(status: str) -> None:
    """Monitoring after a fix is not the end."""
    assert not is_over(status)
    assert is_known_status(status)


def test_an_unknown_word_is_no_end_and_no_doubt_is_made_of_no_word() -> None:
    """What nobody knows never ends an incident."""
    assert not is_over("vorbei")
    assert not is_known_status("vorbei")
    assert is_known_status(None)
    assert is_known_status("  ")


def test_an_incident_closed_by_its_status_is_not_open() -> None:
    """Though nobody recorded when."""
    assert Incident(id="INC-1", status="Closed").is_open is False
    assert Incident(id="INC-1", status="monitoring").is_open is True
