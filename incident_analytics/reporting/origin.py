"""Which bundle a notebook was made from, so that one incident's words never end up in another's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.errors import ReportError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from incident_analytics.sources import Bundle


def data_around(out: Path) -> Path | None:
    """The data folder of the workspace that a reports folder lies in; None outside of one."""
    folders = (out.resolve(), *out.resolve().parents)
    return next((folder / "data" for folder in folders if (folder / "data").is_dir()), None)


def relative(path: Path, folder: Path) -> str:
    """The path as seen from a folder, with forward slashes."""
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()


def made_from_this(previous: NotebookNode | None, file: Path, bundle: Bundle) -> list[str]:
    """Makes sure that the previous notebook was made from the bundle that is opened now.

    The notebook names its bundle by an id or by a path relative to itself; what that means now is compared,
    so it does not matter how the bundle was named on the command line, or that both were moved together.

    Args:
        previous: The notebook as the last run stored it; None where there is none.
        file: Where it lies.
        bundle: The bundle opened now.

    Returns:
        A note where the former bundle is not there any more: the incident was moved or renamed.

    Raises:
        ReportError: The notebook belongs to another bundle of the same id.
    """
    named = previous.metadata.get("papermill", {}).get("parameters", {}).get("bundle") if previous else None
    if not isinstance(named, str) or not named:
        return []  # run without parameters of ours: nothing is known of its origin
    former = [file.parent / named]
    own = data_around(file.parent)
    if own is not None and Path(named).name == named:
        former.insert(0, own / named)
    here = bundle.named.resolve()
    if here in {_bundle_of(path) for path in former} or _bundle_of(here) in {_bundle_of(path) for path in former}:
        return []
    now = relative(here, file.parent)
    other = next((path for path in former if path.exists()), None)
    if other is None:
        return [f"{file.as_posix()} was made from {named}, which is not there any more; it is now made from {now}"]
    raise ReportError(
        f"this notebook was made from another incident's files with the id {bundle.record.id}, so nothing is written",
        where=file.as_posix(),
        expected=relative(other, file.parent),
        found=now,
        nearest="use another --out for one of them",
    )


def _bundle_of(path: Path) -> Path:
    # A bundle may be named by its folder or by the record in it; both mean the same files.
    whole = path.resolve()
    return whole.parent if whole.name == "incident.yaml" else whole
