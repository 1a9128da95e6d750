"""What a notebook cell remembers about where its text came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

KEY = "incident_analytics"
NARRATIVE_TAG = "narrative"
Origin: TypeAlias = Literal["template", "person"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The note in a cell's metadata.

    Args:
        origin: Who made the cell: the `template`, or a `person`.
        cell: The cell's own id; a copy of the cell carries the stamp but has another id.
        seed: The sha256 of the source that was put there.
        section: The section whose text it shows; empty for other cells.
        invitation: The words that stand there while the section is empty.
        numbers: Displayed numbers by name, as of the time the section's text was last edited.
    """

    origin: Origin
    cell: str = ""
    seed: str = ""
    section: str = ""
    invitation: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)

    def put_on(self, cell: NotebookNode) -> None:
        """Write it into a cell's metadata, keeping what else stands there."""
        note: dict[str, object] = {"origin": self.origin}
        if self.origin == "template":
            note |= {"cell": self.cell, "seed": self.seed}
        if self.section:
            note |= {"section": self.section, "numbers": dict(self.numbers)}
        if self.invitation:
            note["invitation"] = self.invitation
        kept = {name: value for name, value in _note(cell.metadata).items() if name not in _NAMES}
        cell.metadata[KEY] = kept | note


_NAMES = frozenset({"origin", "cell", "seed", "section", "numbers", "invitation"})


def seed_of(source: str) -> str:
    """The sha256 of a cell's source."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def stamp_of(cell: NotebookNode) -> Stamp | None:
    """The stamp of a cell, or None where it has none that can be read.

    Args:
        cell: Any cell; people can edit metadata, so nothing about it is taken for granted.
    """
    note = _note(cell.metadata)
    origin = note.get("origin")
    if origin == "person":
        return Stamp("person")
    if origin != "template" or not isinstance(note.get("seed"), str):
        return None
    return Stamp(
        "template",
        cell=str(note.get("cell", "")),
        seed=str(note["seed"]),
        section=str(note.get("section", "")),
        invitation=str(note.get("invitation", "")),
        numbers=_texts(note.get("numbers")),
    )


def id_of(cell: NotebookNode) -> str:
    """The id of a cell; empty in notebooks older than nbformat 4.5, which have none."""
    return str(cell.get("id", ""))


def section_of(cell: NotebookNode) -> str:
    """The section a template's cell shows: tagged `narrative`, its id in the metadata; else empty."""
    if NARRATIVE_TAG not in cell.metadata.get("tags", []):
        return ""
    return str(_note(cell.metadata).get("section", ""))


def title_of(cell: NotebookNode) -> str:
    """The title a template gives to a section, for a document that does not have it yet; may be empty."""
    return str(_note(cell.metadata).get("title", ""))


def shown_numbers(notebook: NotebookNode) -> dict[str, str]:
    """The numbers a notebook displayed when it was made."""
    return _texts(_note(notebook.metadata).get("numbers"))


def remember_shown_numbers(notebook: NotebookNode, numbers: Mapping[str, str]) -> None:
    """Write the displayed numbers into the notebook's metadata."""
    notebook.metadata[KEY] = _note(notebook.metadata) | {"numbers": dict(numbers)}


def _note(metadata: Mapping[str, object]) -> dict[str, object]:
    note = metadata.get(KEY)
    return dict(note) if isinstance(note, dict) else {}


def _texts(value: object) -> dict[str, str]:
    return {str(name): str(text) for name, text in value.items()} if isinstance(value, dict) else {}
