"""Finds the bundle that a person names: a folder, a zip, a record file, or an id in a data folder."""

from __future__ import annotations

import os
import zipfile
from difflib import get_close_matches
from pathlib import Path

from incident_analytics.errors import BundleError, RecordError, SourceError
from incident_analytics.model.runbook import Runbook, load_runbook
from incident_analytics.sources.bundle import Bundle
from incident_analytics.sources.contents import PROSE, RECORD_NAMES, record_in
from incident_analytics.sources.manifest import MANIFEST
from incident_analytics.sources.records import read_each_record
from incident_analytics.sources.records.files import RECORD_SUFFIXES
from incident_analytics.sources.records.written_id import mentions, written_id
from incident_analytics.sources.timeline_csv import TIMELINE
from incident_analytics.sources.unpacked import root_of, unpacked

RUNBOOK = "runbook.yaml"
DATA_VARIABLE = "INCIDENT_DATA"
_ZIP_SUFFIXES = (".incident.zip", ".zip")
# A record beside these is one of a bundle; otherwise it stands alone, and its neighbours are not its evidence.
_SIGNS_OF_A_BUNDLE = ("evidence", "exports", MANIFEST, TIMELINE, PROSE)


def open_bundle(
    path_or_id: str | Path,
    *,
    data: str | Path | None = None,
    runbook: Runbook | str | Path | None = None,
    prose: str | Path | None = None,
    redact_queries: bool = False,
) -> Bundle:
    """The bundle of one incident.

    Args:
        path_or_id: A folder, a zip, a record file (``FILE#ID`` where it holds several records), or an incident's id.
        data: Where ids are looked up first; then the folder that the variable INCIDENT_DATA names, then
            ``data/`` of the working folder and of each folder around it.
        runbook: The runbook or its file; by default the ``runbook.yaml`` beside the data folder of the working
            folder or of one around it, else the shipped one.
        prose: The file of the prose; by default postmortem.md in the bundle.
        redact_queries: Whether to take the values out of the text of queries, also where log messages hold it, and
            well-known secrets out of log messages; the runbook may ask for it too (``redact: [query_text, secrets]``).

    Raises:
        BundleError: There is no such incident, there is more than one, or the file holds several.
        RecordError: The record cannot be read.

    >>> open_bundle("INC-2024-001").record.title
    'Payment processing outage'
    """
    bundles = open_bundles(path_or_id, data=data, runbook=runbook)
    if len(bundles) > 1:
        ids = [identity for bundle in bundles if (identity := _id_read(bundle))]
        found = f"{len(bundles)}: {', '.join(ids[:5])}"
        nearest = f"{path_or_id}#{ids[0]} names one of them" if bundles[0].folder is None and ids else ""
        raise BundleError("one incident is expected here", where=str(path_or_id), found=found, nearest=nearest)
    if prose is not None:
        bundles[0].prose_file = Path(prose)
    bundles[0].redact_queries |= redact_queries
    bundles[0].redact_secrets |= redact_queries
    return bundles[0]


def open_bundles(
    path_or_id: str | Path, *, data: str | Path | None = None, runbook: Runbook | str | Path | None = None
) -> list[Bundle]:
    """Every bundle of a path: one for a folder, a zip or an id, one a record for a record file.

    A folder without a record of its own whose sub-folders are bundles gives all of those.

    Raises:
        BundleError: There is no such incident, or more than one of that id.
        RecordError: A record cannot be read.
    """
    file = None if isinstance(runbook, Runbook) else Path(runbook) if runbook else own_runbook()
    policy = runbook if isinstance(runbook, Runbook) else load_runbook(file)
    bundles = _opened(path_or_id, data, policy)
    for bundle in bundles:
        bundle.runbook_file = file
    return bundles


