"""Reads a mapping.yaml; what cannot be followed is told with its line and the nearest right answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from incident_analytics.errors import ParameterError, RecordError
from incident_analytics.model.runbook_errors import nearest_word, readable
from incident_analytics.safe_yaml import decoded, load_documents
from incident_analytics.sources.histories.mapping import Column, Filter, Mapping, Rows, Statuses

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.model.runbook_part import Part
    from incident_analytics.safe_yaml import Document


def load_mapping(path: Path, runbook: Runbook) -> Mapping:
    """The mapping of a YAML file.

    Args:
        path: The file.
        runbook: Names the severities that words may be mapped to.

    Raises:
        ParameterError: The file is missing, is not YAML, or has a key or value that cannot be followed; the line says
            where.
    """
    where = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ParameterError("there is no such mapping", where=where, found=error.strerror or "") from None
    try:
        documents = load_documents(decoded(data, where=where), where=where)
    except RecordError as error:
        raise ParameterError(error.message, where=error.where, expected=error.expected, found=error.found) from None
    if len(documents) != 1 or not isinstance(documents[0].value, dict):
        raise ParameterError("this is not a mapping", where=where, expected="keys such as columns, zone and rows")
    parts: dict[str, type[Part]] = {"rows": Rows, "filters": Filter, "statuses": Statuses, "columns": Column}
    try:
        mapping = Mapping.model_validate(documents[0].value)
    except ValidationError as error:
        told = readable(error, documents[0], where, parts, Mapping)
        raise ParameterError(told.message, where=told.where, found=told.found, nearest=told.nearest) from None
    _severities_are_known(mapping, runbook, documents[0], where)
    return mapping


def _severities_are_known(mapping: Mapping, runbook: Runbook, document: Document, where: str) -> None:
    for word, severity in mapping.severities.items():
        if severity not in runbook.severities:
            raise ParameterError(
                f"severities.{word}: there is no such severity",
                where=f"{where}:{document.line(('severities', word))}",
                expected=", ".join(runbook.severities),
                found=severity,
                nearest=nearest_word(severity, runbook.severities).removeprefix("; "),
            )
