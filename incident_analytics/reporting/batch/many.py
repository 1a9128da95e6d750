"""The post-mortems of many incidents: what is finished skipped, the rest made side by side."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.reporting.batch.asked import Asked, Outcome
from incident_analytics.reporting.batch.ended import processors
from incident_analytics.reporting.batch.fingerprint import inputs_of, shared_inputs
from incident_analytics.reporting.batch.finished import finished, remember
from incident_analytics.reporting.batch.fork_safety import why_not_fork
from incident_analytics.reporting.batch.forked import forked
from incident_analytics.reporting.batch.one_report import one_report
from incident_analytics.reporting.batch.spawned import spawned
from incident_analytics.reporting.file_names import file_name
from incident_analytics.sources.finding import identity_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from incident_analytics.reporting.batch.asked import Answer
    from incident_analytics.reporting.batch.ended import Ended

DEADLINE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of all.

    Args:
        outcomes: One for each incident, in the order they were given.
        notes: What concerns all of them.
    """

    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...]


def publish_many(
    paths: Sequence[Path],
    asked: Asked,
    *,
    jobs: int | None = None,
    deadline_seconds: float = DEADLINE_SECONDS,
    is_fresh: bool = False,
    told: Callable[[Outcome], None] = lambda _: None,
) -> Batch:
    """Makes the documents of many incidents, each in a process of its own.

    A report that is finished is skipped, unless its files, its prose, its notebook, the runbook, the template
    or the version has changed since. One that fails, dies or takes too long does not stop the others.

    Args:
        paths: The incidents' folders and zips.
        asked: Which documents, and how.
        jobs: How many processes at a time; by default one for each processor.
        deadline_seconds: When a process is ended, from its start.
        is_fresh: Whether to make finished reports again.
        told: Called with each outcome as soon as it is known.

    Raises:
        ReportError: The folder for the documents cannot be written.
    """
    outcomes: dict[int, Outcome] = {}

    def known(number: int, outcome: Outcome) -> None:
        outcomes[number] = outcome
        told(outcome)

    for number, reason in _same_names(paths).items():
        known(number, Outcome(paths[number].name, reason=reason))
    inputs: dict[int, str] = {}
    shared = shared_inputs(asked)
    for number, path in enumerate(paths):
        if number not in outcomes:
            inputs[number] = inputs_of(path, asked.out, shared=shared)
            before = None if is_fresh else finished(path, asked.out, inputs[number])
            if before is not None:
                known(number, before)
    left = [number for number in range(len(paths)) if number not in outcomes]
    if not left:
        return Batch(tuple(outcomes[number] for number in range(len(paths))), ())
    notes, ends = _processes([paths[number] for number in left], asked, jobs or processors(), deadline_seconds)
    with contextlib.closing(ends):
        for end in ends:
            number = left[end.number]
            outcome = _outcome(end, paths[number])
            if outcome.is_whole:
                remember(outcome, paths[number], asked.out, inputs[number])
            known(number, outcome)
    return Batch(tuple(outcomes[number] for number in range(len(paths))), notes)


def _processes(
    paths: Sequence[Path], asked: Asked, jobs: int, deadline_seconds: float
) -> tuple[tuple[str, ...], Generator[Ended]]:
    reason = why_not_fork()
    if reason:
        note = f"{reason}, so each report starts a Python of its own, which takes longer"
        return (note,), spawned(paths, asked, jobs=jobs, deadline_seconds=deadline_seconds)
    from incident_analytics.reporting.batch.warm import warm_up  # noqa: PLC0415 -- seconds that only forking needs

    warm_up(asked)

    def work(path: Path) -> dict[str, Answer]:
        return one_report(path, asked).as_answer()

    return (), forked(paths, work, jobs=jobs, deadline_seconds=deadline_seconds)


def _outcome(end: Ended, path: Path) -> Outcome:
    return Outcome(path.name, reason=end.reason) if end.answer is None else Outcome.from_answer(end.answer)


def _same_names(paths: Sequence[Path]) -> dict[int, str]:
    """Why incidents whose documents would have the same names cannot be made, by number."""
    owners: dict[str, list[int]] = {}
    for number, path in enumerate(paths):
        owners.setdefault(file_name(identity_of(path)).upper(), []).append(number)
    return {
        number: f"its documents would have the names of another's: {' and '.join(paths[each].name for each in same)} "
        "have the same id; give one of them another"
        for same in owners.values()
        if len(same) > 1
        for number in same
    }
