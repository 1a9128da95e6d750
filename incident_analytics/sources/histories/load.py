"""Loads a history of incidents from whatever people keep them in, with a ledger of every row."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.errors import ParameterError
from incident_analytics.model.measurement import Finding
from incident_analytics.model.runbook import Runbook, load_runbook
from incident_analytics.sources.finding import own_runbook
from incident_analytics.sources.histories.catalog import Catalog, Kept, catalog_key
from incident_analytics.sources.histories.fingerprints import fingerprint
from incident_analytics.sources.histories.history import History, View, seen
from incident_analytics.sources.histories.inputs import DERIVED, find_inputs
from incident_analytics.sources.histories.mapping_file import load_mapping
from incident_analytics.sources.histories.reading import HistoryReader
from incident_analytics.sources.histories.schema import recorded_milestones

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.sources.histories.history import Drills
    from incident_analytics.sources.histories.inputs import Input
    from incident_analytics.sources.histories.mapping import Mapping
    from incident_analytics.sources.histories.schema import Milestones


def load_incidents(
    *paths: str | Path,
    mapping: str | Path | None = None,
    runbook: Runbook | str | Path | None = None,
    as_of: datetime | None = None,
    drills: Drills = "left out",
    milestones: Milestones | None = None,
    catalog: str | Path | None = DERIVED,
) -> History:
    """The incidents of folders and files, one row each, with a ledger of what became of every row.

    Read are bundles, and folders of them; records as YAML, JSON or NDJSON; tables as CSV, Excel or Parquet, with
    columns named as our fields or explained by a mapping. What was read is kept in a catalog, so that the next load
    of the same files costs next to nothing.

    Args:
        paths: Files, bundles, or folders of them.
        mapping: The mapping.yaml that explains the columns of tables (docs/formats.md). With one, JSON and Markdown
            files are tables too.
        runbook: The runbook or its file; by default as for `open_bundle`.
        as_of: What came after this instant had not happened yet: later incidents are left out and counted, later
            milestones are missing. None takes everything.
        drills: Whether drills are left out, and counted, or kept.
        milestones: Finds the milestones of a record, given the incident and the entries of its timeline.csv; by
            default only those are known that have a field of their own.
        catalog: Folder of the catalogs; a relative one lies in the folder of the first path. None keeps none.

    Raises:
        ParameterError: The mapping cannot be followed, or an instant has no zone.
        SourceError: There is no such path, a file that is named cannot be read, or a column is missing.
        BundleError: Two incidents have one id.
    """
    if as_of is not None and as_of.tzinfo is None:
        raise ParameterError("as_of has no zone", expected="an instant such as 2024-07-01T00:00:00Z", found=str(as_of))
    named = [Path(path).expanduser() for path in paths]
    policy = runbook if isinstance(runbook, Runbook) else load_runbook(Path(runbook) if runbook else own_runbook())
    columns = load_mapping(Path(mapping).expanduser(), policy) if mapping is not None else None
    inputs = find_inputs(named, columns)
    place = _catalog(named, columns, policy, milestones, catalog) if named and catalog is not None else None
    files = [file for each in inputs for file in each.files]
    kept = place.kept(files) if place else None
    findings: tuple[Finding, ...] = ()
    if kept is None:
        kept = _read(inputs, files, HistoryReader(policy, columns, milestones or recorded_milestones))
        if place and not place.keep(kept):
            message = "the catalog cannot be written there, so the next load reads everything again"
            findings = (Finding("catalog-unwritten", "info", message, None, str(place.folder)),)
    has_rule = columns is not None and bool(columns.rows.last_by)
    history = seen(kept.frame, kept.ledger, View(as_of, drills, has_rule), policy)
    return replace(
        history,
        findings=history.findings + findings,
        fingerprints=kept.fingerprints,
        inputs=tuple(inputs),
        runbook=policy,
        is_as_of_given=as_of is not None,
    )


def _read(inputs: Sequence[Input], files: Sequence[tuple[Path, str]], reader: HistoryReader) -> Kept:
    # Fingerprints come first: a file that changes while it is read is then another one the next time.
    fingerprints = tuple(fingerprint(path, name) for path, name in files)
    for each in inputs:
        reader.take(each)
    frame = reader.frame()
    return Kept(frame, reader.ledger(), fingerprints)


def _catalog(
    paths: Sequence[Path], mapping: Mapping | None, runbook: Runbook, milestones: Milestones | None, folder: str | Path
) -> Catalog:
    named = [str(path.resolve()) for path in paths]
    told = f"{getattr(milestones, '__module__', '')}.{getattr(milestones, '__qualname__', '')}" if milestones else ""
    policy = hashlib.sha256(runbook.model_dump_json().encode()).hexdigest()
    key = catalog_key(*named, mapping.model_dump_json() if mapping else "", policy, told)
    first = paths[0] if paths[0].is_dir() else paths[0].parent
    return Catalog(first / Path(folder).expanduser(), key)
