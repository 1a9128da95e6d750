"""What is doubtful about a bundle as a folder: its name, its records, and files that are not what was received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.contents import RECORD_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incident_analytics.errors import SourceError
    from incident_analytics.model.incident import Incident
    from incident_analytics.sources.ledger import FileReading
    from incident_analytics.sources.manifest import Integrity


def record_findings(record: Incident, ledger: Iterable[FileReading], *, named: str | None) -> Iterator[Finding]:
    """A folder named otherwise than its record, and a second record that is not read.

    Args:
        record: The record.
        ledger: The files of the bundle.
        named: The folder's name; None where it says nothing, as that of an unpacked zip.
    """
    if named is not None and named.upper() != record.id.upper():
        message = f"the folder is named {named}, the record in it {record.id}"
        yield Finding("id-differs", "info", message, record.fields_read_from.get("id"), record.id, named)
    for line in ledger:
        if line.kind == "other" and line.file in RECORD_NAMES:
            message = f"{line.file} is not read, as another file is the record"
            yield Finding("two-records", "warning", message, Place(line.file))


def manifest_findings(integrity: Integrity, error: SourceError | None) -> Iterator[Finding]:
    """Files that are not what was received, gone, or came later; a manifest that cannot be read."""
    if error is not None:
        yield Finding("manifest-unreadable", "warning", error.message, Place(error.where), "", error.expected)
    for path in integrity.changed:
        yield Finding("evidence-changed", "error", f"{path} is not what was received", Place(path))
    for path in integrity.missing:
        yield Finding("evidence-missing", "error", f"{path} is in the manifest but not here", Place(path))
    for path in integrity.unlisted:
        yield Finding("evidence-unlisted", "info", f"{path} is here but not in the manifest", Place(path))
