"""Two twins side by side: what differs, and the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.reporting.runs.walking import Differs, differing

if TYPE_CHECKING:
    from incident_analytics.reporting.measurement_json import Json


def names(before: Json, after: Json) -> list[str]:
    """The ways to what differs."""
    return [each.name for each in differing(before, after)]


def test_items_are_compared_by_what_names_them() -> None:
    """A new one in front moves none of the others."""
    before: Json = {"periods": [{"label": "2023-Q1", "n": 3}, {"label": "2023-Q2", "n": 4}]}
    after: Json = {
        "periods": [{"label": "2022-Q4", "n": 9}, {"label": "2023-Q1", "n": 3}, {"label": "2023-Q2", "n": 5}]
    }
    assert list(differing(before, after)) == [
        Differs(("periods", "[2022-Q4]"), None, None, "new"),
        Differs(("periods", "[2023-Q2]", "n"), 4, 5),
    ]
    assert [(each.way, each.note) for each in differing(after, before)][-1] == (("periods", "[2022-Q4]"), "gone")


def test_items_without_a_name_are_compared_by_where_they_stand() -> None:
    """And so are those of which two share a name."""
    assert names([{"n": 1}, {"n": 2}], [{"n": 1}, {"n": 3}]) == ["[1].n"]
    assert names([{"id": "a", "n": 1}, {"id": "a", "n": 2}], [{"id": "a", "n": 1}, {"id": "a", "n": 3}]) == ["[1].n"]


def test_the_items_without_a_group_have_a_name_too() -> None:
    """Such as the incidents of no known severity."""
    assert names([{"group": None, "n": 1}], [{"group": None, "n": 2}]) == ["[none].n"]


def test_a_curve_is_told_once() -> None:
    """With how many of its points differ."""
    same: list[Json] = [1] * 98
    before: Json = {"counts": [*same, 1, 1]}
    after: Json = {"counts": [*same, 2, 2, 2]}
    assert list(differing(before, after)) == [
        Differs(("counts",), "100 items", "101 items", "3 of 101 items differ"),
    ]


def test_a_truth_is_not_a_number() -> None:
    """In Python 1 equals True; in a report it does not."""
    (found,) = differing({"a": 1}, {"a": True})
    assert (found.before, found.after, found.is_number) == (1, True, False)


@pytest.mark.parametrize(
    ("before", "after", "is_number"),
    [(1, 2.5, True), (None, 3, True), ("45000.50", "1", True), ("changed", "not changed", False), (None, "x", False)],
)
def test_numbers_are_told_from_words(before: Json, after: Json, is_number: bool) -> None:
    """A number that was unknown has moved too; an amount of money is a number written as text."""
    assert Differs(("a",), before, after).is_number is is_number


def test_equal_numbers_do_not_differ() -> None:
    """Written with a fraction or without."""
    assert names({"a": 60}, {"a": 60.0}) == []
