"""Tests of the map of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incident_analytics.analysis.statistics.calendar_heat import CalendarHeat
from incident_analytics.analysis.trends.calendar import WEEKDAYS, CalendarTrend, PartOfWeek
from incident_analytics.reporting.figures.calendar_map import calendar_map_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Spec = Callable[[FigureBlock | None], dict[str, Any]]


def trend(counted: dict[tuple[int, int], int]) -> CalendarTrend:
    """A map with so many in some of its cells, the others empty."""
    counts = tuple(tuple(counted.get((day, hour), 0) for hour in range(24)) for day in range(7))
    n = sum(map(sum, counts))
    days = tuple(
        PartOfWeek(name, sum(row), n / 7, stands_out=False) for name, row in zip(WEEKDAYS, counts, strict=True)
    )
    hours = tuple(
        PartOfWeek(f"{hour:02}", sum(row[hour] for row in counts), n / 24, stands_out=False) for hour in range(24)
    )
    exposure = ((4.0,) * 24,) * 7
    return CalendarTrend(n, "UTC", counts, exposure, CalendarHeat(1.0, (), (), n, n / 168, ""), days, hours, ())


def words(layout: dict[str, Any]) -> list[str]:
    """The text of each label."""
    return [each["text"] for each in layout["annotations"]]


def test_each_hour_has_its_cell_and_its_count(spec: Spec) -> None:
    """168 cells in as many shapes as there are shades; an empty cell has no number."""
    layout = spec(calendar_map_figure(trend({(0, 9): 1, (4, 23): 2}), caption="Even."))["layout"]
    cells = [shape["path"].count("M") for shape in layout["shapes"] if "path" in shape]
    assert sorted(cells) == [1, 1, 166]
    assert words(layout)[:2] == ["1", "2"]
    assert words(layout)[2:9] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_legend_says_what_each_shade_means(spec: Spec) -> None:
    """Zero to seven in five shades."""
    layout = spec(calendar_map_figure(trend({(0, 9): 7, (1, 9): 1}), caption="Even."))["layout"]
    assert words(layout)[-7:] == ["0", "1 to 2", "3", "4 to 5", "6", "7", "began in an hour of the week"]


def test_phone_shows_bands_of_three_hours(spec: Spec) -> None:
    """09, 10 and 11 are one cell of six."""
    figure = calendar_map_figure(trend({(0, 9): 1, (0, 10): 2, (0, 11): 3}), caption="Even.")
    phone = spec(figure)["layout"]["meta"]["phone"]
    cells = [shape["path"].count("M") for shape in phone["shapes"] if "path" in shape]
    assert sum(cells) == 56
    assert words(phone)[0] == "6"
    assert words(phone)[-1] == "began in 3 hours of the week"


def test_alternative_tells_the_weekdays_and_the_hours() -> None:
    """The essentials for those who cannot see it."""
    figure = calendar_map_figure(trend({(0, 9): 1, (4, 23): 2}), caption="Even.")
    assert figure is not None
    assert figure.alt == (
        "3 beginnings by weekday and hour (UTC). By weekday: Monday 1, Tuesday 0, Wednesday 0, Thursday 0, Friday 2, "
        "Saturday 0, Sunday 0. By hours: 00 to 03 0, 03 to 06 0, 06 to 09 0, 09 to 12 1, 12 to 15 0, 15 to 18 0, "
        "18 to 21 0, 21 to 24 2."
    )


def test_count_that_does_not_fit_into_its_cell_is_left_to_the_legend(spec: Spec) -> None:
    """A million incidents have thousands an hour."""
    layout = spec(calendar_map_figure(trend({(0, 9): 6000}), caption="Even."))["layout"]
    assert words(layout)[0] == "Mon"
    assert words(layout)[-2] == "4,801 to 6,000"


def test_no_incident_has_no_map() -> None:
    """The section says so."""
    assert calendar_map_figure(trend({}), caption="Even.") is None
