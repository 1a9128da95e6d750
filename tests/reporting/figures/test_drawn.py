"""Tests of the figures as a browser draws them: nothing clipped, nothing over another, nothing too small."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from incident_analytics.analysis.history import load_incidents
from incident_analytics.analysis.phases import phases
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.incident_rate import rate_trend
from incident_analytics.analysis.trends.mix import mix_of
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.analysis.trends.targets import response_targets
from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.figures import (
    Panel,
    Series,
    error_rate_figure,
    metric_panels_figure,
    timeline_figure,
    users_figure,
)
from incident_analytics.reporting.figures.incident_rate import incident_rate_figure
from incident_analytics.reporting.figures.mix import mix_figure
from incident_analytics.reporting.figures.targets import targets_figure
from incident_analytics.reporting.pages.chromium import find_browser
from incident_analytics.reporting.pages.html import render_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.events import Event
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.reporting.blocks.figure import FigureBlock

    Moment = Callable[..., datetime]

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What is wrong with the words of each figure, as the browser has set them.
FAULTS = """() => {
  const faults = [];
  document.querySelectorAll(".figure").forEach((figure, number) => {
    const edge = figure.querySelector(".plot").getBoundingClientRect();
    const words = [...figure.querySelectorAll(".plot text")].filter(text => text.textContent.trim());
    const boxes = words.map(text => ({ text: text.textContent, at: text.getBoundingClientRect(),
      size: parseFloat(getComputedStyle(text).fontSize) })).filter(box => box.at.width);
    boxes.forEach(({ text, at, size }, place) => {
      if (at.left < edge.left - 1 || at.right > edge.right + 1 || at.top < edge.top - 1 || at.bottom > edge.bottom + 1)
        faults.push(`${number} clipped: ${text}`);
      if (size < 12) faults.push(`${number} small: ${text}`);
      boxes.slice(place + 1).forEach(other => {
        const beside = at.right <= other.at.left + 1 || other.at.right <= at.left + 1;
        const apart = at.bottom <= other.at.top + 3 || other.at.bottom <= at.top + 3;
        if (!beside && !apart) faults.push(`${number} overlap: ${text} | ${other.text}`);
      });
    });
  });
  return faults;
}"""


def timelines(moment: Moment, row: Callable[..., Event], known_at: Callable[..., dict[str, Anchor]]) -> list[Any]:
    """An ordinary one, a crowded one, an open one, one of three days, one of two minutes."""
    known = {"started_at": moment(14, 15), "detected_at": moment(14, 15), "acknowledged_at": moment(14, 18)}
    ordinary = known_at(**known, diagnosed_at=moment(14, 25), mitigated_at=moment(15, 2), resolved_at=moment(15, 45))
    crowd = [row(moment(14, 5 + number * 2), f"Something of length {'x' * (number * 3)}") for number in range(25)]
    crowd += [
        row(moment(15, 2), "Idle database session terminated"),
        row(moment(13, 58), "2.31.0 deployed", "deployed"),
    ]
    days = known_at(started_at=moment(22, 10), detected_at=moment(23, 40), resolved_at=moment(21, 0, day=18))
    minutes = known_at(started_at=moment(14, 15), detected_at=moment(14, 15, 20), resolved_at=moment(14, 17))
    cases = [(ordinary, []), (ordinary, crowd), (known_at(**known), crowd), (days, crowd), (minutes, [])]
    return [
        timeline_figure(
            phases=phases(anchors, as_of=moment(16, 5)), anchors=anchors, events=events, silences=(), zone="UTC"
        )
        for anchors, events in cases
    ]


def evidence(moment: Moment) -> list[Any]:
    """Errors of five services, metrics with long names and close lines, users."""
    at = tuple(moment(13, 0) + timedelta(minutes=number) for number in range(180))
    window = (moment(14, 15), moment(15, 45))
    errors = pl.DataFrame({"minute_at": at, "errors": [number % 50 for number in range(180)], "error_share": 0.2})
    services = pl.concat([errors.with_columns(service=pl.lit(f"service-{number}")) for number in range(6)])
    close = tuple(Series(f"pod {number}", at, tuple(9.0 + number / 10 for _ in at)) for number in range(4))
    panels = [
        Panel("A metric whose name no telephone can show whole", "bytes", (Series("a", at, (1.5e9,) * 180),), 1.2e9),
        Panel("Connections", "", close, 9.5, note="at its limit of 20 from 14:12:28 to 14:40:00"),
    ]
    users = pl.DataFrame({"minute_at": at[75:], "users_affected": [number * 100 for number in range(1, 106)]})
    return [
        error_rate_figure(errors, by_service=services, window=window, zone="UTC", onset=moment(14, 12, 40)),
        metric_panels_figure(panels, window=window, zone="America/New_York"),
        users_figure(users, recorded=10_400, window=window, zone="UTC"),
    ]


def trends() -> list[Any]:
    """The sample history by quarter, by month with its ends cut off, and by week."""
    history = load_incidents(ROOT / "data/history/incidents.ndjson", catalog=None)
    scope = Scope(datetime(2024, 1, 1, tzinfo=UTC))
    since, until = datetime(2022, 2, 10, tzinfo=UTC), datetime(2023, 12, 10, tzinfo=UTC)
    scopes = (scope, replace(scope, period="month", since=since, until=until), replace(scope, period="week"))
    found = []
    for each in (cohort(history.frame, scope, load_runbook()) for scope in scopes):
        found.append(incident_rate_figure(rate_trend(each), caption="Rate."))
        found += [
            mix_figure(mix_of(each, column), title="Mix", names={}, caption="Mix.")
            for column in ("severity", "detected_by")
        ]
        found.append(targets_figure(response_targets(each, load_runbook()), caption="Targets."))
    return found


def page_of(figures: list[FigureBlock]) -> str:
    """A page that shows the figures one below the other."""
    outputs = [
        {"output_type": "display_data", "data": figure._repr_mimebundle_(), "metadata": {}} for figure in figures
    ]
    cell = {"cell_type": "code", "id": "figures", "source": "", "metadata": {}, "execution_count": 1}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{**cell, "outputs": outputs}]}
    return render_html(notebook, assets="inline", title="Figures")


def test_words_are_whole_and_apart_on_every_screen(
    tmp_path: Path, moment: Moment, row: Callable[..., Event], known_at: Callable[..., dict[str, Anchor]]
) -> None:
    """From a phone of 360 px to a page of 1136 px, on both sides of where the layout changes."""
    browser = find_browser()
    if browser is None:
        pytest.skip("no Chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    figures = [*timelines(moment, row, known_at), *evidence(moment), *trends()]
    target = tmp_path / "figures.html"
    target.write_text(page_of(figures), encoding="utf-8")
    said: list[str] = []
    faults: dict[int, list[str]] = {}
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(browser), args=["--no-sandbox"])
        for width in (360, 640, 680, 820, 1136):
            page = chromium.new_page(viewport={"width": width, "height": 900})
            page.on("console", lambda message: said.append(message.text))
            page.goto(f"{target.as_uri()}#all")
            page.wait_for_function("document.querySelectorAll('.plot .main-svg').length >= 60")
            faults[width] = page.evaluate(FAULTS)
            page.close()
        chromium.close()
    assert faults == {360: [], 640: [], 680: [], 820: [], 1136: []}
    assert said == []
