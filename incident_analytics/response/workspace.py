"""A workspace for an organisation: its incidents, its runbook, its notebooks, its reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.atomic_write import atomic_write
from incident_analytics.errors import ParameterError
from incident_analytics.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE = "INC-2024-001"
HISTORY = "data/history"
# Where a thing that travels with the package goes in the workspace.
_SHIPPED = {name: name for name in (f"data/{SAMPLE}", HISTORY, "notebooks", "runbook.yaml")}
# What the sources of a checkout may hold beside what is theirs.
_LEFT_OUT = frozenset({"derived", "__pycache__"})

GITIGNORE = """\
# Rebuilt from the incidents' files.
data/*/derived/
.ipynb_checkpoints/
"""

README = """\
# Incidents

A workspace of incident_analytics: exported files of incidents go in, post-mortems and trends come out.

```bash
incident postmortem INC-2024-001     # makes reports/INC-2024-001.html, .json and .ipynb
incident open INC-2024-001           # the same, then JupyterLab on its notebook
incident trends data/history         # the trends of two made-up years: reports/trends.html and .json
incident metrics data                # the metrics of every incident
incident check INC-2024-001          # what its record lacks
```

| folder or file | what it is |
|---|---|
| `data/` | one folder an incident; `INC-2024-001/` is a sample to learn from |
| `data/history/` | two years of a made-up organisation to learn from; delete it when you have your own |
| `runbook.yaml` | what you ask of a response; change it, then `incident check --runbook runbook.yaml` |
| `notebooks/` | the templates of the reports |
| `reports/` | the documents made from them |

## An incident of your own

Make `data/<ID>/incident.yaml`; the sample's begins with everything a record needs. Beside it may stand:

- `timeline.csv`: more of the timeline, for people who like spreadsheets
- `postmortem.md`: the prose; it is made by the first run, and no later run changes what people write in it
- `evidence/logs/`, `evidence/metrics/`, `evidence/database/`, `evidence/alerts/`: exported files, as they are
"""


def set_up_workspace(folder: Path) -> tuple[Path, ...]:
    """The files and folders at the top of a new workspace, in order of name.

    Everything is taken from this installation, so the workspace needs nothing else.

    Args:
        folder: Where. It is made where it does not exist.

    Raises:
        ParameterError: Something that would be written exists already, or the folder is a file; then nothing
            is written.
        IncidentAnalyticsError: The installation came without its samples or notebooks.
    """
    if folder.exists() and not folder.is_dir():
        raise ParameterError("this is a file, so no workspace can be made in it", where=str(folder))
    files = {**_copied(), "reports/.gitkeep": b"", "README.md": README.encode(), ".gitignore": GITIGNORE.encode()}
    _nothing_is_there(folder, files)
    for name, content in files.items():
        atomic_write(folder / name, content)
    return tuple(sorted({folder / Path(name).parts[0] for name in files}))


def _copied() -> dict[str, bytes]:
    """The bytes of everything that travels with the package, by its place in the workspace."""
    files = {}
    for source, target in _SHIPPED.items():
        origin = shipped(source)
        for file in [origin] if origin.is_file() else sorted(origin.rglob("*")):
            inside = file.relative_to(origin).parts
            if file.is_file() and not any(part in _LEFT_OUT or part.startswith(".") for part in inside):
                files[Path(target, *inside).as_posix()] = file.read_bytes()
    return files


def _nothing_is_there(folder: Path, files: Mapping[str, bytes]) -> None:
    there = [name for name in sorted(files) if (folder / name).exists() or (folder / name).is_symlink()]
    if there:
        more = f" (and {len(there) - 1} more)" if len(there) > 1 else ""
        raise ParameterError(
            f"this exists already and is left as it is{more}", where=str(folder / there[0]), nearest="name a new folder"
        )
