"""The runbook as data: severities, targets, words, clocks and rules that an incident is compared with.

The package ships one (``runbook.yaml``); an organisation replaces it with its own file.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from pydantic import Field, ValidationError, model_validator

from incident_analytics.errors import RecordError, RunbookError
from incident_analytics.model.instants import ZoneRules
from incident_analytics.model.lint_rules import Lints, SeveritySignal
from incident_analytics.model.money import CurrencyRules
from incident_analytics.model.runbook_part import Part, Words
from incident_analytics.model.zones import zone_named
from incident_analytics.safe_yaml import Document, decoded, load_documents
from incident_analytics.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DEFAULT_CLOCK = "default"
MilestoneName: TypeAlias = Literal[
    "started_at",
    "detected_at",
    "declared_at",
    "acknowledged_at",
    "engaged_at",
    "diagnosed_at",
    "mitigated_at",
    "resolved_at",
    "closed_at",
    "postmortem_at",
    "deployed_at",
]
CheckKind: TypeAlias = Literal[
    "response_target",
    "escalation",
    "call",
    "event",
    "field",
    "role",
    "all_roles",
    "channel",
    "updates",
    "silence",
    "monitoring",
    "evidence",
    "manual",
    "declared_duration",
]


class ResponseTarget(Part):
    """How soon an incident must be acknowledged: under so many minutes (strictly), or by the next business day."""

    text: str
    under_minutes: float | None = Field(default=None, gt=0)
    next_business_day: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> ResponseTarget:
        if (self.under_minutes is None) != self.next_business_day:
            raise ValueError("expected either under_minutes or next_business_day: true")
        return self


class Escalation(Part):
    """How soon it must be escalated (inclusive); no minutes means as needed."""

    text: str
    within_minutes: float | None = Field(default=None, gt=0)


class Severity(Part):
    """One severity level with its criteria and targets."""

    name: str
    criteria: tuple[str, ...] = ()
    response: ResponseTarget
    escalation: Escalation
    call_by: Literal["page", "ticket"]
    update_every_minutes: float | None = Field(default=None, gt=0)
    roles_required: bool = False


class Calendar(Part):
    """The working days that a next-business-day target counts.

    ``country`` (ISO 3166) and ``subdivision`` add public holidays, ``days_off`` those of the organisation.
    """

    zone: str = "UTC"
    country: str | None = None
    subdivision: str | None = None
    days_off: tuple[date, ...] = ()
    workdays: tuple[Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ...] = Field(
        default=("Mon", "Tue", "Wed", "Thu", "Fri"), min_length=1
    )

    @model_validator(mode="after")
    def _zone_is_known(self) -> Calendar:
        if zone_named(self.zone) is None:
            raise ValueError(f"'{self.zone}' is no offset or zone name")
        return self


class RoleRule(Part):
    """A role that the runbook asks for, with the other names people give it."""

    name: str
    short: str
    does: str
    also: tuple[str, ...] = ()
    event: str


class EventWords(Part):
    """Which words of a timeline entry tell one kind of event."""

    words: tuple[Words, ...] = ()
    but_not: tuple[Words, ...] = Field(default=(), alias="not")

    def tell(self, text: str) -> bool:
        """Whether the text tells this kind of event."""
        found = any(re.search(words, text, re.IGNORECASE) for words in self.words)
        return found and not any(re.search(words, text, re.IGNORECASE) for words in self.but_not)


class MilestoneRule(Part):
    """Where a milestone is taken from when the record has no field for it."""

    says: str
    kinds: tuple[str, ...] = ()
    take: Literal["first", "last"] = "first"


class Rule(Part):
    """One thing the runbook asks for, how it is judged, and what to ask people when it was missed.

    ``within_minutes`` counts from the milestone ``from`` (inclusive). Events before ``after`` do not count.
    Until the milestone ``pending_until`` is there, an open incident's rule is pending. ``ask`` is the
    question for the review; an empty one means that another rule asks it.
    """

    id: str
    req: str
    title: str
    quote: str
    check: CheckKind
    severities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    role: str | None = None
    field: str | None = None
    evidence: Literal["logs", "metrics", "database", "export"] | None = None
    mitigation: Literal["rollback", "fix_forward"] | None = None
    counted_from: MilestoneName | None = Field(default=None, alias="from")
    after: MilestoneName | Literal["mitigation"] | None = None
    pending_until: MilestoneName | None = None
    within_minutes: float | None = Field(default=None, gt=0)
    at_least_minutes: float | None = Field(default=None, gt=0)
    name_like: Words | None = None
    or_field: str | None = None
    or_mitigation: bool = False
    or_updates: bool = False
    ask: str | None = None


class Pattern(Part):
    """A known kind of incident: how it shows, what helps now, what helps for good."""

    name: str
    id: str
    symptoms: tuple[str, ...]
    log_words: tuple[Words, ...] = ()
    quick_fix: tuple[str, ...] = ()
    long_term_fix: str = ""


class Contact(Part):
    """Whom to reach, and how."""

    role: str = ""
    name: str = ""
    contact: str


class Runbook(Part):
    """The whole runbook."""

    schema_version: Literal["1"] = "1"
    name: str
    zone: str | None = None
    severities: dict[str, Severity] = Field(min_length=1)
    severity_aliases: dict[str, str] = Field(default={})
    calendar: Calendar = Calendar()
    external_update_every_minutes: float = 30
    silence_minutes: float = Field(default=30, gt=0)
    monitoring_minutes: float = Field(default=30, gt=0)
    zones: dict[str, str] = Field(default={})
    currency_signs: dict[str, str] = Field(default={})
    default_currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    detected_by: dict[str, tuple[str, ...]] = Field(default={})
    roles: tuple[RoleRule, ...] = ()
    machine_actors: tuple[Words, ...] = ()
    events: dict[str, EventWords] = Field(default={})
    milestones: dict[MilestoneName, MilestoneRule] = Field(default={})
    clocks: dict[str, dict[str, tuple[MilestoneName, MilestoneName]]] = Field(default={})
    rules: tuple[Rule, ...] = ()
    severity_signals: tuple[SeveritySignal, ...] = ()
    lints: Lints = Lints()
    patterns: tuple[Pattern, ...] = ()
    escalation_order: tuple[Contact, ...] = ()
    external_support: tuple[Contact, ...] = ()

    @model_validator(mode="after")
    def _names_are_known(self) -> Runbook:
        for alias, severity in self.severity_aliases.items():
            if severity not in self.severities:
                raise ValueError(f"severity_aliases.{alias}: '{severity}' is none of {', '.join(self.severities)}")
        for word, meaning in self.zones.items():
            if zone_named(meaning) is None:
                raise ValueError(f"zones.{word}: '{meaning}' is no offset or zone name")
        if DEFAULT_CLOCK not in self.clocks:
            raise ValueError("clocks.default is missing")
        known = {role.name for role in self.roles}
        for rule in self.rules:
            self._rule_is_known(rule, known)
        for signal in self.severity_signals:
            self._signal_is_known(signal)
        return self

    def _rule_is_known(self, rule: Rule, roles: set[str]) -> None:
        for kind in rule.kinds:
            if kind not in self.events:
                raise ValueError(f"rules '{rule.id}': there is no kind of event '{kind}'{_nearest(kind, self.events)}")
        for severity in rule.severities:
            if severity not in self.severities:
                raise ValueError(f"rules '{rule.id}': '{severity}' is none of {', '.join(self.severities)}")
        if rule.role and rule.role not in roles:
            raise ValueError(f"rules '{rule.id}': there is no role '{rule.role}'{_nearest(rule.role, roles)}")

    def _signal_is_known(self, signal: SeveritySignal) -> None:
        if signal.severity not in self.severities:
            raise ValueError(f"severity_signals: '{signal.severity}' is none of {', '.join(self.severities)}")
        criteria = self.severities[signal.severity].criteria
        if signal.criterion not in criteria:
            nearest = _nearest(signal.criterion, criteria)
            raise ValueError(f"severity_signals: {signal.severity} has no criterion '{signal.criterion}'{nearest}")

    def severity_named(self, written: str) -> str | None:
        """The severity a text means, by its name or the alias map; None where it means none."""
        by_name = {name.upper(): name for name in self.severities}
        by_name |= {alias.upper(): name for alias, name in self.severity_aliases.items()}
        return by_name.get(written.strip().upper())

    def role_named(self, written: str) -> str:
        """The runbook's name of a role that may be written otherwise; else what was written."""
        word = written.strip().lower()
        for role in self.roles:
            if word in {role.name.lower(), role.short.lower(), *role.also}:
                return role.name
        return written.strip()

    def kinds_told(self, text: str) -> tuple[str, ...]:
        """The kinds of event that a timeline entry's words tell, in the runbook's order."""
        return tuple(kind for kind, words in self.events.items() if words.tell(text))

    def zone_rules(self, zone: str | None) -> ZoneRules:
        """How times are read in an incident with this zone, or the runbook's."""
        return ZoneRules(zone or self.zone, self.zones)

    @cached_property
    def currency_rules(self) -> CurrencyRules:
        """What currency signs mean."""
        return CurrencyRules(self.currency_signs, self.default_currency)


