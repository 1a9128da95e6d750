"""The log lines that a person names: an incident's evidence, a log file, or a folder of them."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Final

from incident_analytics.errors import SourceError
from incident_analytics.sources.bundle import Bundle
from incident_analytics.sources.histories.inputs import DERIVED
from incident_analytics.sources.logs import LogReading, read_logs
from incident_analytics.sources.named_evidence import bundle_or_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.sources.logs.prefilter import Wanted


LARGE_BYTES: Final = 64 << 20  # below that, reading all takes seconds and tells what could not be understood


def open_logs(
    named: str | Path,
    *,
    data: str | Path | None = None,
    zone: str | None = None,
    wanted: Sequence[Wanted] = (),
    cache: str | Path | None = DERIVED,
    redact: bool = False,
) -> LogReading:
    """The log lines of an incident (by id, folder, zip or record file), of a log file, or of a folder of log files.

    An incident's are without the values of queries, and without secrets, where its runbook asks for that.

    Args:
        named: What a person names.
        data: Where ids are looked up first.
        zone: The zone of times written without one; an incident's own by default.
        wanted: Which records are wanted, any of these: files of 64 MiB and more are searched for them, and only they
            are read. Smaller ones are read whole, as are those whose values are redacted, so the caller filters too.
        cache: Folder where a large file that was read whole is kept in Parquet, so that the next question need not
            read it; a relative one lies beside the files. None keeps none.
        redact: Whether to leave out both, whatever a runbook says.

    Raises:
        BundleError: There is no such incident.
        SourceError: There are no log lines, or a file cannot be opened.
        ParameterError: There is no such zone.
    """
    bundle = bundle_or_files(named, data)
    if not isinstance(bundle, Bundle):
        files, root = bundle
        reading = _read(files, root, zone, None, () if redact else wanted, cache)
        return _redacted(reading, queries=redact, secrets=redact)
    if not bundle.contents.logs:
        raise SourceError("there are no logs among this incident's files", where=str(named))
    root = bundle.folder or bundle.record_file.parent
    queries, secrets = redact or bundle.redact_queries, redact or bundle.redact_secrets
    searched = () if queries or secrets else wanted
    reading = _read(bundle.contents.logs, root, zone or bundle.zone, bundle.start, searched, cache)
    return _redacted(reading, queries=queries, secrets=secrets)


def _redacted(reading: LogReading, *, queries: bool, secrets: bool) -> LogReading:
    if not queries and not secrets:
        return reading
    from incident_analytics.sources.redacted_logs import redacted_logs  # noqa: PLC0415 -- 20 ms, seldom asked

    return redacted_logs(reading, queries=queries, secrets=secrets)


def _read(
    files: Sequence[Path],
    root: Path,
    zone: str | None,
    around: datetime | None,
    wanted: Sequence[Wanted],
    cache: str | Path | None,
) -> LogReading:
    if not any(map(_is_large, files)):
        return read_logs(files, root=root, zone=zone, around=around)
    import polars as pl  # noqa: PLC0415 -- loaded by now

    from incident_analytics.sources.kept_logs import read_logs_once  # noqa: PLC0415 -- for large files alone

    parts: list[LogReading] = []
    for is_large, group in itertools.groupby(files, _is_large):
        if is_large and cache is not None:
            folder = root / Path(cache).expanduser()
            parts += [
                read_logs_once(file, root=root, folder=folder, zone=zone, around=around, wanted=wanted)
                for file in group
            ]
        else:
            parts.append(read_logs(list(group), root=root, zone=zone, around=around, wanted=wanted))
    return LogReading(
        pl.concat([part.frame for part in parts]),
        tuple(file for part in parts for file in part.files),
        tuple(finding for part in parts for finding in part.findings),
        sum(part.left_out for part in parts),
    )


def _is_large(file: Path) -> bool:
    return file.is_file() and file.stat().st_size >= LARGE_BYTES
