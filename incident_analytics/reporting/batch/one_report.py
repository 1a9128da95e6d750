"""One report of a batch, made in the process that calls: every end is an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.errors import IncidentAnalyticsError
from incident_analytics.reporting.batch.asked import Asked, Outcome

if TYPE_CHECKING:
    from pathlib import Path


def one_report(path: Path, asked: Asked) -> Outcome:
    """Makes the documents of the incident of a path.

    Args:
        path: A bundle's folder or zip.
        asked: Which documents, and how.

    Returns:
        The documents, or why there are none. Nothing is raised but what ends a process.
    """
    from incident_analytics.reporting.publishing import publish  # noqa: PLC0415 -- where nothing is made it is not needed
    from incident_analytics.sources import open_bundle  # noqa: PLC0415
    from incident_analytics.sources.as_of_zone import as_of_zone  # noqa: PLC0415

    try:
        bundle = open_bundle(path, runbook=asked.runbook, redact_queries=asked.redact_queries)
        published = publish(
            bundle,
            out=asked.out,
            formats=asked.formats,
            assets=asked.assets,
            as_of=asked.as_of,
            engine=asked.engine,
            allow_partial=asked.allow_partial,
        )
    except IncidentAnalyticsError as error:
        return Outcome(path.name, reason=str(error))
    except Exception as error:  # noqa: BLE001 -- one failing incident does not stop the rest
        kind = type(error).__name__
        return Outcome(path.name, reason=f"unexpected {kind}: {error}; make it alone with --traceback to see where")
    return Outcome(
        path.name,
        published.paths,
        published.failed,
        published.notes,
        published.findings,
        as_of_note=as_of_zone(asked.as_of, bundle),
    )
