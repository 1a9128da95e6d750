"""A run notebook made by hand, with the content of the runbook's example and hostile words in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go
import pytest

from incident_analytics.reporting.blocks import (
    Block,
    Callout,
    Check,
    Checks,
    Code,
    Column,
    FigureBlock,
    Folded,
    Footer,
    Header,
    Lead,
    Mark,
    Paragraph,
    Pill,
    Question,
    Questions,
    Receipt,
    Receipts,
    SeverityMark,
    Table,
    Tile,
    Tiles,
)
from incident_analytics.reporting.pages.assets import write_shared_assets
from incident_analytics.reporting.pages.chromium import find_browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

HOSTILE = "<script>alert('title')</script>"
ACCENT, WARN, LINE2, INK, INK2 = "#14578C", "#A5380B", "#8F8A80", "#17191C", "#464B52"
NUMBER = "right"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(find_browser()), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page from its file; an outside request or a message in the console fails the test at its end."""
    wrong: list[str] = []
    contexts = []

    def opened(content: str, *, width: int = 1280, scheme: str = "light", wish: str = "", refused: str = "") -> Page:
        (tmp_path / "page.html").write_text(content, encoding="utf-8")
        write_shared_assets(tmp_path)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: None if refused and refused in message.text else wrong.append(f"console: {message.text}"),
        )
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                wrong.append(f"request: {request.url}")
                if not request.url.startswith(("file:", "data:", "blob:"))
                else None
            ),
        )
        page.goto((tmp_path / "page.html").as_uri() + wish)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def shown(*blocks: Block) -> list[dict[str, object]]:
    """The outputs of a cell that shows these blocks."""
    return [{"output_type": "display_data", "data": block._repr_mimebundle_(), "metadata": {}} for block in blocks]


def code(identity: str, outputs: list[dict[str, object]], *tags: str) -> dict[str, object]:
    """A run code cell."""
    return {
        "cell_type": "code",
        "id": identity,
        "source": "secret_code()",
        "metadata": {"tags": list(tags)},
        "execution_count": 1,
        "outputs": outputs,
    }


def words(identity: str, source: str, *tags: str) -> dict[str, object]:
    """A markdown cell."""
    return {"cell_type": "markdown", "id": identity, "source": source, "metadata": {"tags": list(tags)}}


def notebook_of(*cells: dict[str, object]) -> dict[str, object]:
    """A notebook of format 4.5."""
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}


def timeline() -> FigureBlock:
    """The phases and milestones of the example."""
    figure = go.Figure()
    phases = [
        ("14:12:40", "14:15", "#DDE9F4", INK, ""),
        ("14:15", "14:18", "#8DB6DA", INK, ""),
        ("14:18", "14:25", "#2F74AD", "#FAF9F6", ""),
        ("14:25", "15:02", "#0E3B61", "#FAF9F6", "Mitigation, 37 min"),
        ("15:02", "15:45", "#8DB6DA", INK, "Watch, 43 min"),
    ]
    annotations: list[dict[str, object]] = []
    for start, end, colour, ink, label in phases:
        figure.add_shape(
            x0=f"2024-01-15 {start}", x1=f"2024-01-15 {end}", y0=0, y1=0.8, fillcolor=colour, line={"width": 0}
        )
        if label:
            middle = f"2024-01-15 {'14:43:30' if start == '14:25' else '15:23:30'}"
            annotations.append(
                {"x": middle, "y": 0.4, "text": f"<b>{label}</b>", "showarrow": False, "font": {"color": ink}}
            )
    milestones = [
        ("14:12:40", 5, "<b>14:12:40 first failed payments</b>", WARN),
        ("14:15", 4, "14:15 alert triggered", ACCENT),
        ("14:18", 3, "14:18 IC assigned", ACCENT),
        ("14:25", 2, "14:25 root cause identified", ACCENT),
        ("14:40", 1.2, "14:40 pool resized to 50", ACCENT),
        ("15:02", 5, "<b>15:02 back to baseline</b>", WARN),
    ]
    for at, height, label, colour in milestones:
        when = f"2024-01-15 {at}"
        figure.add_shape(type="line", x0=when, x1=when, y0=0.8, y1=height, line={"color": LINE2, "width": 1})
        figure.add_trace(go.Scatter(x=[when], y=[height], mode="markers", marker={"color": colour, "size": 8}))
        annotations.append({"x": when, "y": height, "text": label, "showarrow": False, "xanchor": "left", "xshift": 8})
    phone = {"height": 300, "xaxis.nticks": 4, "annotations[1].text": "<b>Watch</b>", "margin": {"l": 8, "r": 8}}
    phone |= {"annotations[2].text": "<b>14:12:40 failures</b>", "annotations[7].text": "<b>15:02 normal</b>"}
    figure.update_layout(
        annotations=annotations,
        height=260,
        margin={"l": 8, "r": 24, "t": 16, "b": 32},
        yaxis={"visible": False, "range": [-0.2, 5.6]},
        xaxis={"range": ["2024-01-15 14:10", "2024-01-15 15:48"], "tickformat": "%H:%M"},
        meta={"phone": phone},
    )
    return FigureBlock(
        figure,
        alt="Timeline: trouble began 14:12:40, alert 14:15, resolved 15:45",
        caption=f"Phases and milestones, UTC. Bold points were measured. {HOSTILE}",
    )


