"""Which services the incident hit, and how that is known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

ONSET: Final = timedelta(minutes=10)
LEAST_ERRORS, TIMES_USUAL = 5, 5
_SERVICE_LABELS: Final = ("service", "service_name", "app", "application")


@dataclass(frozen=True, slots=True)
class AffectedService:
    """A service that the incident hit.

    Args:
        name: The service.
        whys: How that is known, such as ``its errors rose``; one or more.
    """

    name: str
    whys: tuple[str, ...]


def affected_services(
    recorded: Iterable[str], errors_of_minutes: pl.DataFrame, start: datetime | None
) -> tuple[AffectedService, ...]:
    """The services that the record names, and those whose errors rose at the start, in order of name.

    Errors of a service rose where the worst of the first ten minutes has more than 5 errors and more than 5 times the
    median of its minutes before. A service that failed before just as much was not hit by this.

    Args:
        recorded: The services of the record.
        errors_of_minutes: As `errors_per_minute_by_service` gives them, from before the start.
        start: When the impact began, as far as it is known.
    """
    whys: dict[str, list[str]] = {}
    for name in recorded:
        whys.setdefault(name, []).append("the record names it")
    if start is not None and errors_of_minutes.height:
        for name in _risen(errors_of_minutes, start):
            whys.setdefault(name, []).append("its errors rose")
    return tuple(AffectedService(name, tuple(whys[name])) for name in sorted(whys))


def _risen(errors: pl.DataFrame, start: datetime) -> list[str]:
    minute = start.replace(second=0, microsecond=0)
    known = errors.filter(pl.col("service").is_not_null() & pl.col("errors").is_not_null())
    counted = known.group_by("service").agg(
        usual=pl.col("errors").filter(pl.col("minute_at") < minute).median(),
        worst=pl.col("errors").filter(pl.col("minute_at").is_between(minute, minute + ONSET, closed="left")).max(),
    )
    limit = pl.max_horizontal(pl.lit(LEAST_ERRORS), TIMES_USUAL * pl.col("usual"))
    # A service without a line before the start has no usual; its errors are new.
    risen = counted.filter(pl.col("worst") > limit.fill_null(LEAST_ERRORS))
    return sorted(risen["service"].to_list())


def services_of_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """The services that labels of metrics name, in order of name."""
    named = set()
    for text in labels:
        try:
            told = json.loads(text)
        except ValueError:
            continue
        named |= {str(told[name]) for name in _SERVICE_LABELS if isinstance(told, dict) and told.get(name)}
    return tuple(sorted(named))
