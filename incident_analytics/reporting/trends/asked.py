"""What a person asks of a trend report, as text on a command line or in a notebook, made into its scope."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from incident_analytics.analysis.history import instant_given
from incident_analytics.analysis.trends.cohort import WHERE_COLUMNS
from incident_analytics.analysis.trends.scope import GROUPED_BY, PERIOD_NAMES, Condition, Scope, zone_of
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import History

Name = TypeVar("Name", bound=str)
_NEVER = datetime.fromtimestamp(0, UTC)
_MOMENT = timedelta(microseconds=1)
_CONDITION = re.compile(r"\s*(?P<column>[A-Za-z_]+)\s*(?P<sign>!?=)\s*(?P<values>.+?)\s*", re.DOTALL)


def scope_of(  # noqa: PLR0913 -- one parameter an option
    history: History,
    runbook: Runbook,
    *,
    since: str | datetime | None = None,
    until: str | datetime | None = None,
    period: str | None = None,
    by: str | None = None,
    where: str | Sequence[str] = (),
    mean: bool = False,
    seed: int = 1,
) -> Scope:
    """The scope that texts ask for.

    Args:
        history: Gives the instant it is seen from.
        runbook: Gives the zone of days and weeks.
        since: A day or an instant; incidents that began before are left out.
        until: A day, which is included, or an instant, which is not.
        period: week, month or quarter.
        by: severity, service, team, cause or detected_by.
        where: Conditions such as ``severity=SEV1,SEV2`` or ``service!=search``; all hold.
        mean: Whether the mean is wanted too.
        seed: Of every shuffle and draw.

    Raises:
        ParameterError: One of them cannot be read.
    """
    zone, zone_name = zone_of(runbook)
    begins = instant_given(since, runbook, "--since").earliest if since else None
    ends = None
    if until:
        last = instant_given(until, runbook, "--until")
        ends = last.latest + _MOMENT if last.precision == "day" else last.earliest
    return Scope(
        as_of=history.as_of or _NEVER,
        since=begins,
        until=ends,
        period=_one_of("--period", period, PERIOD_NAMES),
        by=_one_of("--by", by, GROUPED_BY),
        where=tuple(
            _condition(text, runbook) for text in ([where] if isinstance(where, str) else where) if text.strip()
        ),
        zone=zone,
        zone_name=zone_name,
        with_mean=mean,
        seed=seed,
    )


def condition(text: str) -> Condition:
    """A condition from its text.

    >>> condition("severity=SEV1,SEV2").values
    ('SEV1', 'SEV2')

    Raises:
        ParameterError: It names no column, or no value.
    """
    found = _CONDITION.fullmatch(text)
    values = tuple(value.strip() for value in found["values"].split(",") if value.strip()) if found else ()
    if not found or not values:
        raise ParameterError(
            "--where", expected="a condition such as severity=SEV1,SEV2 or service!=search", found=text
        )
    if found["column"] not in WHERE_COLUMNS:
        raise ParameterError(
            "--where",
            expected=f"one of {', '.join(WHERE_COLUMNS)}",
            found=found["column"],
            nearest=_nearest(found["column"], WHERE_COLUMNS),
        )
    return Condition(found["column"], values, is_excluded=found["sign"] == "!=")


def _condition(text: str, runbook: Runbook) -> Condition:
    """A condition, with severities as the runbook names them."""
    asked = condition(text)
    if asked.column != "severity":
        return asked
    return replace(asked, values=tuple(runbook.severity_named(value) or value for value in asked.values))


def _one_of(option: str, written: str | None, names: Sequence[Name]) -> Name | None:
    if not written:
        return None
    for name in names:
        if written.strip().lower() == name:
            return name
    raise ParameterError(option, expected=", ".join(names), found=written, nearest=_nearest(written, names))


def _nearest(written: str, names: Sequence[str]) -> str:
    close = get_close_matches(written.lower(), names, n=1)
    return f"did you mean {close[0]}?" if close else ""
