"""Finds a run by what a person calls it: a path, a run's name, or the name of a report for its latest run."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.errors import ReportError
from incident_analytics.reporting.runs.run import FILE, read_run

if TYPE_CHECKING:
    from incident_analytics.reporting.runs.run import Run

RUNS, LATEST = "runs", ".latest"


def find_run(named: str, runs: Path) -> Run:
    """The run that a person names.

    Args:
        named: A run's folder, its ``run.json``, the JSON twin of a report, the name of a run below ``runs`` or the
            beginning of one, or the name of a report, which means its latest run.
        runs: The folder of runs.

    Raises:
        ReportError: There is none of that name, more than one, or it cannot be read.
    """
    path = Path(named)
    if path.exists():
        return read_run(path)
    names = sorted(each.parent.name for each in runs.glob(f"*/{FILE}"))
    is_name = path.name == named and named not in {"", ".", ".."}
    latest = _latest(runs, named) if is_name else None
    if is_name and (found := runs / (latest or named)) and (found / FILE).is_file():
        return read_run(found)
    begun = [name for name in names if is_name and name.startswith(named)]
    if len(begun) == 1:
        return read_run(runs / begun[0])
    raise ReportError(
        "there is more than one run of that name" if begun else "there is no such run",
        where=str(runs),
        expected=", ".join(begun),
        found=named,
        nearest=_nearest(named, names) if not begun else "",
    )


def latest_run(out: Path, name: str) -> Run | None:
    """The last run that was written for a report; None where there is none that can be read.

    Args:
        out: The folder of the documents.
        name: The name of the documents.
    """
    latest = _latest(out / RUNS, name)
    if latest is None:
        return None
    try:
        return read_run(out / RUNS / latest)
    except ReportError:
        return None  # a run that cannot be compared is none


def _latest(runs: Path, name: str) -> str | None:
    file = runs / f"{name}{LATEST}"
    try:
        # only a name: what is written there never leads out of the folder
        return Path(file.read_text(encoding="utf-8").strip()).name or None
    except (OSError, ValueError):
        return None


def _nearest(named: str, names: list[str]) -> str:
    close = get_close_matches(named, names, n=1)
    if close:
        return f"did you mean {close[0]}?"
    return f"there are {', '.join(names[:5])}" if names else "incident trends and incident postmortem write runs"
