"""Planted skews are found, unskewed clocks are left alone, too few events tell nothing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.source_clocks import clock_offset, clocks_compared, told_twice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.source_clocks import Offset


def pairs_of(told: Callable[..., Event], apart: Sequence[float], *, minute: bool = False) -> list[Event]:
    """Events ten minutes apart that chat and pager tell under one reference, the pager so much later."""
    events = []
    for place, seconds in enumerate(apart):
        at = 600.0 * place
        events.append(told("chat", at, f"Message {place}", ref=f"page-{place}"))
        events.append(told("pager", at + seconds, f"Page {place}", ref=f"page-{place}", minute=minute))
    return events


def offset_of(told: Callable[..., Event], apart: Sequence[float], *, minute: bool = False) -> Offset:
    """The one offset between chat and pager."""
    (offset,) = clocks_compared(pairs_of(told, apart, minute=minute)).offsets
    return offset


def test_a_pager_37_seconds_ahead_is_found_with_its_interval(told: Callable[..., Event]) -> None:
    """Seven differences: the 95 % interval of the median is the whole range, and a second for each clock's tick."""
    offset = offset_of(told, [37, 35, 38, 37, 36, 39, 37])
    assert (offset.source, offset.against, offset.n, offset.is_told) == ("pager", "chat", 7, True)
    assert (offset.seconds, offset.low, offset.high) == (37.0, 34.0, 40.0)
    assert (offset.zone_seconds, offset.reason) == (None, "")


@pytest.mark.parametrize(
    ("apart", "zone"),
    [
        ([3600, 3602, 3598, 3600], 3600),
        ([-3600, -3590], -3600),
        ([5400, 5401, 5399], 5400),
        ([19800, 19810, 19795], 19800),
        ([20700, 20702, 20698], 20700),
    ],
)
def test_whole_half_and_quarter_hours_are_zones(told: Callable[..., Event], apart: list[float], zone: int) -> None:
    """An hour late or early, Adelaide's half hour, India's 5:30, Nepal's 5:45."""
    offset = offset_of(told, apart)
    assert (offset.zone_seconds, offset.is_told) == (zone, True)


def test_one_event_an_hour_apart_is_no_zone_yet(told: Callable[..., Event]) -> None:
    """It stays a conflict with a hint; a quarter of an hour needs three events."""
    assert (offset_of(told, [3600]).zone_seconds, offset_of(told, [900, 901]).zone_seconds) == (None, None)


@pytest.mark.parametrize(
    ("apart", "reason"),
    [
        ([37], "only 1 event is surely the same in both"),
        ([37, 37], "only 2 events are surely the same in both"),
        ([1, -2, 0, 2], "no difference beyond a few seconds"),
        ([20, 95, 240, 60], "the differences vary, as those of messages do that come later"),
    ],
)
def test_what_cannot_be_told_says_why(told: Callable[..., Event], apart: list[float], reason: str) -> None:
    """Too few, too close, or a delay of people rather than of clocks."""
    offset = offset_of(told, apart)
    assert (offset.is_told, offset.reason) == (False, reason)


def test_minutes_are_no_skew_of_half_a_minute(told: Callable[..., Event]) -> None:
    """14:15 may be any instant of its minute."""
    offset = offset_of(told, [-30, -20, -45, -10, -55, -35], minute=True)
    assert (offset.is_told, offset.reason) == (False, "no difference beyond a few seconds")


def test_events_linked_by_kind_alone_tell_no_seconds_but_a_zone(told: Callable[..., Event]) -> None:
    """Acknowledged in chat and on the pager may be two acts; but three of them an hour apart are a zone."""
    kinds = ("detected", "acknowledged", "resolved")
    for apart, zone in ((40.0, None), (3600.0, 3600)):
        events = [told("chat", 600.0 * n, f"a{n}", kind=kind) for n, kind in enumerate(kinds)]
        events += [told("pager", 600.0 * n + apart, f"b{n}", kind=kind) for n, kind in enumerate(kinds)]
        (offset,) = clocks_compared(events).offsets
        assert (offset.zone_seconds, offset.is_told) == (zone, zone is not None)


def test_no_skew_is_found_between_clocks_that_agree(told: Callable[..., Event]) -> None:
    """A hundred seeded pairs whose people write within a minute of each other: at most 8 are called skewed."""
    random.seed(20240115)
    found = 0
    for case in range(100):
        n = random.randint(3, 12)  # noqa: S311 -- no secret
        late = case % 2  # in half of them one side is always the later one
        apart = [random.uniform(0 if late else -60, 60) for _ in range(n)]  # noqa: S311 -- no secret
        found += offset_of(told, apart).is_told
    assert found <= 8


def test_the_order_of_the_sources_only_turns_the_sign(told: Callable[..., Event]) -> None:
    """The same pairs, seen from the other side."""
    pairs = told_twice(pairs_of(told, [37, 35, 38]))
    offset = clock_offset("pager", "chat", pairs)
    assert (offset.low, offset.high, offset.n) == (34.0, 39.0, 3)
