"""What can move a number: a field of an incident, an incident that came or went, a file, or what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from incident_analytics.reporting.measurement_json import Json

CauseKind: TypeAlias = Literal["field", "came", "went", "input", "asked"]


@dataclass(frozen=True, slots=True)
class Cause:
    """One difference between what two runs were made from.

    Args:
        kind: A field that differs, an incident that came or went, a file, or what was asked.
        name: The field, the file or the parameter; empty of an incident that came or went.
        before: What the first run had.
        after: What the second one has.
        incident: The incident it is about; empty where it is about none.
        place: File and line in the second run, of what went in the first; empty where nobody knows.
        why: How it comes about, where more is known.
        labels: What the incident is counted under, before or after: its id, period, severity, service, ...
    """

    kind: CauseKind
    name: str
    before: Json = None
    after: Json = None
    incident: str = ""
    place: str = ""
    why: str = ""
    labels: frozenset[str] = frozenset()

    @property
    def short(self) -> str:
        """The cause in a few words, such as ``INC-2025-112 started_at``.

        >>> Cause("went", "", incident="INC-2025-112").short
        'INC-2025-112 went'
        """
        if self.kind == "input":
            return self.name
        return " ".join(word for word in (self.incident, self.name or self.kind) if word)
