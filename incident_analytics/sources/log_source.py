"""The log lines that a person names: an incident's evidence, a log file, or a folder of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.errors import SourceError
from incident_analytics.sources.bundle import Bundle
from incident_analytics.sources.logs import read_logs
from incident_analytics.sources.named_evidence import bundle_or_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from incident_analytics.sources.logs.prefilter import Wanted
    from incident_analytics.sources.logs.reading import LogReading


LARGE_BYTES: Final = 64 << 20  # below that, reading all takes seconds and tells what could not be understood


def open_logs(
    named: str | Path, *, data: str | Path | None = None, zone: str | None = None, wanted: Sequence[Wanted] = ()
) -> LogReading:
    """The log lines of an incident (by id, folder, zip or record file), of a log file, or of a folder of log files.

    An incident's are without the values of queries where its runbook asks for that.

    Args:
        named: What a person names.
        data: Where ids are looked up first.
        zone: The zone of times written without one; an incident's own by default.
        wanted: Which records are wanted, any of these: files of 64 MiB and more are searched for them, and only they
            are read. Smaller ones are read whole, as are those whose values are redacted, so the caller filters too.

    Raises:
        BundleError: There is no such incident.
        SourceError: There are no log lines, or a file cannot be opened.
        ParameterError: There is no such zone.
    """
    bundle = bundle_or_files(named, data)
    if not isinstance(bundle, Bundle):
        files, root = bundle
        return read_logs(files, root=root, zone=zone, wanted=wanted if _are_large(files) else ())
    if not bundle.contents.logs:
        raise SourceError("there are no logs among this incident's files", where=str(named))
    root = bundle.folder or bundle.record_file.parent
    logs = bundle.contents.logs
    searched = wanted if _are_large(logs) and not bundle.redact_queries else ()
    reading = read_logs(logs, root=root, zone=zone or bundle.zone, around=bundle.start, wanted=searched)
    if bundle.redact_queries:
        from incident_analytics.sources.redacted_logs import redacted_logs  # noqa: PLC0415 -- 20 ms, seldom asked

        return redacted_logs(reading)
    return reading


def _are_large(files: Sequence[Path]) -> bool:
    return sum(file.stat().st_size for file in files if file.is_file()) >= LARGE_BYTES
