"""The fields of incidents from the cells of a table, all rows at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.model.measurement import Place
from incident_analytics.model.money import CurrencyRules
from incident_analytics.sources.histories.cells import amounts, counts, numbers, texts, words
from incident_analytics.sources.histories.schema import CLOSED, LATEST, MILESTONES, OPEN, ORIGIN, RECORDED, RESOLVED
from incident_analytics.sources.histories.source_columns import YES
from incident_analytics.sources.histories.times import TimeRules, read_times
from incident_analytics.sources.histories.words import detection_method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories.cells import DecimalMark
    from incident_analytics.sources.histories.ledger import Tally
    from incident_analytics.sources.histories.mapping import FieldName, Mapping, PlainField

_NUMBER_FIELDS: tuple[PlainField, ...] = ("users_affected", "reopened", "duration_minutes")
_TEXT_FIELDS: tuple[PlainField, ...] = ("title", "service", "team", "cause")


@dataclass(frozen=True)
class MappedFields:
    """The rows of one table that are incidents.

    Args:
        cells: The cells, with the line of each row.
        mapping: What the columns mean.
        runbook: What the words in them mean.
        tally: Where everything is counted.
        file: The file's name.
    """

    cells: pl.DataFrame
    mapping: Mapping
    runbook: Runbook
    tally: Tally
    file: str

    def columns(self) -> dict[str, pl.Series]:
        """The columns of a history that the mapping fills."""
        columns = {**dict(self._texts()), **dict(self._words()), **dict(self._numbers())}
        milestones = dict(self._milestones())
        columns |= milestones | self._status(milestones)
        return columns | self._carried(columns)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self.cells.height

    def _cells(self, field: FieldName) -> pl.Series:
        """The column that fills a field; nulls where the mapping names none."""
        name = self.mapping.column_of(field)
        return self.cells[name] if name else pl.repeat(None, self.height, dtype=pl.String, eager=True)

    def _has(self, field: FieldName) -> bool:
        return bool(self.mapping.column_of(field))

    def _written(self, field: FieldName) -> pl.Series:
        return texts(self._cells(field), self.mapping.nulls)

    def _lose(self, field: str, is_unread: pl.Series) -> None:
        lost = is_unread.fill_null(value=False)
        self.tally.lose(field, int(lost.sum()), (Place(self.file, line) for line in self.cells["line"].filter(lost)))

    def _texts(self) -> Iterator[tuple[str, pl.Series]]:
        for field in _TEXT_FIELDS:
            yield field, self._written(field)
        services = self._written("services") if self._has("services") else self._written("service")
        yield "id", self._written("id")
        yield "services", services.str.replace_all(r"\s*[,;|]\s*", ", ")
        if not self._has("service"):
            yield "service", services.str.extract(r"^\s*([^,;|]*[^,;|\s])")

    def _words(self) -> Iterator[tuple[str, pl.Series]]:
        severity = self._written("severity")
        by_word = {word.strip().lower(): name for word, name in self.mapping.severities.items()}
        yield "severity_written", severity
        yield "severity", words(severity, lambda text: by_word.get(text.lower()) or self.runbook.severity_named(text))
        yield "detected_by", words(self._written("detected_by"), lambda text: detection_method(text, self.runbook))
        yes = {word.lower() for word in self.mapping.drills} or YES
        drill = self._written("is_drill").str.to_lowercase().is_in(list(yes))
        yield "is_drill", drill.fill_null(value=False)

    def _numbers(self) -> Iterator[tuple[str, pl.Series]]:
        mark = self.mapping.decimal_mark
        for field in _NUMBER_FIELDS:
            written = self._numeric(field)
            values = numbers(written, mark) if field == "duration_minutes" else counts(written, mark)
            self._lose(field, written.is_not_null() & values.is_null())
            yield field, values
        yield from self._revenue(mark)

    def _revenue(self, mark: DecimalMark) -> Iterator[tuple[str, pl.Series]]:
        written = self._numeric("revenue_lost")
        rules = self.runbook.currency_rules
        amount, code = amounts(written, mark, CurrencyRules(rules.signs, self.mapping.currency or rules.default))
        self._lose("revenue_lost", written.is_not_null() & amount.is_null())
        told = self._written("revenue_currency").str.to_uppercase()
        yield "revenue_lost", amount
        yield "revenue_currency", told.fill_null(code.replace("", None)).set(amount.is_null(), None)

    def _numeric(self, field: FieldName) -> pl.Series:
        cells = self._cells(field)
        return cells if cells.dtype.is_numeric() else texts(cells, self.mapping.nulls)

    def _milestones(self) -> Iterator[tuple[str, pl.Series]]:
        for name in MILESTONES:
            if not self._has(name):
                continue
            cells = self._cells(name)
            cells = cells if cells.dtype.is_temporal() else texts(cells, self.mapping.nulls)
            times = read_times(cells, self._time_rules(name))
            self.tally.zones.update(times.zones)
            self.tally.zones_assumed.update(times.zones_assumed)
            self._lose(name, times.unread)
            yield name, times.at
            yield name + LATEST, times.latest

    def _time_rules(self, name: FieldName) -> TimeRules:
        column = next(each for each in self.mapping.columns[self.mapping.column_of(name)] if each.field == name)
        zones = self.runbook.zone_rules(column.zone or self.mapping.zone)
        return TimeRules(zones, column.formats or self.mapping.date_formats)

    def _status(self, milestones: dict[str, pl.Series]) -> dict[str, pl.Series]:
        """The status by its own word, else by the milestones, and where each milestone comes from."""
        told = self._told_status()
        nothing = pl.repeat(None, self.height, dtype=pl.String, eager=True)
        resolved, closed = (milestones.get(name, nothing).is_not_null() for name in ("resolved_at", "closed_at"))
        is_open = (told == OPEN).fill_null(value=False)
        is_over = closed | told.is_in([RESOLVED, CLOSED]).fill_null(value=False)
        state = pl.when(is_open).then(pl.lit(OPEN)).when(resolved).then(pl.lit(RESOLVED))
        states = pl.select(state.when(is_over).then(pl.lit(CLOSED)).otherwise(pl.lit(OPEN))).to_series()
        origins = {
            name + ORIGIN: pl.select(pl.when(milestones[name].is_not_null()).then(pl.lit(RECORDED))).to_series()
            for name in MILESTONES
            if name in milestones
        }
        return {**origins, "status": states}

    def _told_status(self) -> pl.Series:
        known = self.mapping.statuses
        state_of = {
            word.lower(): state
            for state, listed in ((OPEN, known.open), (RESOLVED, known.resolved), (CLOSED, known.closed))
            for word in listed
        }
        written = self._written("status")
        told = words(written, lambda text: state_of.get(text.lower()))
        if state_of:
            self._lose("status", written.is_not_null() & told.is_null())
        return told

    def _carried(self, columns: dict[str, pl.Series]) -> dict[str, pl.Series]:
        """What a table of our own columns says beside the fields: ends of ranges, origins, severities as written."""
        own = all(name == each[0].field for name, each in self.mapping.columns.items())
        found: dict[str, pl.Series] = {}
        for name in self.cells.columns if own else ():
            if name.endswith(LATEST) and name.removesuffix(LATEST) in columns:
                found[name] = read_times(self.cells[name], TimeRules(self.runbook.zone_rules(None))).at
            elif name == "severity_written" or (name.endswith(ORIGIN) and name in columns):
                found[name] = texts(self.cells[name]).fill_null(columns[name])
        return found
