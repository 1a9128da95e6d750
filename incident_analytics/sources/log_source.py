"""The log lines that a person names: an incident's evidence, a log file, or a folder of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.errors import BundleError, RecordError, SourceError
from incident_analytics.sources.contents import record_in
from incident_analytics.sources.finding import open_bundle
from incident_analytics.sources.logs import read_logs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.sources.logs.reading import LogReading

_ZIPS = (".zip",)
_RECORDS = (".yaml", ".yml", ".json", ".ndjson", ".jsonl")


def open_logs(named: str | Path, *, data: str | Path | None = None, zone: str | None = None) -> LogReading:
    """The log lines of an incident (by id, folder, zip or record file), of a log file, or of a folder of log files.

    Args:
        named: What a person names.
        data: Where ids are looked up first.
        zone: The zone of times written without one; an incident's own by default.

    Raises:
        BundleError: There is no such incident.
        SourceError: There are no log lines, or a file cannot be opened.
        ParameterError: There is no such zone.
    """
    path = Path(named)
    if path.is_dir() and record_in(path) is None:
        files = [file for file in sorted(path.rglob("*")) if file.is_file() and not file.name.startswith(".")]
        return _read(files, path, zone)
    if path.is_file() and not _is_record(path):
        return _read([path], path.parent, zone)
    bundle = open_bundle(named, data=data)
    if not bundle.contents.logs:
        raise SourceError("there are no logs among this incident's files", where=str(named))
    return _read(bundle.contents.logs, bundle.folder or bundle.record_file.parent, zone or bundle.zone, bundle.start)


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


def _read(files: Sequence[Path], root: Path, zone: str | None, around: datetime | None = None) -> LogReading:
    if not files:
        raise SourceError("there are no files in this folder", where=str(root))
    return read_logs(files, root=root, zone=zone, around=around)