def _opened(path_or_id: str | Path, data: str | Path | None, policy: Runbook) -> list[Bundle]:
    if not str(path_or_id).strip():
        raise BundleError("no incident is named", expected="a folder, a record file, a zip or an id")
    try:
        path = Path(path_or_id).expanduser()
        if path.is_dir():
            return _of_folder(path, policy)
        if path.is_file():
            return _of_file(path, policy)
        name, _, identity = str(path_or_id).rpartition("#")
        if name and Path(name).expanduser().is_file():
            return [_of_records(Path(name).expanduser(), identity, policy)]
    except (OSError, RuntimeError) as error:  # no such home folder, a name too long, a folder one may not look into
        reason = getattr(error, "strerror", None) or str(error)
        raise BundleError("this cannot be opened", where=str(path_or_id), found=reason) from None
    if isinstance(path_or_id, Path) or len(path.parts) > 1 or path.suffix in {*RECORD_SUFFIXES, ".zip"}:
        raise BundleError("there is no such file or folder", where=str(path_or_id), nearest=_nearby(path))
    return [_of_id(str(path_or_id), Path(data).expanduser() if data else None, policy)]


def incidents_in(folder: Path) -> list[Path]:
    """The folders and zips of a data folder that hold one incident each, by name; none is opened."""
    return _bundles_in(folder)


def identity_of(path: Path) -> str:
    """The id by which an incident's folder or zip is known without opening it: the record's, else the name."""
    return _id_of(path) or _stem(path)


def own_runbook() -> Path | None:
    """The runbook of the workspace around the working folder, beside its data folder; None outside of one."""
    return own_file(RUNBOOK)


def own_file(name: str) -> Path | None:
    """A file of the workspace around the working folder, found beside its data folder; None outside of one."""
    here = Path.cwd()
    files = (folder / name for folder in (here, *here.parents) if (folder / "data").is_dir())
    return next((file for file in files if file.is_file()), None)


def _of_folder(path: Path, runbook: Runbook) -> list[Bundle]:
    inner = [] if record_in(path) else _bundles_in(path, (".incident.zip",))
    if inner:
        bundles = [Bundle(child, runbook) if child.is_dir() else _of_zip(child, runbook) for child in inner]
        _ids_differ(bundles, path)
        return bundles
    return [Bundle(path, runbook)]


def _of_zip(path: Path, runbook: Runbook) -> Bundle:
    try:
        kept = unpacked(path)
    except SourceError as error:
        raise error.inside(str(path.parent)) from None
    return Bundle(root_of(Path(kept.name), RECORD_NAMES), runbook, kept=kept, opened_from=path)


def _of_file(path: Path, runbook: Runbook) -> list[Bundle]:
    if path.suffix.lower() == ".zip" or (path.suffix.lower() not in RECORD_SUFFIXES and zipfile.is_zipfile(path)):
        return [_of_zip(path, runbook)]
    if path.suffix.lower() not in RECORD_SUFFIXES:
        raise BundleError(
            "this is not an incident record", where=str(path), expected=f"a file ending in {', '.join(RECORD_SUFFIXES)}"
        )
    if path.name in RECORD_NAMES and any((path.parent / name).exists() for name in _SIGNS_OF_A_BUNDLE):
        return [Bundle(path.parent, runbook)]
    try:
        records = read_each_record(path, runbook, where=path.name)
    except (RecordError, SourceError) as error:
        raise error.inside(str(path.parent)) from None
    for record in records:
        if isinstance(record, RecordError):
            refused = record.inside(str(path.parent))
            records[records.index(record)] = refused
            if len(records) == 1:
                raise refused
    is_many = len(records) > 1
    bundles = [Bundle(None, runbook, record_file=path, incident=record, is_one_of_many=is_many) for record in records]
    _ids_differ(bundles, path)
    return bundles