def panel(title: str, low: float, high: float) -> FigureBlock:
    """One metric, three hours at 30 seconds, with the incident shaded and its baseline named."""
    times = [f"2024-01-15 {13 + m // 120:02d}:{m // 2 % 60:02d}:{m % 2 * 30:02d}" for m in range(360)]
    values = [low if 145 <= minute < 240 else high + (minute * 7919 % 13 - 6) * high / 200 for minute in range(360)]
    figure = go.Figure(go.Scatter(x=times, y=values, mode="lines", line={"color": ACCENT, "width": 1.8}))
    figure.add_vrect(x0="2024-01-15 14:15", x1="2024-01-15 15:45", fillcolor="#DDE9F4", line_width=0, layer="below")
    figure.add_vline(x="2024-01-15 14:12:40", line={"color": WARN, "width": 1.5})
    figure.add_hline(y=high, line={"color": LINE2, "dash": "dot", "width": 1})
    figure.add_annotation(
        x=1, xref="paper", y=high, text=f"baseline {high:g}", showarrow=False, xanchor="left", xshift=6
    )
    figure.add_annotation(
        x=0,
        xref="paper",
        y=1.18,
        yref="paper",
        text=f"<b>{title}</b>",
        showarrow=False,
        xanchor="left",
        font={"color": INK},
    )
    figure.update_layout(
        height=180, margin={"t": 30, "r": 100, "l": 40, "b": 28}, yaxis={"rangemode": "tozero", "nticks": 3}
    )
    figure.update_layout(meta={"phone": {"xaxis": {"nticks": 4}, "margin": {"r": 104}}}, xaxis={"tickformat": "%H:%M"})
    return FigureBlock(figure, alt=f"{title}: falls at 14:12:40", caption="Shaded: the incident as recorded.")


def tiles() -> Tiles:
    """The six numbers of the example."""
    return Tiles(
        (
            Tile(
                "Time to detection",
                (("0", "s"),),
                Mark("doubtful"),
                "measured 2 min 20 s",
                "First failed payments 14:12:40 to alert 14:15:00.",
                "time_to_detection",
            ),
            Tile(
                "Time to acknowledgment",
                (("3", "min"),),
                Mark("met"),
                "target under 5 min",
                ("Alert 14:15 ", Code("incident.yaml:17"), " to IC assigned 14:18 ", Code("incident.yaml:19"), "."),
                "time_to_acknowledgment",
            ),
            Tile(
                "Time to resolution", (("1", "h"), ("30", "min")), None, "mitigated after 49 min", "Declared 90 agrees."
            ),
            Tile("Users affected", "15,000", None, "14,210 counted in logs", "Distinct user ids with a failed charge."),
            Tile("Revenue impact", "$45,000", None, "$41k to $52k measured, 90 %", "Orders against the baseline."),
            Tile("People involved", "unknown", Mark("unknown", "nobody named"), "", "No roles.", is_known=False),
        )
    )


def impact() -> Table:
    """Recorded beside measured."""
    return Table(
        "Recorded beside measured. The record is never overwritten.",
        (Column("What"), Column("Recorded", NUMBER), Column("Measured", NUMBER), Column("Difference", NUMBER)),
        (
            ("Start", "14:15:00", "14:12:40", "2 min 20 s earlier"),
            ("End of customer impact", "15:45:00", "15:02:10", "42 min 50 s earlier"),
            ("Users affected", "15,000", "14,210", "790 fewer"),
            ("Revenue lost", "$45,000", "$41k to $52k", Mark("agrees")),
        ),
    )


def checks() -> Checks:
    """Rules in most of the states."""
    return Checks(
        (
            Check("met", "Acknowledged within 5 minutes", "3 min after the alert", ("incident.yaml:19",)),
            Check("missed", "Status update every 15 minutes", "2 of 6 on time, longest silence 38 min"),
            Check("not_evidenced", "Escalated within 5 minutes", "no escalation event in record, chat or pager export"),
            Check("not_applicable", "Cache cleared and circuit breakers reset", "applies after a rollback"),
            Check("pending", "Post-mortem held within 48 hours", "due 17 Jan 15:45"),
            Check("manual", "Team on standby", "nobody can read this from files"),
            Check("invalid", "Ended after it began", "resolved before started", ("incident.yaml:7",)),
        ),
        "4 met, 2 missed, 1 not evidenced.",
    )


def questions() -> Questions:
    """One open question, one answered."""
    return Questions(
        (
            Question("What was tried between 14:25 and 15:45?", "The record is silent for 80 minutes."),
            Question("What would have shown the trouble earlier?", "The pool was full at 14:12:28.", "A **gauge**."),
        )
    )


