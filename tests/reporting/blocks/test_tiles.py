"""Tiles: label, value, state, and the receipt they open to."""

from __future__ import annotations

from incident_analytics.reporting.blocks import Code, Mark, Tile, Tiles

ACKNOWLEDGED = Tile(
    "Time to acknowledgment",
    (("3", "min"),),
    Mark("met"),
    "target under 5 min",
    ("To ", Code("incident.yaml:19"), "."),
    "time_to_acknowledgment",
)
UNKNOWN = Tile("People involved", "unknown", note="nobody is named", is_known=False)


def test_tile_opens_to_how_it_is_known() -> None:
    """The receipt is folded in the tile and leads to the full one."""
    assert ACKNOWLEDGED.html() == (
        '<li class="tile"><p class="label">Time to acknowledgment</p><p class="value">3 <small>min</small></p>'
        '<p class="note"><span><span class="mark good"><span aria-hidden="true">●</span> met</span></span>'
        " <span>target under 5\u00a0min</span></p>"
        '<details><summary>How we know<span class="sr"> the time to acknowledgment</span></summary>'
        "<div>To <code>incident.yaml:19</code>. "
        '<a href="#receipt-time_to_acknowledgment">Receipt<span class="sr"> of Time to acknowledgment</span></a>'
        "</div></details></li>"
    )


def test_unknown_tile_stands_back_and_says_why() -> None:
    """The word takes the value's place, the reason stands below, nothing opens."""
    assert UNKNOWN.html() == (
        '<li class="tile"><p class="label">People involved</p><p class="value unknown">unknown</p>'
        '<p class="note"><span>nobody is named</span></p></li>'
    )


def test_long_value_is_set_smaller() -> None:
    """A value of more than twelve characters would not fit a tile."""
    assert '<p class="value long">open since 14:15</p>' in Tile("x", "open since 14:15").html()
    assert '<p class="value">3 to 13 min</p>' in Tile("x", "3 to 13 min").html()


def test_tiles_as_table_in_markdown_and_plain() -> None:
    """One row a tile."""
    tiles = Tiles((ACKNOWLEDGED, UNKNOWN))
    assert tiles.markdown() == (
        "| Metric | Value | State |\n|---|---|---|\n"
        "| Time to acknowledgment | **3 min** | ● met · target under 5 min |\n"
        "| People involved | **unknown** | nobody is named |"
    )
    assert tiles.plain() == (
        "Time to acknowledgment  3 min    ● met · target under 5 min\nPeople involved         unknown  nobody is named"
    )


def test_value_in_parts_reads_as_one_line() -> None:
    """Numbers keep their units."""
    assert Tile("x", (("1", "h"), ("30", "min"))).text() == "1 h 30 min"