def _nearest(word: str, words: Iterable[str]) -> str:
    close = get_close_matches(word, list(words), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


@lru_cache(maxsize=8)
def load_runbook(path: Path | None = None) -> Runbook:
    """The runbook of a YAML file, or the one that ships with the package.

    Raises:
        RunbookError: The file is missing, is not YAML, or has a key or value that cannot be followed.
    """
    file = path or shipped("runbook.yaml")
    where = file.name if path is None else str(path)
    try:
        documents = load_documents(decoded(file.read_bytes(), where=where), where=where)
    except OSError as error:
        raise RunbookError("there is no such runbook", where=where, found=error.strerror or "") from None
    except RecordError as error:
        raise RunbookError(error.message, where=error.where, expected=error.expected, found=error.found) from None
    if len(documents) != 1 or not isinstance(documents[0].value, dict):
        raise RunbookError("this is not a runbook", where=where, expected="one mapping of keys")
    try:
        return Runbook.model_validate(documents[0].value)
    except ValidationError as error:
        raise _readable(error, documents[0], where) from None


def _readable(error: ValidationError, document: Document, where: str) -> RunbookError:
    # A misspelt key is the cause of the missing one, so it is told first.
    first = min(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
    pointer = tuple(part for part in first["loc"] if isinstance(part, (str, int)))
    line = document.line(pointer)
    name = ".".join(str(part) for part in pointer)
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    nearest = ""
    if first["type"] == "extra_forbidden" and pointer:
        nearest = _nearest(str(pointer[-1]), _siblings(pointer)).removeprefix("; ")
    message = first["msg"].removeprefix("Value error, ")
    message = "there is no such key" if first["type"] == "extra_forbidden" else message[:1].lower() + message[1:]
    found = first["input"] if isinstance(first["input"], str) else None
    return RunbookError(
        f"{name}: {message}{more}" if name else f"{message}{more}",
        where=f"{where}:{line}" if line else where,
        found=found,
        nearest=nearest,
    )


def _siblings(pointer: tuple[str | int, ...]) -> list[str]:
    models: dict[str, type[Part]] = {"severities": Severity, "rules": Rule, "roles": RoleRule, "patterns": Pattern}
    model = models.get(str(pointer[0]), Runbook) if len(pointer) > 1 else Runbook
    return [field.alias or name for name, field in model.model_fields.items()]