def actions() -> Table:
    """Action items, one of them hostile."""
    columns = (Column("Item"), Column("Owner"), Column("Due"), Column("Before it can be tracked"))
    return Table(
        "3 items, none ready to be tracked",
        columns,
        (
            (
                "Add monitoring for connection pool",
                None,
                None,
                (Pill("no owner"), Pill("no due date"), Pill("no ticket")),
            ),
            (f"Implement auto-scaling {HOSTILE}", None, None, (Pill("no owner"), Pill("unbounded"))),
            ("Update runbook | all of it", None, None, (Pill("no owner"), Pill("vague: which part?"))),
        ),
    )


def log_lines() -> Table:
    """Log lines, one of them hostile."""
    return Table(
        "Most frequent messages during the incident",
        (Column("Message"), Column("Lines", NUMBER)),
        (
            (Code("no connection available in pool (timeout <*> ms)"), "8,214"),
            (Code("user agent <script>alert('log')</script> \u202e refused"), "3"),
        ),
    )


def receipts() -> Receipts:
    """Two receipts with places."""
    return Receipts(
        (
            Receipt(
                "time_to_detection",
                "Time to detection",
                "0 s",
                (("Definition", "started_at to detected_at"), ("From", ("14:15 UTC ", Code("incident.yaml:5")))),
            ),
            Receipt(
                "time_to_acknowledgment",
                "Time to acknowledgment",
                "3 min",
                (("Definition", "detected_at to acknowledged_at"), ("To", ("14:18 UTC ", Code("incident.yaml:19")))),
            ),
        )
    )


def failure() -> list[dict[str, object]]:
    """The output of a cell that raised."""
    return [
        {
            "output_type": "error",
            "ename": "ValueError",
            "evalue": "<b>bad</b>",
            "traceback": ["\x1b[0;31mValueError\x1b[0m: <b>bad</b>"],
        }
    ]


def postmortem_cells() -> list[dict[str, object]]:
    """The cells of the example, in the order of a post-mortem."""
    header = Header(
        "Post-mortem · INC-2024-001",
        f"Payment processing outage {HOSTILE}",
        SeverityMark("SEV1", "critical"),
        ("Resolved", "Mon 15 Jan 2024, 14:15 to 15:45 UTC", "payment-processor", "Draft, review due 17 Jan 15:45"),
    )
    lead = Lead(
        "Payments failed for 90 minutes by the record. The metrics show trouble two minutes before the alert and "
        "normal service again at 15:02. The database connection pool was exhausted."
    )
    callout = Callout("Looks like: database connection pool exhausted.", "For: pool at its limit. A person confirms.")
    return [
        words("how-to", "# How to use this notebook", "notebook-only"),
        code("parameters", [], "parameters"),
        code("header", shown(header, lead, tiles())),
        words("timeline", "## Timeline"),
        code("fig-timeline", shown(timeline())),
        words("impact", "## Impact"),
        code("tab-impact", shown(impact())),
        words("evidence", "## Evidence"),
        code("fig-evidence", shown(panel("Payment success rate, %", 3, 99.6), panel("Orders per minute", 12, 118))),
        code("fig-pool", shown(panel("Database connections in use, of 20", 20, 9), log_lines(), callout)),
        words(
            "factors", "## Contributing factors\n\n<!-- What made this possible? Systems, not people. -->", "narrative"
        ),
        words("lucky", "## Where we were lucky\n\nTraffic was *low* <b>today</b>.\n\n- one\n- two", "narrative"),
        words("questions", "## Questions for the review"),
        code("ask", shown(questions())),
        words("actions", "## Action items"),
        code("tab-actions", shown(actions())),
        words("runbook", "## Runbook"),
        code("conformance", shown(Paragraph("4 met, 2 missed, 1 not evidenced, 1 not applicable."), checks())),
        words("quality", "## Data quality"),
        code("findings", shown(Folded("Ledger", (impact(), log_lines(), actions())))),
        words("receipts", "## Receipts"),
        code("receipt-list", shown(receipts(), Footer("Made from data/INC-2024-001, as of 2024-01-16 09:00 UTC."))),
    ]


@pytest.fixture
def postmortem() -> dict[str, object]:
    """The whole example, run without a failure."""
    return notebook_of(*postmortem_cells())


@pytest.fixture
def broken_postmortem() -> dict[str, object]:
    """The example with an Evidence section that raised, and what papermill writes around a failure."""
    cells = [
        words("3c1", '<span style="color:red">An Exception was encountered</span>', "papermill-error-cell-tag"),
        *postmortem_cells(),
    ]
    return notebook_of(*(code("fig-pool", failure()) if cell["id"] == "fig-pool" else cell for cell in cells))


@pytest.fixture
def make_notebook() -> Callable[..., dict[str, object]]:
    """A notebook of the given cells."""
    return notebook_of
