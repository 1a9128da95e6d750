"""The instant to look back from: the one place that reads the clock, and only when asked to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook

NOW = "now"


def chosen_as_of(written: str | None, runbook: Runbook) -> str | None:
    """The text of ``--as-of``, once it can be read; ``now`` becomes this second in UTC.

    Raises:
        ParameterError: It is no time.
    """
    from incident_analytics.model.instants import read_instant  # noqa: PLC0415 -- --help needs no models

    if written is None:
        return None
    if written.strip().lower() == NOW:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if read_instant(written, runbook.zone_rules(None)) is None:
        raise ParameterError("--as-of", expected="a time such as 2024-01-16T09:00:00Z, or now", found=written)
    return written
