"""The list in a real browser, from a file, without a network: search, filter, sort, keys, phone, paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.reporting.pages.chromium import find_browser
from incident_analytics.reporting.site.index import write_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.reporting.site.conftest import MakeTwin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_browser() is None, reason="no Chromium or Chrome on the PATH"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(find_browser()), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def site(reports: Path, make_twin: MakeTwin, make_trends: Callable[..., Path]) -> Path:
    """Trends, and four reports: of three severities and none, one of them open, with names in several scripts."""

    def at(day: int) -> dict[str, object]:
        return {"started_at": {"at": f"2024-03-{day:02d}T10:00:00Z"}}

    seconds = {"status": "derived"}
    make_twin("INC-1", milestones=at(1), services=["payments"])
    make_twin(
        "INC-2",
        milestones=at(2),
        severity="SEV2",
        title="Ausfälle im Lager",
        services=["ledger", "payments"],
        metrics={"time_to_resolution": {**seconds, "value": 266400}},
        displayed={"time_to_resolution": "3 d 2 h"},
        conformance=[],
    )
    make_twin(
        "INC-10", milestones=at(3), severity="SEV3", title="検索が遅い", services=[], status="open", metrics={"a": {}}
    )
    make_twin(
        "INC-3",
        milestones=at(4),
        severity=None,
        title="<b>Webhooks</b> delayed",
        metrics={"time_to_resolution": {**seconds, "value": 60}},
        displayed={"time_to_resolution": "1 min"},
    )
    make_trends()
    return write_site(reports).path


@pytest.fixture
def open_page(browser: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    """Opens the list; an outside request or a message in the console fails the test at its end."""
    wrong: list[str] = []
    contexts = []

    def opened(*, width: int = 1280, scheme: str = "light", wish: str = "", has_script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True, java_script_enabled=has_script
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", lambda asked: None if asked.url.startswith("file:") else wrong.append(asked.url))
        page.goto(site.as_uri() + wish)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def listed(page: Page) -> list[str]:
    """The ids of the rows that are seen, from top to bottom."""
    return [words.strip() for words in page.locator("tbody tr:visible th small").all_inner_texts()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("inc-2", ["INC-2"]),
        ("ausfalle", ["INC-2"]),
        ("検索", ["INC-10"]),
        ("payments SEV1", ["INC-1"]),
        ("2024-03-04", ["INC-3"]),
        ("status update", ["INC-3", "INC-10", "INC-1"]),
        ("<b>", ["INC-3"]),
        ("nothing like it", []),
    ],
)
def test_search_finds_what_every_word_is_in(open_page: Callable[..., Page], words: str, found: list[str]) -> None:
    """Title, id, severity, service, day and missed rules, without regard to capitals and accents."""
    page = open_page()
    page.get_by_label("Search").fill(words)
    assert listed(page) == found
    assert page.get_by_role("status").inner_text() == f"{len(found)} of 4 incidents"


def test_severities_filter_together(open_page: Callable[..., Page]) -> None:
    """Two boxes show both; none shows all; one without a severity has a box of its own."""
    page = open_page()
    assert page.get_by_role("checkbox").count() == 4
    page.get_by_role("checkbox", name="SEV1").check()
    assert listed(page) == ["INC-1"]
    page.get_by_role("checkbox", name="SEV3").check()
    assert listed(page) == ["INC-10", "INC-1"]
    page.get_by_role("checkbox", name="SEV1").uncheck()
    page.get_by_role("checkbox", name="SEV3").uncheck()
    page.get_by_role("checkbox", name="no severity").check()
    assert listed(page) == ["INC-3"]


def test_status_and_service_filter(open_page: Callable[..., Page]) -> None:
    """Together with each other."""
    page = open_page()
    page.get_by_label("Status").select_option("resolved")
    page.get_by_label("Service").select_option("payments")
    assert listed(page) == ["INC-2", "INC-1"]


def test_nothing_found_offers_all_again(open_page: Callable[..., Page]) -> None:
    """The table makes room for a sentence and a way back."""
    page = open_page()
    page.get_by_label("Search").fill("zzz")
    assert page.get_by_role("table").count() == 0
    page.locator("#again").click()
    assert len(listed(page)) == 4
    assert page.get_by_role("status").inner_text() == "4 incidents"


def test_a_heading_sorts_and_turns_around(open_page: Callable[..., Page]) -> None:
    """Durations by their seconds; what is unknown comes last both times."""
    page = open_page()
    heading = page.get_by_role("button", name="Time to resolution")
    heading.click()
    assert listed(page) == ["INC-3", "INC-1", "INC-2", "INC-10"]
    heading.click()
    assert listed(page) == ["INC-2", "INC-1", "INC-3", "INC-10"]
    assert page.locator("th[aria-sort=descending]").inner_text() == "Time to resolution"


def test_ids_are_sorted_as_people_count(open_page: Callable[..., Page]) -> None:
    """INC-10 after INC-3, also from the list of a phone."""
    page = open_page(width=390)
    page.get_by_label("Sort by").select_option(label="Incident")
    assert listed(page) == ["INC-1", "INC-2", "INC-3", "INC-10"]


def test_severities_are_sorted_by_rank(open_page: Callable[..., Page]) -> None:
    """The worst first, none last."""
    page = open_page()
    page.get_by_role("button", name="Severity").click()
    assert listed(page) == ["INC-1", "INC-2", "INC-10", "INC-3"]


def test_a_view_can_be_kept_and_passed_on(open_page: Callable[..., Page]) -> None:
    """It stands in the address; an address that makes no sense shows all."""
    page = open_page()
    page.get_by_label("Search").fill("payments")
    page.get_by_role("button", name="Time to resolution").click()
    assert page.url.partition("#")[2] == "search=payments&sort=6"
    again = open_page(wish="#search=payments&sort=-6")
    assert listed(again) == ["INC-2", "INC-1"]
    assert again.get_by_label("Search").input_value() == "payments"
    lost = open_page(wish="#%E0%A4%A&sort=99&severity=SEV9&status=lost&service=none")
    assert listed(lost) == ["INC-3", "INC-10", "INC-2", "INC-1"]


def test_keys_alone_reach_everything(open_page: Callable[..., Page]) -> None:
    """The skip link first, then the trends and the search; a heading sorts with Enter, a link opens the report."""
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the list"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Incidents from 2023-Q1 to 2024-Q4"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "search"
    page.get_by_role("button", name="Began").focus()
    page.keyboard.press("Enter")
    assert listed(page) == ["INC-1", "INC-2", "INC-10", "INC-3"]
    page.get_by_role("link", name="Payment processing outage").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/INC-1.html")


def test_the_trend_report_is_a_link_that_no_filter_hides(open_page: Callable[..., Page]) -> None:
    """It stands above the controls and opens with the keyboard."""
    page = open_page(wish="#search=nothing")
    assert listed(page) == []
    link = page.get_by_role("region", name="Trends").get_by_role("link", name="Incidents from 2023-Q1 to 2024-Q4")
    assert link.bounding_box()["y"] < page.get_by_label("Search").bounding_box()["y"]
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/trends.html")


def test_missed_rules_open_in_their_row(open_page: Callable[..., Page]) -> None:
    """The number opens to the rules."""
    page = open_page()
    page.locator("tbody summary").first.click()
    assert page.get_by_text("Status update every 15 minutes").first.is_visible()


@pytest.mark.parametrize("width", [320, 390, 900])
def test_nothing_makes_a_narrow_page_scroll_sideways(open_page: Callable[..., Page], width: int) -> None:
    """Rows become cards on a phone; between, the table scrolls inside itself."""
    page = open_page(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_card_names_its_numbers(open_page: Callable[..., Page]) -> None:
    """On a phone there are no headings, so each number brings its own."""
    page = open_page(width=390)
    label = "getComputedStyle(document.querySelector('tbody td:nth-of-type(4)'), '::before').content"
    assert page.evaluate(label) == '"Time to detection"'


@pytest.mark.parametrize(("scheme", "colour"), [("light", "rgb(250, 249, 246)"), ("dark", "rgb(18, 20, 23)")])
def test_the_page_takes_the_colours_of_the_scheme(open_page: Callable[..., Page], scheme: str, colour: str) -> None:
    """The tokens of the report's page."""
    assert open_page(scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor") == colour


def test_without_a_script_it_is_a_table(open_page: Callable[..., Page]) -> None:
    """All rows, the newest first, and no controls."""
    page = open_page(has_script=False)
    assert listed(page) == ["INC-3", "INC-10", "INC-2", "INC-1"]
    assert page.get_by_role("search").count() == 0
    assert page.get_by_role("columnheader").count() == 12


def test_paper_has_no_controls(open_page: Callable[..., Page]) -> None:
    """What is filtered is printed, light."""
    page = open_page(scheme="dark", wish="#severity=SEV1")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#controls").is_hidden()
    assert listed(page) == ["INC-1"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
