"""The evidence of one kind that a person names: an incident's, a file, or a folder of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.errors import BundleError, RecordError, SourceError
from incident_analytics.sources.bundle import Bundle
from incident_analytics.sources.contents import record_in
from incident_analytics.sources.finding import open_bundle

if TYPE_CHECKING:
    from incident_analytics.sources.database import DatabaseReading
    from incident_analytics.sources.metrics import SampleReading

_ZIPS = (".zip",)
_RECORDS = (".yaml", ".yml", ".json", ".ndjson", ".jsonl")
_SIDECAR = ".query.yaml"


def open_database(
    named: str | Path, *, data: str | Path | None = None, zone: str | None = None, redact: bool = False
) -> DatabaseReading:
    """The database's state of an incident, of a file of PostgreSQL's answer, or of a folder of them.

    Args:
        named: What a person names.
        data: Where ids are looked up first.
        zone: The zone of times written without one; an incident's own by default.
        redact: Whether to take the values out of queries; an incident's runbook may ask for it too.

    Raises:
        BundleError: There is no such incident.
        SourceError: There is no state of a database.
        ParameterError: There is no such zone.
    """
    from incident_analytics.sources.database import read_database  # noqa: PLC0415 -- polars loads only when needed

    found = bundle_or_files(named, data)
    if isinstance(found, Bundle):
        _some(found.contents.database, named, "answers of a database")
        redact = redact or found.redact_queries
        root = found.folder or found.record_file.parent
        return read_database(found.contents.database, root=root, zone=zone or found.zone, redact=redact)
    files, root = found
    return read_database(files, root=root, zone=zone, redact=redact)


def open_samples(named: str | Path, *, data: str | Path | None = None, zone: str | None = None) -> SampleReading:
    """The monitoring samples of an incident, of one file, or of a folder of files.

    Args:
        named: What a person names.
        data: Where ids are looked up first.
        zone: The zone of times written without one; an incident's own by default.

    Raises:
        BundleError: There is no such incident.
        SourceError: There are no samples.
        ParameterError: There is no such zone.
    """
    from incident_analytics.sources.metrics import read_samples  # noqa: PLC0415 -- polars loads only when needed

    found = bundle_or_files(named, data)
    if isinstance(found, Bundle):
        _some(found.contents.metrics, named, "monitoring answers")
        root = found.folder or found.record_file.parent
        return read_samples(found.contents.metrics, root=root, zone=zone or found.zone, window=found.window)
    files, root = found
    beside = [file.with_name(file.name.partition(".")[0] + _SIDECAR) for file in files]
    return read_samples([*files, *(file for file in beside if file.is_file())], root=root, zone=zone)


def bundle_or_files(named: str | Path, data: str | Path | None) -> Bundle | tuple[list[Path], Path]:
    """The incident that a person names, or else the files and the folder they are named relative to.

    Raises:
        BundleError: There is no such incident.
        SourceError: The folder holds no files.
    """
    path = Path(named)
    if path.is_dir() and record_in(path) is None:
        files = [
            file
            for file in sorted(path.rglob("*"))
            if file.is_file() and not file.name.startswith(".") and file.relative_to(path).parts[0] != "derived"
        ]
        return _some(files, named, "files in this folder"), path
    if path.is_file() and not _is_record(path):
        return [path], path.parent
    return open_bundle(named, data=data)


def _some(files: list[Path], named: str | Path, what: str) -> list[Path]:
    if not files:
        raise SourceError(f"there are no {what}", where=str(named))
    return files


def _is_record(path: Path) -> bool:
    """Whether a file holds an incident; lines of JSON may be either."""
    if path.suffix.lower() in _ZIPS:
        return True
    if path.suffix.lower() not in _RECORDS:
        return False
    try:
        _ = open_bundle(path).record
    except (RecordError, BundleError, SourceError):
        return path.suffix.lower() in _RECORDS[:2]
    return True