def _of_records(path: Path, identity: str, runbook: Runbook) -> Bundle:
    """The bundle of the one record of a file that has an id."""
    bundles = _of_file(path, runbook)
    by_id = {known.upper(): bundle for bundle in bundles if (known := _id_read(bundle))}
    if identity.upper() in by_id:
        return by_id[identity.upper()]
    close = get_close_matches(identity.upper(), list(by_id), n=1)
    nearest = f"did you mean {path}#{by_id[close[0]].record.id}?" if close else ""
    raise BundleError(f"there is no incident '{identity}' in this file", where=str(path), nearest=nearest)


def _id_read(bundle: Bundle) -> str | None:
    """The id of a bundle's record; None where it cannot be read."""
    try:
        return bundle.record.id
    except (BundleError, RecordError):
        return None


def _ids_differ(bundles: list[Bundle], path: Path) -> None:
    seen: dict[str, Bundle] = {}
    for bundle in bundles:
        record = record_in(bundle.folder) if bundle.folder else None
        identity = written_id(record) if record else _id_read(bundle) if bundle.folder is None else None
        twin = seen.setdefault(identity.upper(), bundle) if identity else bundle
        if twin is not bundle:
            found = f"{twin.name} and {bundle.name}" if bundle.folder else None
            nearest = "give one of them another id"
            raise BundleError(f"two incidents have the id {identity}", where=str(path), found=found, nearest=nearest)


def _of_id(identity: str, data: Path | None, runbook: Runbook) -> Bundle:
    folders = data_folders(data)
    known: list[str] = []
    for folder in folders:
        inside = _bundles_in(folder)
        found = [path for path in inside if _is_named(path, identity)]
        if len(found) > 1:
            names = " and ".join(path.name for path in found)
            raise BundleError(f"two incidents have the id {identity}", where=str(folder), found=names)
        if found:
            return _of_folder(found[0], runbook)[0] if found[0].is_dir() else _of_file(found[0], runbook)[0]
        known += [name for path in inside for name in (_stem(path), _id_of(path)) if name]
    by_capitals = {name.upper(): name for name in known}
    close = get_close_matches(identity.upper(), list(by_capitals), n=1)
    named = os.environ.get(DATA_VARIABLE)
    lost = f" ({DATA_VARIABLE} names {named}, which is no folder)" if named and not Path(named).is_dir() else ""
    raise BundleError(
        f"there is no incident '{identity}'",
        where=(", ".join(str(folder) for folder in folders) or "no data folder here") + lost,
        nearest=f"did you mean {by_capitals[close[0]]}?" if close else "name a folder, or say where with --data",
    )


def data_folders(data: Path | None) -> list[Path]:
    """Where ids are looked up, nearest first; folders that do not exist are left out.

    Raises:
        BundleError: The folder named by ``data`` does not exist.
    """
    if data is not None and not data.is_dir():
        raise BundleError("there is no such data folder", where=str(data))
    named = os.environ.get(DATA_VARIABLE)
    here = Path.cwd()
    candidates = [data, Path(named) if named else None, *(folder / "data" for folder in (here, *here.parents))]
    there = [folder for folder in candidates if folder is not None and folder.is_dir()]
    return list({folder.resolve(): folder for folder in reversed(there)}.values())[::-1]


def _bundles_in(folder: Path, zips: tuple[str, ...] = _ZIP_SUFFIXES) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if record_in(path) or path.name.endswith(zips)]


def _stem(path: Path) -> str:
    name = path.name
    for suffix in _ZIP_SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def _id_of(path: Path) -> str | None:
    record = record_in(path)
    return written_id(record) if record else None


def _is_named(path: Path, identity: str) -> bool:
    if _stem(path).upper() == identity.upper():
        return True
    record = record_in(path)
    written = written_id(record) if record and mentions(record, identity) else None
    return written is not None and written.upper() == identity.upper()


def _nearby(path: Path) -> str:
    if not path.parent.is_dir():
        return f"{path.parent} is not there either"
    close = get_close_matches(path.name, [child.name for child in path.parent.iterdir()], n=1)
    return f"did you mean {path.parent / close[0]}?" if close else ""
