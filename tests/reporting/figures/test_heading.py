"""Tests of titles above figures."""

from __future__ import annotations

from dataclasses import replace

from incident_analytics.reporting.figures.heading import heading
from incident_analytics.reporting.figures.stack import PAGE, PHONE


def test_a_title_that_fits_is_one_line() -> None:
    """In bold, in the colour of ink."""
    assert heading("Incidents", PAGE) == ['<span style="color:#17191C"><b>Incidents</b></span>']


def test_a_title_breaks_between_words_where_it_has_to() -> None:
    """On a phone, and never inside a word."""
    assert len(heading("Time to acknowledgment, median of each quarter", PHONE)) == 2
    assert len(heading("acknowledgment", replace(PHONE, width=20))) == 1
