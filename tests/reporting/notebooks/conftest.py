"""A way to write tiny templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

TemplateOf: TypeAlias = Callable[..., NotebookNode]


@pytest.fixture
def template_of() -> TemplateOf:
    """Builds a template: a parameters cell, then one code cell for each keyword.

    A name that ends in ``_section`` is tagged `section`; underscores become dashes in ids.
    """

    def build(**sources: str) -> NotebookNode:
        parameters = new_code_cell("bundle: str = 'none'", id="parameters", metadata={"tags": ["parameters"]})
        cells = [
            new_code_cell(
                source,
                id=name.replace("_", "-"),
                metadata={"tags": ["section"]} if name.endswith("_section") else {},
            )
            for name, source in sources.items()
        ]
        return new_notebook(cells=[parameters, *cells])

    return build
