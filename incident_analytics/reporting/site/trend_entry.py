"""A trend report of the site, read from its JSON twin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Mapping

# What such a twin says of itself; the module that writes it takes a third of a second to load.
TRENDS, TWIN_VERSION = "trends", "1"


@dataclass(frozen=True, slots=True)
class TrendEntry:
    """One trend report.

    Args:
        name: The name of its files, without an ending.
        title: Its title.
        as_of: The instant it is seen from, in UTC; None where that cannot be read.
        n: How many incidents it is about; None where that cannot be read.
    """

    name: str
    title: str
    as_of: datetime | None
    n: int | None


def is_trends(twin: Mapping[str, object]) -> bool:
    """Whether a twin is that of a trend report."""
    return twin.get("kind") == TRENDS


def trend_entry(name: str, twin: Mapping[str, object]) -> TrendEntry:
    """The trend report that a JSON twin tells of.

    Args:
        name: The name of its files, without an ending.
        twin: The twin.

    Raises:
        ReportError: It is of another version.
    """
    version = twin.get("schema_version")
    if version != TWIN_VERSION:
        raise ReportError("it is of another version", expected=TWIN_VERSION, found=str(version))
    title, cohort = twin.get("title"), twin.get("cohort")
    n = cohort.get("n") if isinstance(cohort, dict) else None
    return TrendEntry(
        name=name,
        title=title if isinstance(title, str) and title else name,
        as_of=_instant(twin.get("as_of")),
        n=n if isinstance(n, int) and not isinstance(n, bool) else None,
    )


def _instant(written: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
