"""The page in a real browser, from a file, without a network: light, dark, phone, paper, keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import pytest

from incident_analytics.reporting.pages.arrangement import figure_in
from incident_analytics.reporting.pages.chromium import find_browser
from incident_analytics.reporting.pages.html import render_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_browser() is None, reason="no Chromium or Chrome on the PATH"),
]
DRAWN = ".plot.js-plotly-plot .main-svg:first-child"


@pytest.fixture
def shared(postmortem: dict[str, object]) -> str:
    """The example beside a shared plotly.js."""
    return render_html(postmortem, assets="shared", title="INC-2024-001")


@pytest.fixture
def words_only(postmortem: dict[str, object], make_notebook: Callable[..., dict[str, object]]) -> str:
    """The example without its figures, which opens ten times as fast."""
    cells = postmortem["cells"]
    assert isinstance(cells, list)
    for cell in cells:
        cell["outputs"] = [output for output in cell.get("outputs", []) if figure_in(output) is None]
    return render_html(make_notebook(*cells), assets="shared", title="INC-2024-001")


def wait_for_figures(page: Page, count: int = 4) -> None:
    """Until that many figures are drawn."""
    page.wait_for_function("count => document.querySelectorAll('.js-plotly-plot').length === count", arg=count)


@pytest.mark.parametrize("assets", ["shared", "inline"])
def test_every_figure_is_drawn(
    open_page: Callable[..., Page], postmortem: dict[str, object], assets: Literal["shared", "inline"]
) -> None:
    """Four figures, four drawings with the traces they were given and their names; no message, no request."""
    page = open_page(render_html(postmortem, assets=assets, title="x"), wish="#all")
    wait_for_figures(page)
    assert page.locator(DRAWN).count() == 4
    assert page.locator(".plot .scatterlayer .trace").count() == 9
    assert page.locator(".plot .alt").count() == 0
    assert page.get_by_role("img", name="Timeline: trouble began 14:12:40, alert 14:15, resolved 15:45").count() == 1


def test_figures_far_below_wait_until_they_are_near(open_page: Callable[..., Page], shared: str) -> None:
    """Opening draws what is seen first; scrolling draws the rest."""
    page = open_page(shared)
    page.wait_for_selector('[data-name="fig-timeline"] .main-svg')
    assert page.locator('[data-name="fig-pool"] .main-svg').count() == 0
    page.locator("footer").scroll_into_view_if_needed()
    page.locator('[data-name="fig-pool"]').scroll_into_view_if_needed()
    wait_for_figures(page, 4)


def test_script_tags_are_words_on_the_page(open_page: Callable[..., Page], words_only: str) -> None:
    """Title, action item and log line show the tag; nothing of it ran."""
    page = open_page(words_only)
    assert page.title() == "INC-2024-001"
    assert page.locator("h1").inner_text() == "Payment processing outage <script>alert('title')</script>"
    assert page.get_by_role("rowheader", name="Implement auto-scaling <script>alert('title')</script>").count() == 1
    assert "user agent <script>alert('log')</script> \ufffd refused" in page.locator("code").all_text_contents()


def test_policy_stops_a_script_of_an_added_cell(
    open_page: Callable[..., Page], make_notebook: Callable[..., dict[str, object]]
) -> None:
    """HTML a person adds is shown; a handler in it does not run."""
    output = {
        "output_type": "display_data",
        "data": {"text/html": "<p id=own onclick=\"document.title='ran'\">own</p>"},
        "metadata": {},
    }
    cell = {"cell_type": "code", "id": "a", "source": "", "metadata": {}, "execution_count": 1, "outputs": [output]}
    content = render_html(make_notebook(cell), assets="shared", title="safe")
    page = open_page(content, refused="Executing inline event handler violates")
    page.locator("#own").click()
    assert page.locator("#own").inner_text() == "own"
    assert page.title() == "safe"


def test_figures_take_the_colours_of_the_scheme(open_page: Callable[..., Page], shared: str) -> None:
    """A line drawn in the light accent is drawn in the dark one, and back, without a reload."""
    page = open_page(shared, scheme="dark", wish="#all")
    wait_for_figures(page)
    line = page.locator('[data-name="fig-evidence"] .js-line').first
    assert line.evaluate("node => node.style.stroke") == "rgb(134, 184, 232)"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(
        "() => document.querySelector('[data-name=fig-evidence] .js-line').style.stroke === 'rgb(20, 87, 140)'"
    )


def test_figures_are_laid_out_anew_for_a_phone(open_page: Callable[..., Page], shared: str) -> None:
    """The patch is applied, letters keep their size, and nothing makes the page scroll sideways."""
    page = open_page(shared, width=390, wish="#all")
    wait_for_figures(page)
    figure = page.locator('[data-name="fig-timeline"]')
    assert figure.locator(".main-svg").first.get_attribute("height") == "300"
    assert "14:12:40 failures" in figure.locator(".annotation-text").all_text_contents()
    sizes = page.locator(".plot text").evaluate_all(
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= 12
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_figures_follow_the_width_of_the_window(open_page: Callable[..., Page], shared: str) -> None:
    """Turning a phone draws the figures again, wide or narrow."""
    page = open_page(shared, width=390, wish="#all")
    wait_for_figures(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function("() => document.querySelector('.main-svg').getAttribute('height') === '260'")
    assert page.locator(".main-svg").first.get_attribute("width") == "790"


def test_paper_is_light_and_open(open_page: Callable[..., Page], shared: str) -> None:
    """Receipts stand open at the end, the rail is gone, figures are light and fit the sheet."""
    page = open_page(shared, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    wait_for_figures(page)
    assert page.locator(".rail").is_hidden()
    assert page.locator("#receipt-time_to_detection").is_visible()
    assert page.locator(".tile details:visible").count() == 4
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    line = page.locator('[data-name="fig-evidence"] .js-line').first
    assert line.evaluate("node => node.style.stroke") == "rgb(20, 87, 140)"
    assert page.locator(".main-svg").first.get_attribute("width") == "628"


def test_screen_is_as_before_after_printing(open_page: Callable[..., Page], shared: str) -> None:
    """What printing opened is closed again."""
    page = open_page(shared)
    page.emulate_media(media="print")
    wait_for_figures(page)
    page.emulate_media(media="screen")
    page.wait_for_function("() => !document.querySelector('details[open]')")


def test_tile_leads_to_its_receipt(open_page: Callable[..., Page], words_only: str) -> None:
    """With keys alone: open the tile, follow its link, and the receipt stands open."""
    page = open_page(words_only)
    page.locator(".tile summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('receipt-time_to_detection').closest('details').open")
    assert page.locator("#receipt-time_to_detection").is_visible()


def test_first_key_reaches_the_report(open_page: Callable[..., Page], words_only: str) -> None:
    """The skip link comes first and is seen when it has the focus."""
    page = open_page(words_only)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") == 12


def test_structure_can_be_heard(open_page: Callable[..., Page], words_only: str) -> None:
    """One title, tables with captions, and two landmarks."""
    page = open_page(words_only)
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("table", name="3 items, none ready to be tracked").count() == 1
    assert page.get_by_role("navigation", name="Contents").count() == 1
    assert page.get_by_role("main").count() == 1


def test_page_without_its_script_still_says_what_the_figures_show(
    open_page: Callable[..., Page], make_notebook: Callable[..., dict[str, object]], postmortem: dict[str, object]
) -> None:
    """A page that lost its assets folder reads on."""
    cells = postmortem["cells"]
    assert isinstance(cells, list)
    page_text = render_html(make_notebook(cells[4]), assets="shared", title="x")
    content = re.sub(r'<script src="assets/plotly[^"]*"></script>', "", page_text)
    page = open_page(content, wish="#all")
    assert page.locator(".plot .alt").inner_text() == (
        "The figure needs its script, which is missing beside this page. "
        "It shows: Timeline: trouble began 14:12:40, alert 14:15, resolved 15:45"
    )
