"""Everything a report needs, loaded before the first fork, so that no child loads it again."""

from __future__ import annotations

import contextlib
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.errors import RunbookError
from incident_analytics.reporting.notebooks.import_guard import guard

if TYPE_CHECKING:
    from incident_analytics.reporting.batch.asked import Asked

# What a report imports only when it comes to it.
_LATE = (
    "polars",
    "IPython.core.logger",
    "incident_analytics.sources.database",
    "incident_analytics.sources.logs",
    "incident_analytics.sources.metrics",
    "incident_analytics.reporting.batch.one_report",
    "incident_analytics.reporting.post_mortem.twin",
    "incident_analytics.reporting.publishing",
    "incident_analytics.reporting.sections",
    "narwhals._namespace",
    "narwhals._polars.dataframe",
    "narwhals._polars.group_by",
    "narwhals._polars.namespace",
    "narwhals.group_by",
    "narwhals.stable.v2",
    "plotly.io",
)


def warm_up(asked: Asked) -> None:
    """Import what a report imports, and prepare what all reports share, such as the runbook and its patterns.

    Polars is imported and nothing more: a query here would start its threads, which no child would have.

    Args:
        asked: What the reports are asked for.

    Raises:
        ReportError: The folder for the documents cannot be written.
    """
    guard()
    for name in _LATE:
        importlib.import_module(name)
    _draw_nothing()
    _render_nothing(asked)
    _read_runbook(asked)  # last: Python keeps the 512 youngest patterns, and these are most of a report's


def _read_runbook(asked: Asked) -> None:
    """What it says, and its compiled patterns, are kept by the process that reads it."""
    from incident_analytics.model.runbook import load_runbook  # noqa: PLC0415 -- only before a batch
    from incident_analytics.sources.finding import own_runbook  # noqa: PLC0415

    with contextlib.suppress(RunbookError):  # each report says what is wrong with it
        load_runbook(asked.runbook or own_runbook())


def _draw_nothing() -> None:
    """Plotly imports a class, and reads what it may hold, when it is first used."""
    import plotly.graph_objects as go  # noqa: PLC0415 -- only before a batch

    marker = {"line": {"width": 0}}
    drawn = go.Figure([go.Bar(x=[0], y=[0], marker=marker), go.Scatter(x=[0], y=[0], line={"width": 1}, marker=marker)])
    drawn.add_annotation(text="", x=0, y=0, font={"size": 1})
    drawn.add_shape(type="line", line={"width": 1})
    drawn.update_layout(xaxis={"tickfont": {"size": 1}}, yaxis={"tickfont": {"size": 1}}, margin={"l": 0})
    drawn.to_json()


def _render_nothing(asked: Asked) -> None:
    """The first notebook and the first page load the most: a shell, a template, the shared files of pages."""
    import nbformat  # noqa: PLC0415 -- only before a batch

    from incident_analytics.reporting.notebooks.run import run_template  # noqa: PLC0415
    from incident_analytics.reporting.pages.assets import write_shared_assets  # noqa: PLC0415
    from incident_analytics.reporting.pages.html import render_html  # noqa: PLC0415

    cell: dict[str, object] = {"cell_type": "code", "id": "a", "metadata": {}, "source": "0", "outputs": []}
    words: dict[str, object] = {"cell_type": "markdown", "id": "b", "metadata": {}, "source": "- *a*"}
    cells = [{**cell, "execution_count": None}, words]
    template = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    run = run_template(nbformat.from_dict(template), {}, working_directory=Path.cwd())  # type: ignore[no-untyped-call]
    nbformat.reads(nbformat.writes(run.notebook), as_version=4)  # type: ignore[no-untyped-call]
    if "html" in asked.formats:
        render_html(run.notebook, assets=asked.assets, title="")
        if asked.assets == "shared":
            write_shared_assets(asked.out)
