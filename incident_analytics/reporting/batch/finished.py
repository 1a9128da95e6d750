"""What is finished: a small file for each report, beside the reports, that says what it was made from."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.atomic_write import atomic_write
from incident_analytics.reporting.batch.asked import Answer, Outcome
from incident_analytics.reporting.batch.fingerprint import hash_of
from incident_analytics.reporting.file_names import file_name
from incident_analytics.sources.contents import PROSE

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = ".incident-runs"
_VERSION = 1


def finished(path: Path, out: Path, inputs: str) -> Outcome | None:
    """The report of a path as the run before left it; None where anything differs or is missing.

    Args:
        path: The bundle's folder or zip.
        out: The folder of the reports.
        inputs: The hash of what the report would be made from now.
    """
    try:
        told = json.loads(_memory(path, out).read_bytes())
        if told["version"] != _VERSION or told["inputs"] != inputs:
            return None
        kept: dict[str, str] = told["kept"]
        if any(hash_of(out / name) != written for name, written in kept.items()):
            return None
        outcome = Outcome.from_answer(told["outcome"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Nothing there, or nothing that we wrote: the report is made again.
        return None
    # The paths as seen from here; what there was to know was told by the run that made it.
    return replace(outcome, paths=tuple(out / file.name for file in outcome.paths), notes=(), was_finished=True)


def remember(outcome: Outcome, path: Path, out: Path, inputs: str) -> None:
    """Keep in mind that a report is whole, with the hashes of its documents, its notebook and its prose.

    Args:
        outcome: What became of it.
        path: The bundle's folder or zip.
        out: The folder of the reports.
        inputs: The hash of what it was made from.
    """
    files = [*outcome.paths, *_prose(path, outcome.paths)]
    kept: dict[str, Answer] = {_beside(file, out): hash_of(file) for file in files}
    told = {"version": _VERSION, "inputs": inputs, "kept": kept, "outcome": outcome.as_answer()}
    atomic_write(_memory(path, out), json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def _prose(path: Path, documents: Iterable[Path]) -> list[Path]:
    own = [document.with_suffix(".prose.md") for document in documents if document.suffix == ".ipynb"]
    return [file for file in (path / PROSE, *own) if file.is_file()]


def _beside(file: Path, out: Path) -> str:
    return Path(os.path.relpath(file.resolve(), out.resolve())).as_posix()


def _memory(path: Path, out: Path) -> Path:
    return out / FOLDER / f"{file_name(path.name)}.json"
