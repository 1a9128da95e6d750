"""The papermill engine `incident-fast`, as papermill finds it.

papermill loads every registered engine while it is itself half imported, so what the entry point names
stays light: it knows papermill and IPython only once a notebook runs. The engine proper is in `in_process.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

ENGINE_NAME = "incident-fast"
# A section may fail without taking the rest of the report along; the other is Jupyter's own word for it.
FORGIVING_TAGS = frozenset({"section", "raises-exception"})


def is_forgiving(cell: NotebookNode) -> bool:
    """Whether the notebook goes on when this cell fails."""
    return not FORGIVING_TAGS.isdisjoint(cell.metadata.get("tags", []))


class IncidentFastEngine:
    """Runs the cells in this process; for ``papermill --engine incident-fast`` and `run_template`."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **options: object) -> NotebookNode:
        """Run the notebook as papermill asks; papermill.engines.Engine has the options."""
        from incident_analytics.reporting.notebooks.in_process import InProcessEngine  # noqa: PLC0415  # see above

        executed: NotebookNode = InProcessEngine.execute_notebook(nb, kernel_name, **options)
        return executed

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """The kernel the notebook names; Python's where it names none."""
        return name or str(nb.metadata.get("kernelspec", {}).get("name", "python3"))

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:  # noqa: ARG003  # papermill's signature
        """Always Python: the cells run in this process."""
        return language or "python"
