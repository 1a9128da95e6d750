"""Tests of the bars of a mix."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from incident_analytics.analysis.statistics.proportion import share_of
from incident_analytics.analysis.trends.mix import GroupShare, MixOf, MixTrend
from incident_analytics.reporting.figures.mix import mix_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Spec = Callable[[FigureBlock | None], dict[str, Any]]

GROUPS = ("SEV1", "SEV2", "unknown")


def mix(label: str, *counts: int) -> MixOf:
    """One period."""
    n = sum(counts)
    shares = tuple(GroupShare(group, count, share_of(count, n)) for group, count in zip(GROUPS, counts, strict=True))
    return MixOf(label, n, n - counts[-1], shares, None, is_complete=True)


def trend(*periods: MixOf) -> MixTrend:
    """Two severities and what is not known."""
    whole = mix("all", *(sum(period.shares[place].n for period in periods) for place in range(3)))
    return MixTrend("severity", GROUPS, whole, periods, (), (), None, (), 0)


def drawn(*periods: MixOf) -> FigureBlock | None:
    """The figure of some periods."""
    return mix_figure(trend(*periods), title="Severities", names={}, caption="The answer.")


def test_parts_of_a_bar_are_shares_with_their_counts(spec: Spec) -> None:
    """1, 2 and 1 of four; then nothing at all, which is no bar."""
    parts = spec(drawn(mix("2024-01", 1, 2, 1), mix("2024-02", 0, 0, 0)))["data"]
    assert [part["y"] for part in parts] == [[0.25, 0], [0.5, 0], [0.25, 0]]
    assert [part["text"] for part in parts] == [["1", ""], ["2", ""], ["1", ""]]


def test_every_part_is_named_with_its_shape_on_both_sheets(spec: Spec) -> None:
    """Colour is never alone; what stands beside the bars on a page stands above them on a phone."""
    layout = spec(drawn(mix("2024-01", 1, 2, 1), mix("2024-02", 3, 1, 0)))["layout"]
    for sheet in (layout, layout["meta"]["phone"]):
        texts = [each["text"] for each in sheet["annotations"]]
        assert [text for text in texts if text in {"▲ SEV1", "■ SEV2", "unknown"}] == ["▲ SEV1", "■ SEV2", "unknown"]
        assert texts.count("█") == 3


def test_names_beside_the_last_bar_do_not_touch(spec: Spec) -> None:
    """All of the last bar is SEV2: the other names stand a line away from it."""
    words = spec(drawn(mix("2024-01", 1, 2, 1), mix("2024-02", 0, 5, 0)))["layout"]["annotations"]
    heights = [each["yshift"] for each in words if each["text"] in {"▲ SEV1", "■ SEV2", "unknown"}]
    assert heights == sorted(heights)
    assert min(after - before for before, after in pairwise(heights)) >= 17


def test_swatches_are_colours_the_page_can_recolour(spec: Spec) -> None:
    """A see-through colour stands in a label of its own."""
    words = spec(drawn(mix("2024-01", 1, 2, 1), mix("2024-02", 3, 1, 0)))["layout"]["annotations"]
    colours = [each["font"]["color"] for each in words if each["text"] == "█"]
    assert colours == ["#7A1608", "rgba(165,56,11,0.55)", "#DFDBD3"]


def test_words_tell_every_count() -> None:
    """For those who cannot see it."""
    figure = drawn(mix("2024-01", 1, 2, 1), mix("2024-02", 3, 1, 0))
    assert figure is not None
    assert "2024-01: ▲ SEV1 1, ■ SEV2 2, unknown 1; 2024-02: ▲ SEV1 3, ■ SEV2 1, unknown 0" in figure.alt


def test_one_period_or_none_has_no_figure() -> None:
    """One bar is no course of things, and empty ones are no bars."""
    assert drawn(mix("2024-01", 1, 2, 1)) is None
    assert drawn(mix("2024-01", 0, 0, 0), mix("2024-02", 0, 0, 0)) is None
