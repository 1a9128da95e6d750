"""What became of action items, and what is said where nothing can tell."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.trends.action_items import AgeBand, Promises, action_items
from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.reporting.trends.plain import plain
from incident_analytics.sources.histories import records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.sources.histories import History

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)
OVER = {"started_at": "2024-01-15T14:00Z", "resolved_at": "2024-01-15T15:00Z"}


def incident(*items: object, identity: str = "A", **more: object) -> dict[str, object]:
    """A record that was resolved on 2024-01-15 with some items."""
    return {"id": identity, **OVER, "action_items": list(items), **more}


def test_the_sample_history_tells_its_planted_promises(sample_history: History, sample_cohort: Cohort) -> None:
    """216 items, 188 closed, 61 of them late, 28 open, 23 of these overdue (data/README.md); none has a ticket."""
    trend = action_items(records_of(sample_history), sample_cohort, as_of=datetime(2024, 1, 1, tzinfo=UTC))
    assert (trend.n, trend.incidents, trend.incidents_with_items, trend.reason) == (216, 242, 153, "")
    assert trend.promises == Promises(
        closed=188, open=28, overdue=23, closed_late=61, closed_with_due=188,
        open_without_owner=0, open_without_due=0, open_without_ticket=28,
    )  # fmt: skip
    assert [each.count for each in trend.age_bands] == [0, 8, 5, 2, 13]
    assert (trend.ageing.median.n, trend.ageing.median.n_open) == (216, 28)
    assert trend.oldest[0].incident_id == "INC-2022-007"
    assert (trend.oldest[0].due, trend.oldest[0].is_overdue) == (date(2022, 3, 28), True)
    assert len(trend.oldest) == 10


def test_the_certificate_came_again_by_its_own_records(sample_history: History, sample_cohort: Cohort) -> None:
    """INC-2022-091, again as 2023-018 and 2023-063 after its item was closed on 2022-11-02 (data/README.md)."""
    trend = action_items(records_of(sample_history), sample_cohort, as_of=datetime(2024, 1, 1, tzinfo=UTC))
    assert trend.recurrence is not None
    first = trend.recurrence.listed[0]
    assert (first.incident_id, first.again, first.is_recorded) == (
        "INC-2022-091", ("INC-2023-018", "INC-2023-063"), True,
    )  # fmt: skip
    assert [each.is_recorded for each in trend.recurrence.listed[1:]] == [False] * 9
    assert (trend.recurrence.n, trend.recurrence.followed) == (188, 144)
    assert trend.recurrence.by_chance == pytest.approx(134.7, abs=0.1)


def test_what_was_closed_later_is_open(told: Callable[..., Any]) -> None:
    """And what was due later is not overdue."""
    item = {"text": "Size it", "due": "2024-03-01", "closed_at": "2024-04-01T10:00Z"}
    cohort, records = told(incident(item))
    early = action_items(records, cohort, as_of=datetime(2024, 2, 1, tzinfo=UTC)).promises
    later = action_items(records, cohort, as_of=AS_OF).promises
    assert early is not None
    assert later is not None
    assert (early.open, early.overdue, early.closed_late) == (1, 0, 0)
    assert (later.open, later.closed, later.closed_late, later.closed_with_due) == (0, 1, 1, 1)


def test_an_item_is_overdue_from_the_next_day_on(told: Callable[..., Any]) -> None:
    """On the day itself it is not yet."""
    cohort, records = told(incident({"text": "Size it", "due": "2024-03-01"}))
    counts = [
        action_items(records, cohort, as_of=datetime(2024, 3, day, hour, tzinfo=UTC)).promises
        for day, hour in ((1, 23), (2, 0))
    ]
    assert [each.overdue for each in counts if each] == [0, 1]


def test_what_open_items_lack_is_counted(told: Callable[..., Any]) -> None:
    """Those that are closed lack nothing any more."""
    whole = {"text": "c", "owner": "data team", "due": "2024-07-01", "ticket": "OPS-1"}
    cohort, records = told(incident("a", {"text": "b", "status": "done"}, whole))
    promises = action_items(records, cohort, as_of=AS_OF).promises
    assert promises is not None
    assert (promises.open, promises.closed) == (2, 1)
    assert (promises.open_without_owner, promises.open_without_due, promises.open_without_ticket) == (1, 1, 1)


def test_a_status_without_a_time_is_closed_but_has_no_age(told: Callable[..., Any]) -> None:
    """It is left out of the ageing and counted."""
    cohort, records = told(
        incident({"text": "a", "status": "done"}, "b", {"text": "c", "closed_at": "2024-01-10T10:00Z"})
    )
    trend = action_items(records, cohort, as_of=AS_OF)
    assert trend.ageing.left_out == (
        LeftOut("closed, but nothing says when", 1, ("A",)),
        LeftOut("closed before its incident was over", 1, ("A",)),
    )
    assert (trend.ageing.median.n, trend.ageing.median.n_open) == (1, 1)
    assert trend.age_bands[1:3] == (AgeBand(30, 90, 0), AgeBand(90, 180, 1))


def test_items_of_an_incident_that_was_still_open_are_not_there_yet(told: Callable[..., Any]) -> None:
    """They count from its resolution on."""
    cohort, records = told(incident("a"), as_of="2024-01-15T14:30")
    trend = action_items(records, cohort, as_of=datetime(2024, 1, 15, 14, 30, tzinfo=UTC))
    assert (trend.n, trend.reason) == (0, "no record has an action item")
    assert trend.left_out == (LeftOut("it counts as open only from a later instant on", 1, ("A",)),)


def test_no_address_and_no_responder_is_shown(told: Callable[..., Any]) -> None:
    """An owner who took a role is shown as the role."""
    items = (
        {"text": "Ask Jane Smith (jane@example.com, +1 555 010 0199)", "owner": "jane smith"},
        {"text": "b", "owner": "ops@example.com"},
        {"text": "c", "owner": "Data team <data@example.com>"},
    )
    cohort, records = told(incident(*items, roles=[{"role": "Technical Lead", "person": "Jane Smith"}]))
    shown = action_items(records, cohort, as_of=AS_OF).oldest
    assert [each.owner for each in shown] == ["Technical Lead", "a person", "Data team"]
    assert shown[0].text == "Ask someone"


def test_tables_have_no_records_and_are_no_zero(told: Callable[..., Any]) -> None:
    """Nothing is known of their items."""
    cohort, records = told(table="id,started_at\nA,2024-01-15T14:10:00Z\n")
    trend = action_items(records, cohort, as_of=AS_OF)
    assert (trend.n, trend.promises, trend.recurrence) == (None, None, None)
    assert trend.reason == "no records: rows of tables tell of no such thing"
    assert trend.ageing.median.reason == trend.reason


def test_rows_beside_records_are_left_out_and_counted(told: Callable[..., Any]) -> None:
    """Of two incidents one has a record."""
    cohort, records = told(incident("a"), table="id,started_at\nB,2024-01-15T14:10:00Z\n")
    trend = action_items(records, cohort, as_of=AS_OF)
    assert (trend.n, trend.incidents) == (1, 1)
    assert trend.left_out == (LeftOut("a row of a table, without a record", 1, ("B",)),)


def test_no_incidents_and_no_items_say_so(told: Callable[..., Any], sample_cohort: Cohort) -> None:
    """A known zero is one; an empty history knows nothing."""
    cohort, records = told(incident())
    none = action_items(records, cohort, as_of=AS_OF)
    assert (none.n, none.promises, none.reason) == (0, None, "no record has an action item")
    empty, _ = told(incident(), as_of="2023-01-01")
    assert (empty.n, action_items((), empty, as_of=AS_OF).reason) == (0, "no incidents")
    assert action_items((), sample_cohort, as_of=AS_OF).n is None


def test_the_numbers_become_json(sample_history: History, sample_cohort: Cohort) -> None:
    """They hold plain values only."""
    trend = action_items(records_of(sample_history), sample_cohort, as_of=datetime(2024, 1, 1, tzinfo=UTC))
    found = plain(trend)
    assert isinstance(found, dict)
    assert found["n"] == 216
