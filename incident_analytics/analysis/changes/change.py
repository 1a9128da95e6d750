"""The changes of a timeline: deploys, configuration, feature flags, migrations, scaling, infrastructure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.model.instants import Instant
    from incident_analytics.model.measurement import Place

Sort: TypeAlias = Literal[
    "deploy", "configuration", "feature flag", "migration", "scaling", "infrastructure", "rollback", "fix"
]

# The runbook's kinds of event, and what people write in their own column of kinds.
_SORT_OF_KIND: Final[dict[str, Sort]] = {
    **dict.fromkeys(("deployed", "deploy", "deployment", "release", "released"), "deploy"),
    **dict.fromkeys(("configuration_changed", "config", "configuration", "config_change", "setting"), "configuration"),
    **dict.fromkeys(("flag_changed", "feature_flag", "flag", "toggle"), "feature flag"),
    **dict.fromkeys(("migrated", "migration", "schema_change", "schema_migration"), "migration"),
    **dict.fromkeys(("scaled", "scaling", "scale", "autoscaling"), "scaling"),
    **dict.fromkeys(("infrastructure_changed", "infrastructure", "infra", "maintenance", "failover"), "infrastructure"),
    **dict.fromkeys(("rolled_back", "rollback", "reverted"), "rollback"),
    **dict.fromkeys(("fix_deployed", "quick_fix_applied", "hotfix"), "fix"),
}
_FLAG: Final = re.compile(r"\b(feature[ -]?)?(flag|toggle)s?\b", re.IGNORECASE)
# What a change is about: a version, or a name with a number such as CHG-1234.
_VERSION: Final = re.compile(r"(?<![\w.])v?(\d+\.\d+(?:\.\d+)*(?:-[0-9A-Za-z.]+)?)(?![\w.]*\d)")
_TICKET: Final = re.compile(r"\b[A-Z][A-Z0-9]+-\d+\b")
_QUOTED: Final = re.compile(r"[`\"']([\w.:/-]{3,})[`\"']|\b([a-z0-9]+(?:_[a-z0-9]+)+)\b")
# "search-api 4.1.0" names a service that nothing else knows; a plain word before a version may be "upgraded".
_BEFORE_A_VERSION: Final = re.compile(
    r"\b(?!(?:re|roll|hot|post|pre|back|up)-)([a-z][a-z0-9]*(?:[-_][a-z0-9]+)+)\s+(?:to\s+)?v?\d+(?:\.\d+)+"
)


@dataclass(frozen=True, slots=True)
class Change:
    """One recorded change of the systems.

    Args:
        at: When.
        text: What was changed, in the words of the source.
        sort: What kind of change it is.
        source: Who tells it.
        place: Where it stands.
        ref: What the source calls it.
        services: The services that it names.
        marks: Versions, tickets and names by which another entry may speak of it.
    """

    at: Instant
    text: str
    sort: Sort
    source: str
    place: Place | None
    ref: str
    services: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def moment(self) -> datetime:
        """The earliest it can have been."""
        return self.at.earliest


def recorded_changes(events: Iterable[Event], known_services: Iterable[str] = ()) -> tuple[Change, ...]:
    """The changes among recorded events, in their order; a change told twice under one ref and time stays once.

    Args:
        events: The merged timeline.
        known_services: Names of services to look for in the words of a change.
    """
    known = tuple(known_services)
    found: dict[tuple[str, ...], Change] = {}
    for event in events:
        sort = None if event.is_measured else _sort_of(event)
        if sort is None:
            continue
        change = Change(
            event.at,
            event.text,
            sort,
            event.source,
            event.place,
            event.ref,
            event.services or services_named(event.text, known),
            marks_of(event.text),
        )
        named = event.ref or " ".join((*change.services, *change.marks)) or event.text.casefold()
        found.setdefault((event.moment.isoformat(), sort, named), change)
    return tuple(found.values())


def _sort_of(event: Event) -> Sort | None:
    sorts = [_SORT_OF_KIND[kind] for kind in event.kinds if kind in _SORT_OF_KIND]
    # What takes a change back, or mends, is that first, whatever else its words tell.
    for sort in ("rollback", "fix"):
        if sort in sorts:
            return sort
    if sorts and sorts[0] == "configuration" and _FLAG.search(event.text):
        return "feature flag"
    return sorts[0] if sorts else None


def services_named(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The services a text names: those known, longest names first, else a name with a dash before a version."""
    plain = _plain(text)
    found: list[str] = []
    for service in sorted(set(known), key=lambda name: (-len(name), name)):
        words = _plain(service)
        if words and re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", plain):
            found.append(service)
            plain = plain.replace(words, " ")
    if not found:
        match = _BEFORE_A_VERSION.search(text.lower())
        found = [match[1]] if match else []
    return tuple(found)


def marks_of(text: str) -> tuple[str, ...]:
    """Versions, tickets and quoted or underscored names of a text."""
    marks = [match[1] for match in _VERSION.finditer(text)]
    marks += [match[0] for match in _TICKET.finditer(text)]
    marks += [match[1] or match[2] for match in _QUOTED.finditer(text)]
    return tuple(dict.fromkeys(mark.lower() for mark in marks))


def _plain(text: str) -> str:
    return text.strip().lower().replace("_", "-")
