"""The pages that people get, made of the committed notebooks, in a real browser: light, dark, phone and paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incident_analytics.reporting.pages.chromium import find_browser
from incident_analytics.reporting.pages.html import render_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_browser() is None, reason="no Chromium or Chrome on the PATH"),
]
NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
NAMES = ["postmortem", "trends", "explore"]

# Text whose colour stands out less than 4.5 times from what lies behind it (3 for large letters), as WCAG 2 counts.
# Figures have colours of their own, which are tested where they are made.
PALE = """() => {
  const light = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4); };
  const rgb = text => text.match(/[0-9.]+/g).map(Number);
  const lum = c => 0.2126 * light(c[0]) + 0.7152 * light(c[1]) + 0.0722 * light(c[2]);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const pale = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || element.closest("script, style, svg, .sr, .skip")) continue;
    const style = getComputedStyle(element);
    if (!element.getClientRects().length || style.visibility === "hidden") continue;
    const one = lum(rgb(style.color)), two = lum(ground(element));
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 600;
    if (ratio < (size >= 24 || (bold && size >= 18.6) ? 3 : 4.5)) {
      pale.add(`${ratio.toFixed(2)} ${element.className} ${walker.currentNode.textContent.trim().slice(0, 40)}`);
    }
  }
  return [...pale];
}"""
# Letters in figures and drawings that would be read with a magnifier, and words that leave their picture.
SMALL = """() => [...document.querySelectorAll(".plot text, .drawing text")]
  .filter(text => text.textContent.trim() && text.getBoundingClientRect().width)
  .filter(text => parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 1) < 11.5)
  .map(text => text.textContent)"""
CLIPPED = """() => [...document.querySelectorAll(".plot, .drawing")].flatMap(figure => {
  const box = figure.getBoundingClientRect();
  return [...figure.querySelectorAll("text")].filter(text => {
    const own = text.getBoundingClientRect();
    return own.width && (own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1);
  }).map(text => text.textContent);
})"""


def page_of(name: str) -> str:
    """The page of a committed notebook, from its stored outputs."""
    notebook = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    return render_html(notebook, assets="shared", title=name)


def figures(page: Page) -> int:
    """How many figures the page has, once all of them are drawn."""
    count = page.locator(".figure").count()
    page.wait_for_function("count => document.querySelectorAll('.js-plotly-plot').length === count", arg=count)
    return count


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_pages_are_whole_at_every_width_and_in_every_light(
    open_page: Callable[..., Page], name: str, width: int, scheme: str
) -> None:
    """All figures drawn, letters large enough and inside their picture, nothing pale, nothing scrolls sideways."""
    page = open_page(page_of(name), width=width, scheme=scheme, wish="#all")
    assert figures(page) >= 1
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate(PALE) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["postmortem", "trends"])
def test_tables_need_no_scrolling_on_a_phone(open_page: Callable[..., Page], name: str) -> None:
    """Rows of a wide one stand as blocks whose cells name their columns; only maps of many columns still scroll."""
    page = open_page(page_of(name), width=390)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.wait_for_function("document.querySelectorAll('.folded .stacked').length > 0")
    scrolls = """[...document.querySelectorAll(".scroll")]
        .filter(region => region.scrollWidth > region.clientWidth && region.querySelectorAll("thead th").length <= 7)
        .map(region => region.ariaLabel)"""
    assert page.evaluate(scrolls) == []
    unnamed = """[...document.querySelectorAll(".stacked tbody td")].filter(cell => cell.dataset.name === undefined)"""
    assert page.evaluate(unnamed) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function("document.querySelectorAll('.stacked').length === 0")


@pytest.mark.parametrize("name", ["postmortem", "trends"])
def test_pages_can_be_heard(open_page: Callable[..., Page], name: str) -> None:
    """One title; every picture has words, every table a caption, every section a heading; no id stands twice."""
    page = open_page(page_of(name))
    assert page.locator("h1").count() == 1
    assert page.locator('[role="img"]:not([aria-label]), [role="img"][aria-label=""]').count() == 0
    captions = page.locator("table > caption").all_text_contents()
    assert len(captions) == page.locator("table").count()
    assert all(caption.strip() for caption in captions)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))
    leads_nowhere = """[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute("href").slice(1))
        .filter(id => !document.getElementById(id))"""
    assert page.evaluate(leads_nowhere) == []


@pytest.mark.parametrize("name", ["postmortem", "trends"])
def test_pages_fit_the_paper(open_page: Callable[..., Page], name: str) -> None:
    """Printed, nothing is wider than the sheet, and figures are light."""
    page = open_page(page_of(name), width=794, scheme="dark", wish="#all")
    figures(page)
    page.emulate_media(media="print", color_scheme="light")
    wide = """[...document.querySelectorAll("main *")]
        .filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest("script, .sr"))
        .map(each => `${each.tagName} ${each.className}`)"""
    assert page.evaluate(wide) == []
