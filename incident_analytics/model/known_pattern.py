"""Known kinds of incident as data: how each shows in logs, metrics and the database, and what helps."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field, model_validator

from incident_analytics.model.runbook_part import Part, PortableWords

MetricMove: TypeAlias = Literal["rises", "falls", "reaches_limit", "grows_steadily", "stays_level"]
DatabaseShows: TypeAlias = Literal["connections_near_limit", "waiting_sessions", "idle_in_transaction", "lock_waits"]
IfAbsent: TypeAlias = Literal["against", "says_nothing"]


class MetricSignal(Part):
    """What one kind of metric does in such an incident.

    ``metric`` is found in the name, the labels and the unit of a series: ``db pool in use {pool=payments}
    connections``, signs between words read as spaces. ``says`` is the sentence that is true where it shows.
    ``limit`` finds the series of the limit in the same way; ``limit_at`` is a fixed one. Without either, a metric in
    percent has its limit at 100 and a ratio at 1. ``of_one`` names labels of which one value alone is expected to
    move, such as the host that is called.
    """

    says: str = Field(min_length=1)
    metric: tuple[PortableWords, ...] = Field(min_length=1)
    but_not: tuple[PortableWords, ...] = Field(default=(), alias="not")
    does: MetricMove
    limit: tuple[PortableWords, ...] = ()
    limit_at: float | None = Field(default=None, gt=0)
    share: float = Field(default=0.95, gt=0, le=1)
    grows_by: float = Field(default=0.2, gt=0)
    of_one: tuple[str, ...] = ()
    if_absent: IfAbsent = "against"

    @model_validator(mode="after")
    def _limit_where_one_is_reached(self) -> MetricSignal:
        if self.limit and self.limit_at is not None:
            raise ValueError(f"signal '{self.says}': expected limit or limit_at, found both")
        if (self.limit or self.limit_at is not None) and self.does != "reaches_limit":
            raise ValueError(f"signal '{self.says}': only what reaches_limit has a limit, found '{self.does}'")
        return self


class DatabaseSignal(Part):
    """What a capture of the database shows in such an incident.

    ``share`` is that of the server's limit, ``at_least`` a number of sessions, ``over_seconds`` how long one has been
    idle in its transaction.
    """

    says: str = Field(min_length=1)
    shows: DatabaseShows
    share: float = Field(default=0.9, gt=0, le=1)
    at_least: int = Field(default=1, ge=1)
    over_seconds: float = Field(default=60, ge=0)
    if_absent: IfAbsent = "against"


class Pattern(Part):
    """A known kind of incident: how it shows, what helps now, what helps for good.

    ``of_third_party`` says that it lies with somebody else: what names a service of one's own is no sign of it.
    """

    name: str
    id: str
    symptoms: tuple[str, ...] = ()
    of_third_party: bool = False
    log_words: tuple[PortableWords, ...] = ()
    metric_signals: tuple[MetricSignal, ...] = ()
    database_signals: tuple[DatabaseSignal, ...] = ()
    quick_fix: tuple[str, ...] = ()
    long_term_fix: str = ""

    @model_validator(mode="after")
    def _shows_somehow(self) -> Pattern:
        if not (self.log_words or self.metric_signals or self.database_signals):
            raise ValueError(f"pattern '{self.name}': expected log_words, metric_signals or database_signals")
        return self
