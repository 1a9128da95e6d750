"""Options that several commands share."""

from __future__ import annotations

import pytest

from incident_analytics.cli.options import at_or_above, chosen_formats, shown
from incident_analytics.errors import ParameterError
from incident_analytics.model.measurement import Finding, Place

INFO = Finding("a", "info", "one")
WARNING = Finding("b", "warning", "two", Place("incident.yaml", 5))
ERROR = Finding("c", "error", "three")


def test_findings_at_or_above_a_level() -> None:
    """`--fail-on warning` is about warnings and errors."""
    assert at_or_above([INFO, WARNING, ERROR], "warning") == [WARNING, ERROR]


def test_without_a_level_no_finding_fails() -> None:
    """Findings alone do not change the exit code."""
    assert at_or_above([ERROR], None) == []


def test_a_finding_is_shown_with_its_place() -> None:
    """Editors jump to file and line."""
    assert (shown(WARNING), shown(INFO)) == ("incident.yaml:5: two", "one")


def test_formats_are_taken_in_order_and_once() -> None:
    """Spaces and capitals do not matter."""
    assert chosen_formats("HTML, json,html") == ("html", "json")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("htm", "--format: expected html, md, pdf, json, found 'htm'; did you mean html\\?"),
        ("html,xlsx", "found 'xlsx'"),
        ("", "--format: expected html, md, pdf, json, found ''"),
        (",", "found ','"),
    ],
)
def test_unknown_formats_are_refused(written: str, message: str) -> None:
    """The message names the formats there are, and the nearest."""
    with pytest.raises(ParameterError, match=message):
        chosen_formats(written)
