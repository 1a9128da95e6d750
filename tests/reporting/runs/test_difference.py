"""Each number that moved, and exactly the incident and field that moved it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.errors import ReportError
from incident_analytics.reporting.runs.difference import difference, moved_line, moved_since
from incident_analytics.reporting.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.runs.cause import Cause

AS_OF = datetime(2025, 7, 1, tzinfo=UTC)


def told(causes: tuple[Cause, ...]) -> list[tuple[object, ...]]:
    """What is said of each incident."""
    return [
        (each.incident, each.name or each.kind, each.before, each.after, each.place, each.why)
        for each in causes
        if each.kind not in {"input", "asked"}
    ]


def behind(before: Run, after: Run) -> dict[str, list[str]]:
    """Each number that moved with what is behind it."""
    return {each.what.name: [one.short for one in each.behind] for each in difference(before, after).numbers}


def test_the_same_run_differs_in_nothing(trend_run: Callable[..., Run]) -> None:
    """No cause, no number, no line."""
    found = difference(trend_run(), trend_run())
    assert (found.is_empty, found.causes, moved_line(found)) == (True, (), "")


def test_a_changed_start_is_named_with_its_line(trend_run: Callable[..., Run]) -> None:
    """It is behind the sum of its own period and no other number."""
    before, after = trend_run(), trend_run({"INC-2": {"started_at": "2025-01-10T09:46:00Z"}})
    assert told(difference(before, after).causes) == [
        ("INC-2", "started_at", "2025-01-10T10:00:00Z", "2025-01-10T09:46:00Z", "incidents.ndjson:2", ""),
    ]
    (moved,) = difference(before, after).numbers
    assert moved.what.name == "durations.time_to_resolution.periods[2025-01].sum"
    assert (moved.what.before, moved.what.after) == (10800, 11640)
    assert [each.short for each in moved.behind] == ["INC-2 started_at"]


def test_a_dropped_incident_is_named(trend_run: Callable[..., Run]) -> None:
    """With the line it stood on; the lines of those below it have moved, and that is no change of theirs."""
    before, after = trend_run(), trend_run({"INC-1": None})
    assert told(difference(before, after).causes) == [
        ("INC-1", "went", None, None, "incidents.ndjson:1", "it is no longer among the incidents read"),
    ]
    assert behind(before, after) == {
        "rate.n": ["INC-1 went"],
        "durations.time_to_resolution.periods[2025-01].sum": ["INC-1 went"],
    }
    assert told(difference(after, before).causes)[0][-1] == "it is new in the input"


def test_a_changed_severity_is_told_once(trend_run: Callable[..., Run]) -> None:
    """What was written and what it means are one field."""
    found = difference(trend_run(), trend_run({"INC-3": {"severity": "SEV4"}}))
    assert told(found.causes) == [("INC-3", "severity", "SEV2", "SEV4", "incidents.ndjson:3", "")]
    assert found.is_empty


def test_a_changed_part_of_the_record_is_named(trend_run: Callable[..., Run]) -> None:
    """An action item by its text."""
    items = [{"text": "Renew the certificate", "status": "done"}]
    found = difference(trend_run(), trend_run({"INC-3": {"action_items": items}}))
    assert told(found.causes) == [
        ("INC-3", "action_items[Renew the certificate].status", "open", "done", "incidents.ndjson:3", ""),
    ]


def test_a_drill_tells_why_it_went(trend_run: Callable[..., Run]) -> None:
    """The ledger of the second run says what was dropped."""
    found = difference(trend_run(), trend_run({"INC-2": {"drill": True}}))
    assert told(found.causes) == [("INC-2", "went", None, None, "incidents.ndjson:2", "dropped: drill")]


def test_a_scope_tells_why_it_leaves_out(trend_run: Callable[..., Run]) -> None:
    """And what was asked is a cause of its own."""
    before, after = trend_run(), trend_run(scope=Scope(as_of=AS_OF, since=datetime(2025, 2, 1, tzinfo=UTC)))
    found = difference(before, after)
    assert [(each.name, each.before, each.after) for each in found.causes if each.kind == "asked"] == [
        ("since", None, "2025-02-01T00:00:00Z"),
    ]
    reason = "the second run leaves it out: it began before 2025-02-01T00:00:00+00:00"
    assert [each[-1] for each in told(found.causes)] == [reason, reason]
    assert behind(before, after)["rate.n"] == ["INC-1 went", "INC-2 went", "since"]


def test_an_earlier_instant_to_look_back_from_is_a_cause(trend_run: Callable[..., Run]) -> None:
    """What had not happened by then came later, and says so."""
    early = trend_run(scope=Scope(as_of=datetime(2025, 1, 10, 11, 30, tzinfo=UTC)))
    found = difference(early, trend_run())
    assert next(each.name for each in found.causes if each.kind == "asked") == "as_of"
    whys = {(each[0], each[1]): each[-1] for each in told(found.causes)}
    assert whys["INC-3", "came"] == "it began after the first run's as_of"
    assert whys["INC-2", "resolved_at"] == "after the first run's as_of"


def test_a_file_that_changed_is_told_with_its_rows(trend_run: Callable[..., Run]) -> None:
    """Other bytes are another file."""
    found = difference(trend_run(), trend_run({"INC-1": None}))
    assert [(each.name, each.why) for each in found.causes if each.kind == "input"] == [
        ("incidents.ndjson", "other content; rows 3 to 2"),
    ]


def test_the_line_for_a_new_run_names_both(trend_run: Callable[..., Run]) -> None:
    """It is a command to copy."""
    before, after = trend_run(), trend_run({"INC-1": None})
    line = moved_line(moved_since(before, after))
    assert line == f"2 numbers moved since {before.name}; see incident diff {before.folder} {after.folder}"


def test_runs_of_two_kinds_or_incidents_are_not_compared(trend_run: Callable[..., Run]) -> None:
    """One line says which is which."""
    trends = trend_run()
    one = Run("one", "post-mortem", "", None, {}, (), {"incident": {"id": "INC-1"}}, {}, None)
    other = replace(one, name="other", numbers={"incident": {"id": "INC-2"}})
    with pytest.raises(ReportError, match=r"one and trends-.*: two kinds of runs .* found 'post-mortem, trends'"):
        difference(one, trends)
    with pytest.raises(ReportError, match="one and other: they are about two incidents: found 'INC-1, INC-2'"):
        difference(one, other)


def test_a_number_that_nothing_explains_has_nothing_behind_it() -> None:
    """Two twins of the same input that differ are told as that."""
    before = Run("a", "trends", "x", None, {}, (), {"rate": {"n": 1}}, {}, Path())
    (moved,) = difference(before, replace(before, numbers={"rate": {"n": 2}})).numbers
    assert (moved.what.name, moved.behind) == ("rate.n", ())
