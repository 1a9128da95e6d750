"""The log lines that a person names: an incident's evidence, a log file, or a folder of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.errors import SourceError
from incident_analytics.sources.bundle import Bundle
from incident_analytics.sources.logs import read_logs
from incident_analytics.sources.named_evidence import bundle_or_files

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.sources.logs.reading import LogReading


def open_logs(named: str | Path, *, data: str | Path | None = None, zone: str | None = None) -> LogReading:
    """The log lines of an incident (by id, folder, zip or record file), of a log file, or of a folder of log files.

    An incident's are without the values of queries where its runbook asks for that.

    Args:
        named: What a person names.
        data: Where ids are looked up first.
        zone: The zone of times written without one; an incident's own by default.

    Raises:
        BundleError: There is no such incident.
        SourceError: There are no log lines, or a file cannot be opened.
        ParameterError: There is no such zone.
    """
    bundle = bundle_or_files(named, data)
    if not isinstance(bundle, Bundle):
        files, root = bundle
        return read_logs(files, root=root, zone=zone)
    if not bundle.contents.logs:
        raise SourceError("there are no logs among this incident's files", where=str(named))
    root = bundle.folder or bundle.record_file.parent
    reading = read_logs(bundle.contents.logs, root=root, zone=zone or bundle.zone, around=bundle.start)
    if bundle.redact_queries:
        from incident_analytics.sources.redacted_logs import redacted_logs  # noqa: PLC0415 -- 20 ms, seldom asked

        return redacted_logs(reading)
    return reading
