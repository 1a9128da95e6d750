"""Which files a history is read from: those that a person names, and those found in the folders they name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from incident_analytics.errors import SourceError
from incident_analytics.sources.contents import record_in
from incident_analytics.sources.histories.tables import FRONT_MATTER_SUFFIXES, JSON_SUFFIXES, TABLE_SUFFIXES
from incident_analytics.sources.timeline_csv import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from incident_analytics.sources.histories.mapping import Mapping

Kind: TypeAlias = Literal["bundle", "records", "lines", "table"]
DERIVED = "derived"
_LINES, _RECORDS, _ZIPS = (".ndjson", ".jsonl"), (".yaml", ".yml", ".json"), (".incident.zip", ".zip")
# These stand beside histories and are none.
_NOT_RECORDS = frozenset({"mapping.yaml", "mapping.yml", "runbook.yaml", "runbook.yml", "MANIFEST.json"})


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: a bundle, or a file of records or rows.

    Args:
        path: The file, or the bundle's folder.
        name: What the frame and the ledger call it.
        kind: How it is read.
        is_named: Whether a person named it; one that was found in a folder may turn out to hold no incidents.
        files: The files whose bytes decide what is read, each with its name.
    """

    path: Path
    name: str
    kind: Kind
    is_named: bool
    files: tuple[tuple[Path, str], ...]


def find_inputs(paths: Iterable[Path], mapping: Mapping | None) -> list[Input]:
    """Every bundle and file of the paths, in the order given, folders by name; each once.

    Args:
        paths: Files, bundles, or folders of them.
        mapping: Says which tables are rows of incidents; without one JSON holds records.

    Raises:
        SourceError: There is no such path, or a file that is named has no known ending.
    """
    found: dict[Path, Input] = {}
    named = list(paths)
    for path in named:
        if not path.exists():
            raise SourceError("there is no such file or folder", where=str(path))
        for each in _of_folder(path, path, mapping) if path.is_dir() else [_named(path, mapping)]:
            found.setdefault(each.path.resolve() if len(named) > 1 else each.path, each)
    return list(found.values())


def _named(path: Path, mapping: Mapping | None) -> Input:
    kind = _kind(path, mapping, is_named=True)
    if kind is None:
        known = ", ".join(dict.fromkeys((*TABLE_SUFFIXES, *JSON_SUFFIXES, ".yaml", ".zip")))
        raise SourceError("this is no file of incidents", where=str(path), expected=f"a file ending in {known}")
    return Input(path, path.name, kind, is_named=True, files=((path, path.name),))


def _of_folder(folder: Path, top: Path, mapping: Mapping | None) -> Iterator[Input]:
    record = record_in(folder)
    if record:
        name = folder.relative_to(top).as_posix() if folder != top else folder.resolve().name
        timeline = folder / TIMELINE
        read = (record, timeline) if timeline.is_file() else (record,)
        files = tuple((file, f"{name}/{file.name}") for file in read)
        yield Input(folder, name, "bundle", is_named=folder == top, files=files)
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == DERIVED or path.name in _NOT_RECORDS:
            continue
        if path.is_dir():
            yield from _of_folder(path, top, mapping)
            continue
        kind = _kind(path, mapping, is_named=False)
        if kind is not None:
            name = path.relative_to(top).as_posix()
            yield Input(path, name, kind, is_named=False, files=((path, name),))


def _kind(path: Path, mapping: Mapping | None, *, is_named: bool) -> Kind | None:
    suffix = path.suffix.lower()
    is_table = suffix in TABLE_SUFFIXES
    if mapping is not None and (is_named or mapping.takes(path.name)):
        is_table = is_table or suffix in (*JSON_SUFFIXES, *FRONT_MATTER_SUFFIXES)
    if is_table:
        return "table" if mapping is None or is_named or mapping.takes(path.name) else None
    if suffix in _LINES:
        return "lines"
    return "bundle" if path.name.endswith(_ZIPS) else "records" if suffix in _RECORDS else None
