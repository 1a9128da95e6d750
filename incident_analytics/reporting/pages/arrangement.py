"""A run notebook put in order for a page: sections with anchors, failures, figures with names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.reporting.blocks.figure import PLOTLY
from incident_analytics.reporting.blocks.header import MASTHEAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Cell: TypeAlias = dict[str, object]

# What papermill adds around a failure, and what a template's author keeps out of pages.
LEFT_OUT = frozenset({"papermill-error-cell-tag", "remove_cell", "remove-cell", "notebook-only"})
NARRATIVE = "narrative"
SECTION = re.compile(r"##\s+(?P<title>.+?)(?:\s*\{#(?P<anchor>[0-9A-Za-z_-]+)\})?\s*#*\s*")
FENCE = re.compile(r"\s{0,3}(```|~~~)")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: where it stands, and what it is called."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class PageFigure:
    """A figure of the page: its name there, and itself as plotly's JSON."""

    name: str
    spec: Mapping[str, object]


@dataclass(slots=True)
class Arrangement:
    """A notebook in the order of a page.

    Args:
        cells: Its cells. A section's heading is taken out of its markdown cell; ``metadata.page`` says
            which ``section`` a cell opens (anchor and title, or None) and whether its text is a person's
            (``narrative``). Outputs that are figures carry their name in ``metadata.figure``.
        sections: The sections from top to bottom.
        failed: What could not be made, by anchor: sections, or cells before the first one.
        figures: The figures from top to bottom.
    """

    cells: list[Cell] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    figures: list[PageFigure] = field(default_factory=list)

    def has_masthead(self) -> bool:
        """Whether a `Header` is shown, which brings the page's first heading."""
        outputs = [output for cell in self.cells for output in _outputs(cell)]
        return any(MASTHEAD in text_of(_data(output).get("text/html")) for output in outputs)

    def _add(self, cell: Cell, section: Section | None) -> None:
        if section is not None:
            self.sections.append(section)
        outputs = [self._with_name(str(cell["id"]), output) for output in _outputs(cell)]
        if any(output.get("output_type") == "error" for output in outputs):
            here = self.sections[-1] if self.sections else Section(str(cell["id"]), "the beginning of the page")
            self.failed[here.anchor] = here.title
        page = {
            "section": None if section is None else {"anchor": section.anchor, "title": section.title},
            "narrative": NARRATIVE in _tags(cell),
        }
        whole = {**cell, "metadata": {**_metadata(cell), "page": page}}
        self.cells.append({**whole, "outputs": outputs} if cell.get("cell_type") == "code" else whole)

    def _with_name(self, identity: str, output: Mapping[str, object]) -> Mapping[str, object]:
        spec = figure_in(output)
        if spec is None:
            return output
        taken = {figure.name for figure in self.figures}
        self.figures.append(PageFigure(_free(identity, taken), spec))
        return {**output, "metadata": {**_metadata(output), "figure": self.figures[-1].name}}


def arranged(notebook: Mapping[str, object]) -> Arrangement:
    """The notebook's cells in the order of a page.

    A ``##`` heading in a markdown cell opens a section. Its anchor is ``{#anchor}`` at the heading's
    end; or the id of the cell, for a heading the cell begins with; or is made from its words.

    Args:
        notebook: A notebook of format 4, as a mapping; it is left as it is.
    """
    arrangement = Arrangement()
    taken: set[str] = set()
    for number, cell in enumerate(_wanted(notebook), start=1):
        identity = str(cell.get("id") or f"cell-{number}")
        if cell.get("cell_type") != "markdown":
            arrangement._add({**cell, "id": _free(identity, taken)}, None)  # noqa: SLF001 - same module
            continue
        for place, (heading, text) in enumerate(_split(text_of(cell.get("source")))):
            section = None
            if heading is not None:
                title = heading["title"]
                wished = heading["anchor"] or (identity if place == 0 else _slug(title))
                section = Section(_free(wished, taken), title)
            own = section.anchor if section else _free(f"{identity}-text", taken)
            arrangement._add({**cell, "id": own, "source": text}, section)  # noqa: SLF001 - same module
    return arrangement


def figure_in(output: Mapping[str, object]) -> Mapping[str, object] | None:
    """The figure of a cell's output as plotly's JSON, or None where the output is something else."""
    spec = _data(output).get(PLOTLY)
    return spec if isinstance(spec, dict) else None


def text_of(value: object) -> str:
    """Text of a notebook file, where a list of lines may stand for it."""
    return "".join(str(line) for line in value) if isinstance(value, list) else str(value or "")


def _wanted(notebook: Mapping[str, object]) -> Iterator[Cell]:
    cells = notebook.get("cells")
    for cell in cells if isinstance(cells, list) else []:
        if cell.get("cell_type") in {"markdown", "code"} and not LEFT_OUT & _tags(cell):
            yield dict(cell)


def _tags(cell: Mapping[str, object]) -> set[str]:
    tags = _metadata(cell).get("tags")
    return {str(tag) for tag in tags} if isinstance(tags, list) else set()


def _data(output: Mapping[str, object]) -> dict[str, object]:
    data = output.get("data")
    return dict(data) if isinstance(data, dict) else {}


def _metadata(thing: Mapping[str, object]) -> dict[str, object]:
    metadata = thing.get("metadata")
    return dict(metadata) if isinstance(metadata, dict) else {}


def _outputs(cell: Mapping[str, object]) -> list[Mapping[str, object]]:
    outputs = cell.get("outputs")
    return list(outputs) if isinstance(outputs, list) else []


def _split(source: str) -> list[tuple[re.Match[str] | None, str]]:
    pieces: list[tuple[re.Match[str] | None, list[str]]] = [(None, [])]
    fence = ""
    for line in source.splitlines():
        mark = FENCE.match(line)
        if mark is not None and fence in {"", mark.group(1)}:
            fence = "" if fence else mark.group(1)
        heading = None if fence else SECTION.fullmatch(line)
        if heading is None:
            pieces[-1][1].append(line)
        else:
            pieces.append((heading, []))
    kept = [(heading, "\n".join(lines).strip()) for heading, lines in pieces]
    return [piece for piece in kept if piece[0] is not None or piece[1]]


def _slug(title: str) -> str:
    return re.sub(r"\W+", "-", title.lower()).strip("-") or "section"


def _free(wished: str, taken: set[str]) -> str:
    anchor, number = wished, 1
    while anchor in taken:
        number += 1
        anchor = f"{wished}-{number}"
    taken.add(anchor)
    return anchor
