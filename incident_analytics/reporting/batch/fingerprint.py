"""What a report was made from, as one hash: where it is the same, so is the report."""

from __future__ import annotations

import hashlib
import json
import os
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.reporting.publishing import TEMPLATE
from incident_analytics.shipped import shipped
from incident_analytics.sources.contents import PROSE
from incident_analytics.sources.finding import own_file, own_runbook
from incident_analytics.version import __version__

if TYPE_CHECKING:
    from incident_analytics.reporting.batch.asked import Asked

_RUNBOOK = "runbook.yaml"
_NOT_EVIDENCE = "derived"  # rebuilt from the rest


def shared_inputs(asked: Asked) -> str:
    """The hash of what goes into every report of a batch.

    These are what was asked, the runbook, the template, and the versions of this package and of plotly, whose
    script a page carries.
    """
    facts = {
        "versions": [__version__, version("plotly")],
        "asked": {**asked.as_answer(), "out": None, "runbook": None},
        "runbook": hash_of(asked.runbook or own_runbook() or shipped(_RUNBOOK)),
        "template": hash_of(own_file(TEMPLATE) or shipped(TEMPLATE)),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def inputs_of(path: Path, out: Path, *, shared: str) -> str:
    """The hash of all that goes into one report but what a run writes back.

    The prose and the notebook, which a run reads and writes, are compared by `finished.py` instead.

    Args:
        path: The bundle's folder or zip.
        out: The folder of the reports, from which a notebook names the bundle.
        shared: What `shared_inputs` gave.
    """
    named = Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()
    facts = {"shared": shared, "named": named, "files": _files(path)}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def hash_of(file: Path) -> str | None:
    """The sha256 of a file; None where there is none that can be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _files(path: Path) -> dict[str, str | None]:
    if path.is_file():
        return {path.name: hash_of(path)}
    found = {}
    for file in sorted(path.rglob("*")):
        parts = file.relative_to(path).parts
        is_hidden = any(part.startswith(".") for part in parts)
        if file.is_file() and not is_hidden and parts[0] != _NOT_EVIDENCE and parts != (PROSE,):
            found["/".join(parts)] = hash_of(file)
    return found
