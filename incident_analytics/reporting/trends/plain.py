"""Numbers of a report as plain JSON: dataclasses become objects with the names of their fields."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from incident_analytics.errors import ReportError
from incident_analytics.reporting.measurement_json import instant_json
from incident_analytics.reporting.words import exact

if TYPE_CHECKING:
    from incident_analytics.reporting.measurement_json import Json


def plain(value: object) -> Json:
    """The value as JSON: instants in UTC with a Z, amounts of money as text, unknown as null.

    >>> from incident_analytics.analysis.statistics.estimate import Estimate
    >>> plain(Estimate(60.0, None, None, 3))["estimate"]
    60

    Raises:
        ReportError: It holds something that is no number, text, instant, or container of these.
    """
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, Sequence):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return _scalar(value)


def _scalar(value: object) -> Json:
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Decimal):
        return exact(value)
    if isinstance(value, datetime):
        return instant_json(value)
    if isinstance(value, date):
        return value.isoformat()
    raise ReportError("a number of the report is nothing that JSON holds", found=type(value).__name__)


def _number(value: float) -> Json:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value
