"""The runbook as data: severities, targets, words, clocks and rules that an incident is compared with.

The package ships one (``runbook.yaml``); an organisation replaces it with its own file.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from pydantic import Field, ValidationError, field_validator, model_validator

from incident_analytics.errors import RecordError, RunbookError
from incident_analytics.model.event_words import Denials, EventWords
from incident_analytics.model.instants import ZoneRules
from incident_analytics.model.known_pattern import DatabaseSignal, MetricSignal, Pattern
from incident_analytics.model.lint_rules import Lints, SeveritySignal
from incident_analytics.model.money import CurrencyRules
from incident_analytics.model.response_flow import FlowStep
from incident_analytics.model.runbook_errors import nearest_word, readable
from incident_analytics.model.runbook_part import Part, Words
from incident_analytics.model.severity import Calendar, Severity
from incident_analytics.model.zones import zone_named
from incident_analytics.safe_yaml import decoded, load_documents
from incident_analytics.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "DEFAULT_CLOCK",
    "Calendar",
    "CheckKind",
    "Contact",
    "Denials",
    "EventWords",
    "MilestoneName",
    "MilestoneRule",
    "Pattern",
    "RoleRule",
    "Rule",
    "Runbook",
    "Severity",
    "load_runbook",
]

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


class RoleRule(Part):
    """A role that the runbook asks for, with the other names people give it."""

    name: str
    short: str
    does: str
    also: tuple[str, ...] = ()
    event: str


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
    denials: Denials = Denials()
    events: dict[str, EventWords] = Field(default={})
    milestones: dict[MilestoneName, MilestoneRule] = Field(default={})
    clocks: dict[str, dict[str, tuple[MilestoneName, MilestoneName]]] = Field(default={})
    rules: tuple[Rule, ...] = ()
    flow: tuple[tuple[FlowStep, ...], ...] = ()
    severity_signals: tuple[SeveritySignal, ...] = ()
    lints: Lints = Lints()
    patterns: tuple[Pattern, ...] = ()
    redact: tuple[Literal["query_text", "secrets"], ...] = ()
    escalation_order: tuple[Contact, ...] = ()
    external_support: tuple[Contact, ...] = ()

    @field_validator("patterns")
    @classmethod
    def _ids_are_distinct(cls, patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
        ids = [pattern.id for pattern in patterns]
        if twice := next((each for each in ids if ids.count(each) > 1), None):
            raise ValueError(f"two have the id '{twice}'")
        return patterns

    @model_validator(mode="after")
    def _names_are_known(self) -> Runbook:
        for alias, severity in self.severity_aliases.items():
            if severity not in self.severities:
                raise ValueError(f"severity_aliases.{alias}: '{severity}' is none of {', '.join(self.severities)}")
        for word, meaning in self.zones.items():
            if zone_named(meaning) is None:
                raise ValueError(f"zones.{word}: '{meaning}' is no offset or zone name")
        if self.zone is not None and self.zone_rules(None).named(self.zone) is None:
            raise ValueError(f"zone: '{self.zone}' is no offset, zone name or key of zones")
        if DEFAULT_CLOCK not in self.clocks:
            raise ValueError("clocks.default is missing")
        known = {role.name for role in self.roles}
        for rule in self.rules:
            self._rule_is_known(rule, known)
        for signal in self.severity_signals:
            self._signal_is_known(signal)
        for step in (step for row in self.flow for step in row):
            self._step_is_known(step)
        return self

    def _step_is_known(self, step: FlowStep) -> None:
        rules = {rule.id for rule in self.rules}
        milestones = get_args(MilestoneName)
        for name, written, known in (("rule", step.rule, rules), ("milestone", step.milestone, milestones)):
            if written is not None and written not in known:
                raise ValueError(f"flow: '{step.title}' names the unknown {name} '{written}'")
        for severity in step.severities:
            if severity not in self.severities:
                raise ValueError(f"flow: '{step.title}' names the unknown severity '{severity}'")

    def _rule_is_known(self, rule: Rule, roles: set[str]) -> None:
        for kind in rule.kinds:
            if kind not in self.events:
                raise ValueError(
                    f"rules '{rule.id}': there is no kind of event '{kind}'{nearest_word(kind, self.events)}"
                )
        for severity in rule.severities:
            if severity not in self.severities:
                raise ValueError(f"rules '{rule.id}': '{severity}' is none of {', '.join(self.severities)}")
        if rule.role and rule.role not in roles:
            raise ValueError(f"rules '{rule.id}': there is no role '{rule.role}'{nearest_word(rule.role, roles)}")

    def _signal_is_known(self, signal: SeveritySignal) -> None:
        if signal.severity not in self.severities:
            raise ValueError(f"severity_signals: '{signal.severity}' is none of {', '.join(self.severities)}")
        criteria = self.severities[signal.severity].criteria
        if signal.criterion not in criteria:
            nearest = nearest_word(signal.criterion, criteria)
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
            if word in {name.lower() for name in (role.name, role.short, *role.also)}:
                return role.name
        return written.strip()

    def kinds_told(self, text: str) -> tuple[str, ...]:
        """The kinds of event that a timeline entry's words tell, in the runbook's order."""
        return tuple(kind for kind, words in self.events.items() if words.tell(text, self.denials))

    def zone_rules(self, zone: str | None) -> ZoneRules:
        """How times are read in an incident with this zone, or the runbook's."""
        return ZoneRules(zone or self.zone, self.zones)

    @cached_property
    def currency_rules(self) -> CurrencyRules:
        """What currency signs mean."""
        return CurrencyRules(self.currency_signs, self.default_currency)


_MODELS: dict[str, type[Part]] = {
    "severities": Severity,
    "rules": Rule,
    "roles": RoleRule,
    "patterns": Pattern,
    "metric_signals": MetricSignal,
    "database_signals": DatabaseSignal,
}


def load_runbook(path: Path | None = None) -> Runbook:
    """The runbook of a YAML file, or the one that ships with the package.

    Raises:
        RunbookError: The file is missing, is not YAML, or has a key or value that cannot be followed.
    """
    file = path or shipped("runbook.yaml")
    where = file.name if path is None else str(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise RunbookError("there is no such runbook", where=where, found=error.strerror or "") from None
    return _runbook_of(data, where)


@lru_cache(maxsize=8)
def _runbook_of(data: bytes, where: str) -> Runbook:
    """Keyed by what stands in the file, so that one edited in a running process is read again."""
    try:
        documents = load_documents(decoded(data, where=where), where=where)
    except RecordError as error:
        raise RunbookError(error.message, where=error.where, expected=error.expected, found=error.found) from None
    if len(documents) != 1 or not isinstance(documents[0].value, dict):
        raise RunbookError("this is not a runbook", where=where, expected="one mapping of keys")
    try:
        return Runbook.model_validate(documents[0].value)
    except ValidationError as error:
        raise readable(error, documents[0], where, _MODELS, Runbook) from None
