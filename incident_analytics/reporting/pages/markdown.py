"""A run notebook as Markdown: pipe tables, pictures of the figures, no raw HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks.escape import (
    markdown_code,
    markdown_text,
    markdown_without_tags,
    printable,
)
from incident_analytics.reporting.blocks.figure import figure_markdown
from incident_analytics.reporting.pages.arrangement import arranged, figure_in, text_of
from incident_analytics.reporting.pages.person import narrative

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incident_analytics.reporting.pages.arrangement import Cell


def render_markdown(notebook: Mapping[str, object], *, title: str, pictures: Mapping[str, str] | None = None) -> str:
    """The notebook as Markdown: its words, tables and figures, never its code.

    Args:
        notebook: A run notebook of format 4, as a mapping.
        title: The first heading, where the notebook shows no `Header`.
        pictures: For each figure's name (`arrangement.PageFigure`) the address of its picture relative
            to the document. A figure without one is shown by its text alternative.
    """
    arrangement = arranged(notebook)
    parts = [] if arrangement.has_masthead() else [f"# {markdown_text(title)}"]
    if arrangement.failed:
        names = ", ".join(markdown_text(name) for name in arrangement.failed.values())
        parts.append(f"> **This report is partial.** Could not be generated: {names}.")
    for cell in arrangement.cells:
        parts += [part for part in _parts(cell, pictures or {}) if part.strip()]
    return "\n\n".join(parts) + "\n"


def _parts(cell: Cell, pictures: Mapping[str, str]) -> Iterator[str]:
    metadata = cell["metadata"]
    page = metadata["page"] if isinstance(metadata, dict) else {}
    if page["section"] is not None:
        yield f"## {markdown_text(page['section']['title'])}"
    if cell["cell_type"] == "markdown":
        source = text_of(cell["source"])
        yield narrative(source).markdown() if page["narrative"] else markdown_without_tags(source)
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        yield _output(output, pictures)


def _output(output: Mapping[str, object], pictures: Mapping[str, str]) -> str:
    if output.get("output_type") == "error":
        said = markdown_code(f"{output.get('ename')}: {output.get('evalue')}")
        return f"> **This section could not be generated.** {said}"
    if output.get("output_type") == "stream":
        return _fenced(text_of(output.get("text"))) if output.get("name") == "stdout" else ""
    spec = figure_in(output)
    if spec is not None:
        metadata = output["metadata"]
        name = str(metadata["figure"]) if isinstance(metadata, dict) else ""
        return figure_markdown(spec, pictures.get(name, ""))
    data = output.get("data")
    data = data if isinstance(data, dict) else {}
    if "text/markdown" in data:
        return markdown_without_tags(text_of(data["text/markdown"]))
    return _fenced(text_of(data.get("text/plain")))


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{printable(text).rstrip()}\n{fence}" if text.strip() else ""
