"""Notebook parameters: the attacks papermill lets through, and the misspellings it only warns about."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from pydantic import BaseModel

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.notebooks.parameters import (
    checked_parameters,
    parameters_from,
    template_parameters,
)

SOURCE = 'bundle: str = "INC-2024-001"  # id or path\nas_of = None\ntop: int = 10\nquery = "a=b"\n'
TEMPLATE = new_notebook(cells=[new_code_cell(SOURCE, id="parameters", metadata={"tags": ["parameters"]})])


def test_template_parameters_are_what_the_tagged_cell_assigns() -> None:
    """Also a default with an equals sign, which papermill's own inference skips."""
    assert template_parameters(TEMPLATE) == ("bundle", "as_of", "top", "query")


def test_template_without_tagged_cell_takes_nothing() -> None:
    """Passing anything to it is an error that says so."""
    bare = new_notebook(cells=[new_code_cell("bundle = 1", id="a")])
    assert template_parameters(bare) == ()
    with pytest.raises(ParameterError, match="expected no parameters, found 'bundle'"):
        checked_parameters(bare, {"bundle": "x"})


def test_parameters_cell_that_is_not_python_is_named() -> None:
    """A magic in the parameters cell cannot be checked, so it is refused."""
    odd = new_notebook(cells=[new_code_cell("%time x = 1", id="p", metadata={"tags": ["parameters"]})])
    with pytest.raises(ParameterError, match="expected plain Python assignments"):
        template_parameters(odd)


def test_misspelt_name_is_an_error_with_the_nearest() -> None:
    """Papermill only warns, and the report silently shows another incident."""
    with pytest.raises(ParameterError, match="found 'bundel'; did you mean bundle\\?"):
        checked_parameters(TEMPLATE, {"bundel": "INC-42"})


@pytest.mark.parametrize("name", ["a=1;PWNED", "top\n", "", "class", "top ", "__import__('os')"])
def test_name_that_is_code_is_refused(name: str) -> None:
    """Papermill pastes names into the cell as they are."""
    with pytest.raises(ParameterError, match="expected a Python name"):
        checked_parameters(TEMPLATE, {name: 2})


class _Sly(str):
    """A string that prints as something else."""

    __slots__ = ()

    def encode(self, *_: object) -> bytes:
        """Break out of the quotes."""
        return b'"; PWNED = 1; x = "'


@pytest.mark.parametrize(
    "value",
    [
        Path('x"; PWNED = 1; y = "'),
        _Sly("harmless"),
        dt.date(2024, 1, 15),
        dt.datetime(2024, 1, 15, tzinfo=dt.UTC),
        dt.timedelta(hours=1),
        Decimal("1.5"),
        (1, 2),
        {1, 2},
        b"bytes",
        {"a": 1},
        [["nested"]],
        [Path("x")],
        float("nan"),
        float("inf"),
        "half a surrogate \ud83d",
    ],
    ids=lambda value: type(value).__name__,
)
def test_value_that_json_does_not_know_is_refused(value: object) -> None:
    """Papermill turns these into code or silently into text."""
    with pytest.raises(ParameterError, match="parameter bundle cannot be passed to a notebook"):
        checked_parameters(TEMPLATE, {"bundle": value})  # type: ignore[dict-item]


def test_plain_values_pass_unchanged() -> None:
    """Quotes, newlines, backslashes, emoji and line separators are papermill's to escape, and it does."""
    values = {"bundle": "a\"b'\n\\ \U0001f600 \u2028 {{x}}", "as_of": None, "top": 3, "query": ["a", 1.5, True]}
    assert checked_parameters(TEMPLATE, values) == values


def test_model_becomes_json_scalars() -> None:
    """Paths, dates and amounts leave as their JSON text, never as objects."""

    class Parameters(BaseModel):
        bundle: Path
        as_of: dt.datetime
        amount: Decimal
        tags: tuple[str, ...]

    model = Parameters(
        bundle=Path('a"b'), as_of=dt.datetime(2024, 1, 15, tzinfo=dt.UTC), amount=Decimal("1.50"), tags=("x",)
    )
    assert parameters_from(model) == {
        "bundle": 'a"b',
        "as_of": "2024-01-15T00:00:00Z",
        "amount": "1.50",
        "tags": ["x"],
    }


def test_model_with_a_mapping_is_refused() -> None:
    """Only scalars and lists of them go into a notebook."""

    class Parameters(BaseModel):
        bundle: dict[str, int]

    with pytest.raises(ParameterError, match="parameter bundle cannot be passed"):
        parameters_from(Parameters(bundle={"a": 1}))
