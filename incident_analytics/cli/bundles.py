"""Opening what people name: one incident, or many with those that cannot be read put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from incident_analytics.cli.streams import progress
from incident_analytics.errors import IncidentAnalyticsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources import Bundle

Result = TypeVar("Result")


class Refusal(NamedTuple):
    """What could not be read: how it was named, and why."""

    named: str
    error: IncidentAnalyticsError


def chosen_runbook(file: Path | None) -> Runbook:
    """The runbook of ``--runbook``, else the workspace's own, else the shipped one.

    Raises:
        RunbookError: It cannot be read or followed.
    """
    from incident_analytics.model.runbook import load_runbook  # noqa: PLC0415 -- --help needs no models
    from incident_analytics.sources.finding import own_runbook  # noqa: PLC0415

    return load_runbook(file or own_runbook())


def over_bundles(
    paths: Iterable[str], work: Callable[[Bundle], Result], *, data: Path | None, runbook: Path | None
) -> tuple[list[Result], list[Refusal]]:
    """The work done on every bundle of the paths, in order, and what could not be read.

    Args:
        paths: Ids, folders, zips and record files.
        work: What to do with each bundle.
        data: Where ids are looked up first.
        runbook: The runbook's file, where a person named one.
    """
    from incident_analytics.sources import open_bundles  # noqa: PLC0415 -- --help needs no sources

    results: list[Result] = []
    refusals: list[Refusal] = []
    with progress("Reading incidents") as step:
        for path in paths:
            named = path
            try:
                waiting = open_bundles(path, data=data, runbook=runbook)[::-1]
                while waiting:
                    # Taken from the list, so that what one bundle has read goes before the next is read.
                    bundle = waiting.pop()
                    named = str(bundle.folder or path)
                    results += _one(bundle, work, named, refusals)
                    step()
            except IncidentAnalyticsError as error:
                refusals.append(Refusal(named, error))
    return results, refusals


def _one(bundle: Bundle, work: Callable[[Bundle], Result], named: str, refusals: list[Refusal]) -> list[Result]:
    try:
        return [work(bundle)]
    except IncidentAnalyticsError as error:
        refusals.append(Refusal(named, error))
        return []
