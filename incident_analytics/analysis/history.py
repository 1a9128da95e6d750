"""Loads a history with its milestones as our definitions find them: from fields, else from a timeline's words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.milestones import milestones
from incident_analytics.errors import ParameterError
from incident_analytics.model.instants import read_instant
from incident_analytics.model.runbook import Runbook, load_runbook
from incident_analytics.sources import histories
from incident_analytics.sources.finding import data_folders, own_runbook
from incident_analytics.sources.histories.inputs import DERIVED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from incident_analytics.model.incident import Incident, TimelineEntry
    from incident_analytics.model.instants import Instant
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.sources.histories import History
    from incident_analytics.sources.histories.history import Drills


def load_incidents(
    *paths: str | Path,
    mapping: str | Path | None = None,
    runbook: Runbook | str | Path | None = None,
    as_of: str | datetime | None = None,
    drills: Drills = "left out",
    catalog: str | Path | None = DERIVED,
) -> History:
    """The incidents of folders and files, one row each, with a ledger of what became of every row.

    Read are bundles, and folders of them; records as YAML, JSON or NDJSON; tables as CSV, Excel or Parquet, with
    columns named as our fields or explained by a mapping. A milestone without a field is found in the words of the
    timeline, and an incident that was resolved again after a reopening counts as resolved the last time. What was
    read is kept in a catalog, so that the next load of the same files costs next to nothing.

    Args:
        paths: Files, bundles, or folders of them. One that is not here is looked up in the folders around and in
            their ``data``, so that a notebook finds it wherever it runs.
        mapping: The mapping.yaml that explains the columns of tables (docs/formats.md). With one, JSON and Markdown
            files are tables too.
        runbook: The runbook or its file; by default as for `open_bundle`.
        as_of: What came after this instant had not happened yet: later incidents are left out and counted, later
            milestones are missing. None takes everything. A day means its last instant; a text without a zone is
            read in that of the runbook's calendar.
        drills: Whether drills are left out, and counted, or kept.
        catalog: Folder of the catalogs; a relative one lies in the folder of the first path. None keeps none.

    Returns:
        ``frame`` has the columns of docs/columns.md; ``ledger`` what became of every row; ``findings`` what is
        doubtful about the whole; ``as_of`` the instant it is seen from.

    Raises:
        ParameterError: The mapping cannot be followed, or an instant has no zone.
        SourceError: There is no such path, a file that is named cannot be read, or a column is missing.
        BundleError: Two incidents have one id.
    """
    policy = runbook if isinstance(runbook, Runbook) else load_runbook(Path(runbook) if runbook else own_runbook())

    def told_milestones(incident: Incident, entries: Sequence[TimelineEntry]) -> Mapping[str, Anchor]:
        return milestones(incident, merged_timeline(incident, policy, entries), policy)

    return histories.load_incidents(
        *(_found(Path(path).expanduser()) for path in paths),
        mapping=_found(Path(mapping).expanduser()) if mapping else None,
        runbook=policy,
        as_of=as_of_given(as_of, policy),
        drills=drills,
        milestones=told_milestones,
        catalog=catalog,
    )


def as_of_given(written: str | datetime | None, runbook: Runbook) -> datetime | None:
    """The instant to look back from, as a person wrote it; of a day its last.

    Raises:
        ParameterError: It is none.
    """
    if written is None or written == "":
        return None
    return instant_given(written, runbook, "as_of").latest


def instant_given(written: str | datetime, runbook: Runbook, name: str) -> Instant:
    """An instant, or a day as the range of its instants, as a person wrote it.

    Raises:
        ParameterError: It is neither.
    """
    instant = read_instant(written, runbook.zone_rules(runbook.calendar.zone))
    if instant is None:
        raise ParameterError(name, expected="a time such as 2024-01-01T00:00:00Z", found=str(written))
    return instant


def _found(path: Path) -> Path:
    """The path itself where it leads somewhere, else the first of that name around here."""
    if path.is_absolute() or path.exists():
        return path
    around = (near / path for folder in data_folders(None) for near in (folder, folder.parent))
    return next((each for each in around if each.exists()), path)
