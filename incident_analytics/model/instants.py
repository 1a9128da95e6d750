"""Instants: points in time with their zone, their precision and, where they are uncertain, a range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

Precision: TypeAlias = Literal["day", "minute", "second", "subsecond"]


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time, or the range it lies in, always in UTC.

    Args:
        earliest: The earliest it can have been.
        latest: The latest; equal to ``earliest`` unless the record gives a range or the local hour occurs twice.
        text: What was written.
        precision: The finest unit written.
        zone: The zone it was read in, such as ``UTC`` or ``America/New_York``.
        zone_assumed: Whether no zone was written, so that the bundle's (or UTC) was used.
    """

    earliest: datetime
    latest: datetime
    text: str
    precision: Precision
    zone: str
    zone_assumed: bool = False
