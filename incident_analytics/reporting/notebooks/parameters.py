"""What may be passed to a notebook: names the template knows, values JSON knows."""

from __future__ import annotations

import ast
import difflib
import keyword
import math
from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode
    from pydantic import BaseModel

JsonScalar: TypeAlias = str | int | float | bool | None
JsonValue: TypeAlias = "JsonScalar | list[JsonScalar]"


def template_parameters(template: NotebookNode) -> tuple[str, ...]:
    """The names a template takes: what its cell tagged `parameters` assigns, in order.

    Read from the syntax tree: papermill's own inference skips a line that holds a second ``=``.

    Raises:
        ParameterError: The cell tagged `parameters` is not plain Python.
    """
    for cell in template.cells:
        if cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", []):
            return _assigned_names(str(cell.source))
    return ()


def _assigned_names(source: str) -> tuple[str, ...]:
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise ParameterError(
            "the cell tagged parameters cannot be read", expected="plain Python assignments", found=source
        ) from error
    targets: list[ast.expr] = []
    for statement in statements:
        if isinstance(statement, ast.Assign):
            targets += statement.targets
        elif isinstance(statement, ast.AnnAssign):
            targets.append(statement.target)
    return tuple(target.id for target in targets if isinstance(target, ast.Name))


def parameters_from(model: BaseModel) -> dict[str, JsonValue]:
    """A pydantic model as notebook parameters; dates, paths and amounts become their JSON text.

    Raises:
        ParameterError: A field is not a JSON scalar or a list of them.
    """
    return {name: _checked_value(name, value) for name, value in model.model_dump(mode="json").items()}


def checked_parameters(template: NotebookNode, parameters: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The parameters, once each name is one the template takes and each value is plain JSON.

    papermill pastes names into code unchecked, only warns about unknown ones, and turns an object
    it does not know into code by its ``str()``: a path with a quote in it runs as a statement.

    Raises:
        ParameterError: A name the template does not take, or a value that is not a JSON scalar or list.
    """
    known = template_parameters(template)
    for name in parameters:
        _check_name(name, known)
    return {name: _checked_value(name, value) for name, value in parameters.items()}


def _check_name(name: object, known: tuple[str, ...]) -> None:
    if type(name) is not str or not name.isidentifier() or keyword.iskeyword(name):
        raise ParameterError("a notebook parameter has no usable name", expected="a Python name", found=str(name))
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise ParameterError(
            "the notebook takes no such parameter",
            expected=f"one of {', '.join(known)}" if known else "no parameters",
            found=name,
            nearest=f"did you mean {near[0]}?" if near else "",
        )


def _checked_value(name: str, value: object) -> JsonValue:
    if type(value) is list:
        return [_checked_scalar(name, item) for item in value]
    return _checked_scalar(name, value)


def _checked_scalar(name: str, value: object) -> JsonScalar:
    # The exact type, not isinstance: a subclass of str may print as something else than it holds.
    if value is None or type(value) is bool or type(value) is int:
        return value
    if type(value) is float and math.isfinite(value):
        return value
    if type(value) is str and _is_unicode(value):
        return value
    raise ParameterError(
        f"parameter {name} cannot be passed to a notebook",
        expected="text, a finite number, true, false, null or a list of these",
        found=f"{type(value).__name__} {value!r}",
    )


def _is_unicode(text: str) -> bool:
    # A lone surrogate (half of a broken file name) cannot be written to a notebook file.
    return not any("\ud800" <= character <= "\udfff" for character in text)
