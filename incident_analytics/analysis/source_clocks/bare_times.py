"""Times written without a zone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from incident_analytics.analysis.events import Event

_DATED: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}")
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}")
_ZONE: Final = re.compile(r"(?:Z|[+-]\d{2}(?::?\d{2})?|[A-Z][A-Za-z]+/\w+|\b(?!AM|PM)[A-Z]{2,5})$")


def names_no_zone(event: Event) -> bool:
    """Whether its time is written as a date and a clock time without a zone."""
    text = event.at.text.strip()
    return bool(_DATED.search(text) and _CLOCK.search(text)) and _ZONE.search(text) is None
