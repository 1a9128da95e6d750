"""`incident postmortem --all`: the post-mortems of every incident of a data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from incident_analytics.cli.door import DONE, FINDINGS, PARTIAL
from incident_analytics.cli.options import at_or_above, shown
from incident_analytics.cli.streams import progress, put, tell
from incident_analytics.errors import BundleError, ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from incident_analytics.model.measurement import Level
    from incident_analytics.reporting.batch.asked import Asked, Outcome
    from incident_analytics.reporting.batch.many import Batch

AllOption = Annotated[bool, typer.Option("--all", help="Every incident of the data folder, side by side.")]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", metavar="N", min=1, help="With --all: how many at a time; by default one for each processor."
    ),
]
DeadlineOption = Annotated[
    float | None,
    typer.Option("--deadline", metavar="SECONDS", min=1, help="With --all: when a report is given up; 600 by default."),
]
FreshOption = Annotated[bool, typer.Option("--fresh", help="With --all: make finished reports again.")]


def check_only_for_all(bundle: str | None, *, is_all: bool, given: Mapping[str, float | None]) -> None:
    """Refuse a line that names both one incident and all, or neither.

    Raises:
        ParameterError: It does, or an option that only `--all` takes stands beside one incident.
    """
    if is_all and bundle is not None:
        raise ParameterError("--all takes no incident", found=bundle, nearest="leave out one of the two")
    if not is_all and bundle is None:
        raise ParameterError(
            "no incident is named", expected="ID_OR_PATH, or --all for every incident of the data folder"
        )
    alone = [option for option, value in given.items() if value is not None]
    if alone and not is_all:
        raise ParameterError(f"{alone[0]} is for --all")


def postmortem_all(
    asked: Asked,
    *,
    data: Path | None,
    jobs: int | None,
    deadline: float | None,
    is_fresh: bool,
    fail_on: Level | None,
) -> int:
    """The exit code, once all reports are made, their paths printed and the failures told.

    Raises:
        BundleError: There is no data folder, or no incident in it.
    """
    from incident_analytics.reporting.batch.many import DEADLINE_SECONDS, publish_many  # noqa: PLC0415 -- as above
    from incident_analytics.sources.finding import data_folders, incidents_in  # noqa: PLC0415 -- --help needs none

    folders = data_folders(data)
    if not folders:
        raise BundleError("there is no data folder here", nearest="say where with --data")
    paths = incidents_in(folders[0])
    if not paths:
        raise BundleError("there is no incident in this folder", where=str(folders[0]))
    with progress(f"Writing {len(paths)} post-mortems", len(paths)) as step:
        batch = publish_many(
            paths,
            asked,
            jobs=jobs,
            deadline_seconds=deadline or DEADLINE_SECONDS,
            is_fresh=is_fresh,
            told=lambda _: step(),
        )
    return told(batch, allow_partial=asked.allow_partial, fail_on=fail_on)


def told(batch: Batch, *, allow_partial: bool, fail_on: Level | None) -> int:
    """The exit code, once the paths are printed and everything to know is told."""
    for note in batch.notes:
        tell("note", note)
    for note in dict.fromkeys(outcome.as_of_note for outcome in batch.outcomes if outcome.as_of_note):
        tell("note", note)
    finished = sum(outcome.was_finished for outcome in batch.outcomes)
    if finished:
        tell(
            "note", f"{finished} of {len(batch.outcomes)} were finished and have not changed; --fresh makes them again"
        )
    found = [_told(outcome, allow_partial=allow_partial, fail_on=fail_on) for outcome in batch.outcomes]
    failed = [outcome for outcome in batch.outcomes if not outcome.is_whole]
    if failed:
        tell("error", f"{len(failed)} of {len(batch.outcomes)} post-mortems failed")
        return PARTIAL
    return FINDINGS if any(found) else DONE


def _told(outcome: Outcome, *, allow_partial: bool, fail_on: Level | None) -> bool:
    """Whether it has findings that fail, once its paths are printed and the rest is told."""
    for note in outcome.notes:
        tell("note", f"{outcome.name}: {note}")
    if outcome.reason:
        tell("error", f"{outcome.name}: {outcome.reason}")
        return False
    if outcome.failed:
        sections = ", ".join(outcome.failed)
        notebook = next((f"; {path} shows why" for path in outcome.paths if path.suffix == ".ipynb"), "")
        tell(
            "warning" if allow_partial else "error",
            f"{outcome.name}: these sections could not be generated: {sections}{notebook}",
        )
    if allow_partial or not outcome.failed:
        for path in outcome.paths:
            put(str(path))
    serious = at_or_above(outcome.findings, fail_on)
    for finding in serious:
        tell(finding.level, f"{outcome.name}: {shown(finding)}")
    return bool(serious)
