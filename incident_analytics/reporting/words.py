"""Numbers and times as people read them: durations, counts, money, clock times, names of metrics."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from incident_analytics.model.counted import counted as counted  # noqa: PLC0414 -- one of the words of this module

if TYPE_CHECKING:
    from datetime import tzinfo
    from decimal import Decimal

    from incident_analytics.model.measurement import Measurement
    from incident_analytics.model.money import Money

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥"}
_TITLES = {
    "time_to_detection": "Time to detection",
    "time_to_acknowledgment": "Time to acknowledgment",
    "time_to_engage": "Time to engage",
    "time_to_mitigation": "Time to mitigation",
    "time_to_resolution": "Time to resolution",
    "users_affected": "Users affected",
    "revenue_impact": "Revenue impact",
    "people_involved": "People involved",
}
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
_NEXT = {"h": 86_400, "min": 3_600, "s": 60}
NOTHING = "–"


def title_of(metric: str) -> str:
    """The name people read of a metric, such as ``Time to detection``."""
    return _TITLES.get(metric) or metric.replace("_", " ").capitalize()


def duration_parts(seconds: float) -> tuple[tuple[str, str], ...]:
    """The two largest units of a duration, number and unit in turn, rounded to the smaller.

    >>> duration_parts(5400), duration_parts(8866.5), duration_parts(0)
    ((('1', 'h'), ('30', 'min')), (('2', 'h'), ('28', 'min')), (('0', 's'),))
    """
    rest = round(abs(seconds))
    sign = "−" if seconds < 0 and rest else ""
    for (size, unit), (smaller, name) in pairwise((*_UNITS, (1, ""))):
        if rest < size:
            continue
        steps = math.floor(abs(seconds) / smaller + 0.5) if unit != "s" else rest
        whole, left = divmod(steps, size // smaller)
        if unit != "d" and whole * size >= _NEXT[unit]:
            return duration_parts(math.copysign(whole * size, seconds))
        parts = [(f"{sign}{whole}", unit)]
        return tuple([*parts, (str(left), name)] if left else parts)
    return (("0", "s"),)


def duration(seconds: float) -> str:
    """A duration on one line.

    >>> duration(266_400)
    '3 d 2 h'
    """
    return " ".join(f"{number} {unit}" for number, unit in duration_parts(seconds))


def count(number: float) -> str:
    """A whole number with its thousands apart.

    >>> count(15000), count(-4)
    ('15,000', '−4')
    """
    return f"{'−' if round(number) < 0 else ''}{abs(round(number)):,}"


def money(amount: Money) -> str:
    """An amount with its currency; cents only where there are any.

    >>> from decimal import Decimal
    >>> from incident_analytics.model.money import Money
    >>> money(Money(Decimal("45000"), "USD"))
    '$45,000'
    """
    size = abs(amount.amount)
    digits = f"{size:,.2f}" if size != size.to_integral_value() else f"{size:,.0f}"
    sign, minus = _SIGNS.get(amount.currency), "−" if amount.amount < 0 else ""
    return f"{minus}{sign}{digits}" if sign else f"{minus}{digits} {amount.currency or '(no currency)'}"


def clock_time(at: datetime, zone: tzinfo = UTC) -> str:
    """A time of day in a zone; seconds only where there are any.

    >>> clock_time(datetime(2024, 1, 15, 14, 12, 40, tzinfo=UTC))
    '14:12:40'
    """
    local = at.astimezone(zone)
    return local.strftime("%H:%M:%S" if local.second else "%H:%M")


def day(at: datetime, zone: tzinfo = UTC) -> str:
    """A day as people write it.

    >>> day(datetime(2024, 1, 15, tzinfo=UTC))
    'Mon 15 Jan 2024'
    """
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y}"


def moment(at: datetime, zone: tzinfo = UTC) -> str:
    """Day and time.

    >>> moment(datetime(2024, 1, 15, 14, 15, tzinfo=UTC))
    'Mon 15 Jan 2024, 14:15'
    """
    return f"{day(at, zone)}, {clock_time(at, zone)}"


def span(start: datetime, end: datetime | None, zone: tzinfo = UTC) -> str:
    """When something lasted, the day once where it is one.

    >>> span(datetime(2024, 1, 15, 14, 15, tzinfo=UTC), datetime(2024, 1, 15, 15, 45, tzinfo=UTC))
    'Mon 15 Jan 2024, 14:15 to 15:45'
    """
    if end is None:
        return f"since {moment(start, zone)}"
    is_one_day = start.astimezone(zone).date() == end.astimezone(zone).date()
    return f"{moment(start, zone)} to {clock_time(end, zone) if is_one_day else moment(end, zone)}"


def value_parts(measurement: Measurement) -> str | tuple[tuple[str, str], ...]:
    """A measurement's value for a tile: number and unit in turn, or words where there is no plain number."""
    if measurement.value is None or measurement.unit != "seconds":
        return value(measurement)
    return duration_parts(measurement.value)


def value(measurement: Measurement) -> str:
    """A measurement's value on one line; the status in words where there is none.

    >>> from incident_analytics.model.measurement import Measurement
    >>> value(Measurement("time_to_resolution", "seconds", "derived", 5400.0))
    '1 h 30 min'
    >>> value(Measurement("people_involved", "people", "unknown"))
    'unknown'
    """
    if measurement.low is not None and measurement.high is not None:
        return f"{duration(measurement.low)} to {duration(measurement.high)}"
    if measurement.value is None:
        return NOTHING if measurement.status == "not_applicable" else measurement.status
    if measurement.money is not None:
        return money(measurement.money)
    return duration(measurement.value) if measurement.unit == "seconds" else count(measurement.value)


def people(number: float, noun: str = "user", does: str = "were") -> str:
    """A number of people with its verb.

    >>> people(1), people(15000)
    ('1 user was', '15,000 users were')
    """
    is_one = round(number) == 1
    return f"{count(number)} {noun if is_one else noun + 's'} {'was' if is_one and does == 'were' else does}"


def exact(amount: Decimal) -> str:
    """A decimal as plain digits, never with an exponent.

    >>> from decimal import Decimal
    >>> exact(Decimal("4.5E+4"))
    '45000'
    """
    return f"{amount:f}"


def shortened(text: str, limit: int = 90) -> str:
    """A text on one line, cut where it is longer than a cell can show.

    >>> shortened("a  b")
    'a b'
    """
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
