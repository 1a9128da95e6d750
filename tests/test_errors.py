"""Errors read as one line, whatever stood in the file."""

from __future__ import annotations

import pickle

import pytest

from incident_analytics import errors
from incident_analytics.errors import IncidentAnalyticsError, RecordError, shortened

TREE = ["RecordError", "RunbookError", "BundleError", "SourceError", "ParameterError", "ReportError"]


def test_an_error_tells_place_expectation_finding_and_nearest_answer() -> None:
    """The form that CONVENTIONS gives as its example."""
    error = RecordError(
        "impact.revenue_lost",
        where="incident.yaml:9",
        expected="an amount such as $45000",
        found="45 thousand",
        nearest="write 45k",
    )
    assert str(error) == (
        "incident.yaml:9: impact.revenue_lost: expected an amount such as $45000, found '45 thousand'; write 45k"
    )


def test_an_error_without_facts_is_its_message() -> None:
    """Nothing is made up around it."""
    assert str(RecordError("there is no record")) == "there is no record"


@pytest.mark.parametrize("name", TREE)
def test_every_error_has_the_one_parent(name: str) -> None:
    """One except clause catches all that is raised on purpose."""
    assert getattr(errors, name).__bases__ == (IncidentAnalyticsError,)


def test_the_module_tells_the_tree_it_has() -> None:
    """A new error is told in the docstring too."""
    found = [name for name, value in vars(errors).items() if isinstance(value, type) and name in (errors.__doc__ or "")]
    assert found == ["IncidentAnalyticsError", *TREE]


@pytest.mark.parametrize("hostile", ["a\nb", "a\rb", "a\x1b[31mb", "a\u2028b", "a\x00b", "\ud800", "a\u202eb"])
def test_no_written_word_breaks_the_line_or_the_terminal(hostile: str) -> None:
    """Line ends become spaces; escapes, half characters and marks that turn the text read as U+FFFD."""
    error = RecordError(hostile, where=hostile, expected=hostile, found=hostile, nearest=hostile)
    assert str(error).isprintable()
    assert str(error).encode()


def test_a_megabyte_that_was_found_is_cut() -> None:
    """Eighty characters of it are enough to find the place."""
    assert str(RecordError("title", found="x" * 1_000_000)) == f"title: found '{'x' * 79}…'"


def test_shortened_text_that_fits_is_whole() -> None:
    """Eighty characters fit, eighty-one do not."""
    assert shortened("x" * 80) == "x" * 80
    assert shortened("x" * 81) == "x" * 79 + "…"


def test_an_error_can_be_told_from_outside_its_folder() -> None:
    """The same kind of error with the same facts and problems."""
    error = RecordError("id", where="incident.yaml:2", expected="an id")
    error.problems = (error,)
    moved = error.inside("data/INC-1")
    assert str(moved) == "data/INC-1/incident.yaml:2: id: expected an id"
    assert (type(moved), moved.problems) == (RecordError, (error,))
    assert error.inside(".") is error


def test_an_error_survives_the_way_between_processes() -> None:
    """A report may be made in a child process."""
    error = RecordError("id", where="incident.yaml:2", expected="an id", found="nothing")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(again), again.where, again.found) == (str(error), "incident.yaml:2", "nothing")
