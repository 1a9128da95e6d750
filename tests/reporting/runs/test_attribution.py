"""Which causes are behind a number, by the fields it is made of and the incidents it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.reporting.runs.attribution import Attribution
from incident_analytics.reporting.runs.cause import Cause
from incident_analytics.reporting.runs.run import Run

TRENDS = Run(
    "a", "trends", "x", None, {"clock": {"time_to_resolution": ["started_at", "resolved_at"]}}, (), {}, {}, Path()
)
STARTED = Cause("field", "started_at", incident="INC-1", labels=frozenset({"INC-1", "2023-Q1", "pay"}))
SEVERITY = Cause("field", "severity", incident="INC-2", labels=frozenset({"INC-2", "2023-Q2", "pay"}))
ITEM = Cause("field", "action_items[Renew].status", incident="INC-3", labels=frozenset({"INC-3", "2023-Q2"}))
WENT = Cause("went", "", incident="INC-4", labels=frozenset({"INC-4", "2023-Q2", "search"}))
FILE = Cause("input", "incidents.ndjson")
AS_OF = Cause("asked", "as_of")


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (("durations", "time_to_resolution", "n"), [STARTED, SEVERITY, WENT]),
        (("durations", "time_to_resolution", "periods", "[2023-Q1]", "n"), [STARTED]),
        (("rate", "services", "[search]", "n"), [WENT]),
        (("severity_mix", "whole", "shares", "[pay]", "n"), [STARTED, SEVERITY, WENT]),
        (("action_items", "open"), [STARTED, SEVERITY, ITEM, WENT]),
        (("people", "hours"), [STARTED, SEVERITY, ITEM, WENT]),
    ],
)
def test_a_number_is_moved_by_its_own_fields(way: tuple[str, ...], expected: list[Cause]) -> None:
    """Those of the incidents in its period or group, where the way names one."""
    found = Attribution(TRENDS, TRENDS, (FILE, STARTED, SEVERITY, ITEM, WENT))
    assert list(found.behind(way)) == expected


def test_a_number_of_a_group_without_a_cause_is_moved_by_any() -> None:
    """A limit is drawn from all periods, also that of a period in which nothing changed."""
    found = Attribution(TRENDS, TRENDS, (STARTED, ITEM))
    assert found.behind(("calendar", "cells", "[2023-Q2]", "low")) == (STARTED,)


def test_what_was_asked_can_move_every_number() -> None:
    """It stands behind the incidents; without any it stands alone, and the file only where nothing was asked."""
    assert Attribution(TRENDS, TRENDS, (AS_OF, STARTED)).behind(("calendar", "n")) == (STARTED, AS_OF)
    assert Attribution(TRENDS, TRENDS, (AS_OF, ITEM)).behind(("calendar", "n")) == (AS_OF,)
    assert Attribution(TRENDS, TRENDS, (FILE,)).behind(("calendar", "n")) == (FILE,)


def test_completeness_depends_on_prose_that_no_run_keeps() -> None:
    """So where nothing else changed, the prose did."""
    (found,) = Attribution(TRENDS, TRENDS, ()).behind(("completeness", "score"))
    assert found.short == "postmortem.md"
