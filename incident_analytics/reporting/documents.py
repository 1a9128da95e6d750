"""The documents of a run notebook: page, Markdown with pictures, PDF and JSON, each written whole."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.atomic_write import atomic_write
from incident_analytics.errors import ReportError
from incident_analytics.reporting.blocks import Callout
from incident_analytics.reporting.narrative.citations import stale_sentences
from incident_analytics.reporting.narrative.filling import markdown_cell
from incident_analytics.reporting.narrative.stamps import stamp_of
from incident_analytics.reporting.pages.assets import write_shared_assets
from incident_analytics.reporting.pages.chromium import draw_pictures, find_browser, print_pdf
from incident_analytics.reporting.pages.html import render_html
from incident_analytics.reporting.pages.markdown import render_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from nbformat import NotebookNode

    from incident_analytics.reporting.pages.assets import Assets

NO_BROWSER = "no Chromium or Chrome was found, so the Markdown has no pictures; the HTML page has them"


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be written.

    Args:
        name: The name of the files, without an ending.
        title: The title of the window.
        notebook: The run notebook.
        numbers: The JSON twin.
        displayed: The headline numbers as shown, by metric.
    """

    name: str
    title: str
    notebook: NotebookNode
    numbers: Mapping[str, object]
    displayed: Mapping[str, str]


def rendered(
    document: Document, *, out: Path, formats: Sequence[str], assets: Assets
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Writes the documents asked for; their paths in that order, and what to tell the person.

    Raises:
        ReportError: A PDF was asked for and there is no browser, or the browser failed; the others are written, and
            the error names them.
    """
    page = with_stale_sentences(document.notebook, document.displayed)
    notes: list[str] = []
    writers: dict[str, Callable[[], Path]] = {
        "html": lambda: _html(document, page, out, assets),
        "md": lambda: _markdown(document, page, out, notes),
        "pdf": lambda: atomic_write(out / f"{document.name}.pdf", print_pdf(page, title=document.title)),
        "json": lambda: atomic_write(out / f"{document.name}.json", _json(document.numbers)),
    }
    paths: list[Path] = []
    refused: ReportError | None = None
    for name in dict.fromkeys(formats):
        try:
            paths.append(writers[name]())
        except ReportError as error:
            refused = error
    if refused is not None:
        written = f"written are {', '.join(map(str, paths))}" if paths else ""
        nearest = "; ".join(part for part in (refused.nearest, written) if part)
        raise ReportError(
            refused.message, where=refused.where, expected=refused.expected, found=refused.found, nearest=nearest
        )
    return tuple(paths), tuple(notes)


def with_stale_sentences(notebook: NotebookNode, displayed: Mapping[str, str]) -> NotebookNode:
    """A copy for the page, with a note below each text that cites a number which has changed since.

    Its cells are the notebook's own: they are only read.
    """
    marked = copy.copy(notebook)
    cells = []
    for cell in notebook.cells:
        cells.append(cell)
        stamp = stamp_of(cell)
        if stamp is None or not stamp.section or stamp.invitation:
            continue
        stale = stale_sentences(str(cell.source), stamp.numbers, displayed)
        for number, sentence in enumerate(stale, start=1):
            text = f"“{sentence.sentence.strip()}” cites {sentence.then}; the number is now {sentence.now}."
            note = markdown_cell("", f"{cell.id}-stale-{number}")
            note.source = Callout("A number in this text has changed.", text).markdown()
            cells.append(note)
    marked.cells = cells
    return marked


def _html(document: Document, page: NotebookNode, out: Path, assets: Assets) -> Path:
    if assets == "shared":
        write_shared_assets(out)
    return atomic_write(out / f"{document.name}.html", render_html(page, assets=assets, title=document.title))


def _markdown(document: Document, page: NotebookNode, out: Path, notes: list[str]) -> Path:
    pictures = draw_pictures(page, title=document.title)
    if not pictures and find_browser() is None:
        notes.append(NO_BROWSER)
    folder = f"{document.name}_figures"
    addresses = {}
    for name, content in pictures.items():
        atomic_write(out / folder / f"{name}.svg", content)
        addresses[name] = f"{folder}/{name}.svg"
    text = render_markdown(page, title=document.title, pictures=addresses)
    return atomic_write(out / f"{document.name}.md", text)


def _json(numbers: Mapping[str, object]) -> str:
    return json.dumps(numbers, indent=2, ensure_ascii=False) + "\n"
