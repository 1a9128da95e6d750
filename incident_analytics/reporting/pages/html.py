"""A run notebook as one HTML page that opens anywhere and asks no other machine for anything."""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from typing import TYPE_CHECKING

from incident_analytics.errors import ReportError
from incident_analytics.reporting.blocks.escape import html_text
from incident_analytics.reporting.blocks.figure import PLOTLY, figure_html
from incident_analytics.reporting.blocks.header import STYLE_END, STYLE_START
from incident_analytics.reporting.blocks.prose import prose_html
from incident_analytics.reporting.notebooks.import_guard import guard
from incident_analytics.reporting.pages.arrangement import Arrangement, arranged, text_of
from incident_analytics.reporting.pages.assets import (
    Assets,
    page_script,
    plotly_address,
    plotly_script,
    script_address,
    script_hash,
    style_address,
)
from incident_analytics.reporting.pages.person import narrative_html
from incident_analytics.reporting.pages.tokens import TEMPLATE, style_sheet, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbconvert.exporters import TemplateExporter
    from nbformat import NotebookNode

# The first of these an output has is shown. nbconvert's own order leaves plotly's figures out.
PRIORITY = [PLOTLY, "text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain"]
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
NOTEBOOK_STYLE = re.compile(re.escape(STYLE_START) + ".*?" + re.escape(STYLE_END), re.DOTALL)


def render_html(notebook: Mapping[str, object], *, assets: Assets, title: str) -> str:
    """The notebook as a page: its words, tables and figures, never its code.

    A section whose cell raised says so in its place, and the page begins with the names of those.

    Args:
        notebook: A run notebook of format 4, as a mapping.
        assets: ``inline`` puts plotly.js into the page, one file of 4.8 MB to send; ``shared`` expects
            it beside the page, where `assets.write_shared_assets` writes it.
        title: The title of the window, and of the page where the notebook shows no `Header`.

    Raises:
        ReportError: The notebook has no cells.
    """
    if not isinstance(notebook.get("cells"), list):
        raise ReportError("not a notebook", expected="a mapping of format 4 with cells")
    guard()
    from nbformat import from_dict  # noqa: PLC0415 - after the guard, and only when a page is made

    arrangement = arranged(notebook)
    node = from_dict({**notebook, "cells": arrangement.cells})  # type: ignore[no-untyped-call]
    page, _ = _exporter().from_notebook_node(node, resources={"page": _facts(arrangement, assets, title)})
    return page


def _facts(arrangement: Arrangement, assets: Assets, title: str) -> dict[str, object]:
    is_shared = assets == "shared"
    script = "" if is_shared else page_script()
    library = plotly_script() if arrangement.figures and not is_shared else ""
    allowed = ["'self'"] if is_shared else [script_hash(source) for source in (script, library) if source]
    # plotly styles its figures as it draws them, so inline styles stay allowed.
    styles = "'unsafe-inline' 'self'" if is_shared else "'unsafe-inline'"
    return {
        "title": title,
        "policy": (
            f"default-src 'none'; script-src {' '.join(allowed)}; style-src {styles}; "
            "img-src data: blob:; base-uri 'none'; form-action 'none'"
        ),
        "sections": arrangement.sections,
        "failed": arrangement.failed,
        "has_masthead": arrangement.has_masthead(),
        "plotly": PLOTLY,
        "style": "" if is_shared else style_sheet(),
        "style_address": style_address() if is_shared else "",
        "scripts": [source for source in (library, script) if source],
        "script_addresses": _addresses(arrangement) if is_shared else [],
        "tokens": json.dumps(tokens(), sort_keys=True, separators=(",", ":")),
    }


def _addresses(arrangement: Arrangement) -> list[str]:
    return [plotly_address(), script_address()] if arrangement.figures else [script_address()]


@cache
def _exporter() -> TemplateExporter:
    # nbconvert's HTMLExporter would load MathJax, require.js and pygments into every page.
    from nbconvert.exporters import TemplateExporter  # noqa: PLC0415 - 0.5 s, only when a page is made
    from traitlets.config import Config  # noqa: PLC0415 - comes with nbconvert

    class PageExporter(TemplateExporter):
        """Renders the copy it has: nbconvert would copy and check it twice more for preprocessors that are all off."""

        def _preprocess(self, nb: NotebookNode, resources: dict[str, object]) -> tuple[NotebookNode, dict[str, object]]:
            return nb, resources

    config = Config()
    config.NbConvertBase.display_data_priority = PRIORITY
    return PageExporter(  # type: ignore[no-untyped-call]
        config=config,
        template_name=TEMPLATE.name,
        template_file="index.html.j2",
        template_extension=".html.j2",
        extra_template_basedirs=[str(TEMPLATE.parent)],
        exclude_input=True,
        filters={
            "html_text": lambda value: html_text(text_of(value)),
            "prose_html": lambda value: prose_html(text_of(value)),
            "narrative_html": narrative_html,
            "figure_html": figure_html,
            "text_base64": lambda value: base64.b64encode(text_of(value).encode()).decode("ascii"),
            "traceback_text": lambda lines: ANSI.sub("", "\n".join(lines)),
            "without_notebook_style": lambda value: NOTEBOOK_STYLE.sub("", text_of(value)),
        },
    )
