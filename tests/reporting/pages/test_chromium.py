"""The system's browser: PDF and pictures, and what happens without one."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import ReportError
from incident_analytics.reporting.pages import chromium

if TYPE_CHECKING:
    from pathlib import Path

with_browser = pytest.mark.skipif(chromium.find_browser() is None, reason="no Chromium or Chrome on the PATH")


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A system without any browser."""
    monkeypatch.setenv("PATH", str(tmp_path))


def browser_that(does: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system whose browser is this shell script."""
    program = folder / "chromium"
    program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.usefixtures("no_browser")
def test_pdf_without_a_browser_is_one_clear_line(postmortem: dict[str, object]) -> None:
    """The reader learns what is missing and what to do instead."""
    with pytest.raises(
        ReportError,
        match=r"a PDF needs a browser: expected one of chromium, .* on the PATH; the HTML page can be printed from any",
    ):
        chromium.print_pdf(postmortem, title="x")


@pytest.mark.usefixtures("no_browser")
def test_no_browser_means_no_pictures(postmortem: dict[str, object]) -> None:
    """Markdown is still made, so this is not an error."""
    assert chromium.draw_pictures(postmortem, title="x") == {}


def test_browser_that_fails_is_named_with_its_last_words(
    postmortem: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line it said is the one worth reading."""
    browser_that("echo noise >&2; echo 'no display' >&2; exit 7", tmp_path, monkeypatch)
    with pytest.raises(ReportError, match=r"chromium: the browser failed: found 'no display'"):
        chromium.print_pdf(postmortem, title="x")


def test_browser_that_does_nothing_is_noticed(
    postmortem: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 0 without a result is a failure all the same."""
    browser_that("exit 0", tmp_path, monkeypatch)
    with pytest.raises(ReportError, match="the browser printed nothing"):
        chromium.print_pdf(postmortem, title="x")
    with pytest.raises(ReportError, match="the browser drew no pictures"):
        chromium.draw_pictures(postmortem, title="x")


def test_browser_that_hangs_is_ended(
    postmortem: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report never waits for ever."""
    browser_that("sleep 600", tmp_path, monkeypatch)
    monkeypatch.setattr(chromium, "DEADLINE_SECONDS", 0.2)
    with pytest.raises(ReportError, match=r"the browser took longer than 0\.2 s"):
        chromium.print_pdf(postmortem, title="x")


@with_browser
@pytest.mark.browser
@pytest.mark.slow
def test_pdf_is_tagged_and_the_same_every_time(postmortem: dict[str, object]) -> None:
    """Screen readers find its structure; its pages are A4; the clock is not in it."""
    pdf = chromium.print_pdf(postmortem, title="INC-2024-001")
    assert pdf.startswith(b"%PDF-1.")
    assert b"/MarkInfo <</Type /MarkInfo\n/Marked true>>" in pdf
    assert set(re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)) == {b"0 0 594.95996 841.91998"}
    assert pdf == chromium.print_pdf(postmortem, title="INC-2024-001")


@with_browser
@pytest.mark.browser
def test_pictures_are_drawn_with_words_and_light_colours(postmortem: dict[str, object]) -> None:
    """Every figure of the page by name, as a whole SVG on the light ground."""
    pictures = chromium.draw_pictures(postmortem, title="x")
    assert list(pictures) == ["fig-timeline", "fig-evidence", "fig-evidence-2", "fig-pool"]
    for picture in pictures.values():
        assert ET.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own picture
        assert b"rgb(255, 255, 255)" in picture
    assert b"14:25 root cause identified" in pictures["fig-timeline"]


@with_browser
@pytest.mark.browser
def test_the_same_figures_give_the_same_pictures(postmortem: dict[str, object]) -> None:
    """What plotly names at random is named the same in every run."""
    assert chromium.draw_pictures(postmortem, title="x") == chromium.draw_pictures(postmortem, title="x")


@with_browser
@pytest.mark.browser
def test_pictures_can_be_png(postmortem: dict[str, object]) -> None:
    """For documents whose readers show no SVG."""
    pictures = chromium.draw_pictures(postmortem, title="x", kind="png")
    assert {picture[:8] for picture in pictures.values()} == {b"\x89PNG\r\n\x1a\n"}
