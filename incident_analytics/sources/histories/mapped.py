"""From a table and its mapping to rows of a history; several may still tell of one incident."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.errors import SourceError
from incident_analytics.model.measurement import Place
from incident_analytics.sources.histories.cells import numbers, texts
from incident_analytics.sources.histories.mapped_fields import MappedFields
from incident_analytics.sources.histories.schema import HISTORY_SCHEMA
from incident_analytics.sources.histories.times import TimeRules, read_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories.ledger import Tally
    from incident_analytics.sources.histories.mapping import Filter, Mapping
    from incident_analytics.sources.histories.table import Table

KEY, LAST = "row key", "row last by"
_MOST_NAMED = 12
_SEPARATOR = "\x1f"
# Their objects leave out what is missing.
_WITHOUT_HEADER = frozenset({"json", "front matter"})


@dataclass(frozen=True)
class MappedTable:
    """One table on its way to a history.

    Args:
        table: The rows as they were read.
        mapping: What its columns mean.
        runbook: What the words in them mean.
        tally: Where everything is counted.
        file: The file's name.
    """

    table: Table
    mapping: Mapping
    runbook: Runbook
    tally: Tally
    file: str

    def frame(self) -> pl.DataFrame:
        """The columns of a history, with those by which rows are merged.

        Raises:
            SourceError: A column that the mapping names is not there.
        """
        self._count_rows()
        cells = self._with_every_column()
        for each in self.mapping.filters:
            cells = self._kept(cells, ~_leaves_out(each, cells[each.column]), each.told)
        identity = cells[self.mapping.column_of("id")]
        cells = self._kept(cells, texts(identity, self.mapping.nulls).is_not_null(), "no id")
        cells = self._kept(cells, self._key(cells).is_not_null(), "no key")
        fields = MappedFields(cells, self.mapping, self.runbook, self.tally, self.file).columns()
        columns = fields | {"line": cells["line"], KEY: self._key(cells), LAST: self._last(cells)}
        frame = pl.DataFrame([series.alias(name) for name, series in columns.items()])
        frame = frame.with_columns(file=pl.lit(self.file))
        missing = {name: dtype for name, dtype in HISTORY_SCHEMA.items() if name not in frame.columns}
        frame = frame.with_columns(pl.lit(None, dtype=dtype).alias(name) for name, dtype in missing.items())
        typed = [pl.col(name).cast(dtype) for name, dtype in HISTORY_SCHEMA.items()]
        return frame.select(*typed, KEY, LAST)

    def _count_rows(self) -> None:
        self.tally.rows += self.table.lines.len() + len(self.table.lost)
        for lost in self.table.lost:
            self.tally.drop(lost.reason, 1, [Place(self.file, lost.line)])

    def _with_every_column(self) -> pl.DataFrame:
        table = self.table.frame
        missing = [name for name in self.mapping.columns_used if name not in table.columns]
        if missing and self.table.names and self.table.reader not in _WITHOUT_HEADER:
            close = get_close_matches(missing[0], self.table.names, n=1)
            raise SourceError(
                f"there is no column '{missing[0]}', which the mapping names",
                where=self.file,
                expected=f"one of {', '.join(self.table.names[:_MOST_NAMED])}",
                nearest=_nearest(close[0] if close else "", self.table.names),
            )
        cells = [series for series in table.get_columns() if series.name != "line"]
        frame = pl.DataFrame([*cells, self.table.lines.cast(pl.Int64).alias("line")])
        return frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)

    def _kept(self, cells: pl.DataFrame, is_kept: pl.Series, reason: str) -> pl.DataFrame:
        gone = cells["line"].filter(~is_kept)
        self.tally.drop(reason, len(gone), (Place(self.file, line) for line in gone))
        return cells.filter(is_kept) if len(gone) else cells

    def _key(self, cells: pl.DataFrame) -> pl.Series:
        parts = [texts(cells[name], self.mapping.nulls) for name in self.mapping.key]
        key = parts[0]
        for part in parts[1:]:
            key = key + _SEPARATOR + part
        return key

    def _last(self, cells: pl.DataFrame) -> pl.Series:
        if self.mapping.rows.last_by is None:
            return pl.repeat(0.0, cells.height, dtype=pl.Float64, eager=True)
        ranks = cells[self.mapping.rows.last_by]
        if ranks.dtype.is_numeric():
            return ranks.cast(pl.Float64)
        written = ranks if ranks.dtype.is_temporal() else texts(ranks, self.mapping.nulls)
        number = numbers(written, self.mapping.decimal_mark) if written.dtype == pl.String else None
        if number is not None and number.count() == written.count():
            return number
        rules = TimeRules(self.runbook.zone_rules(self.mapping.zone), self.mapping.date_formats)
        times = read_times(written, rules)
        unread = cells["line"].filter(times.unread)
        places = (Place(self.file, line) for line in unread)
        self.tally.lose(f"{self.mapping.rows.last_by} (last_by)", len(unread), places)
        return times.at.dt.timestamp("us").cast(pl.Float64)


def _leaves_out(rule: Filter, cells: pl.Series) -> pl.Series:
    written = texts(cells).str.to_lowercase()
    listed = written.is_in([word.lower() for word in rule.leave_out or rule.keep_only]).fill_null(value=False)
    return listed if rule.leave_out else ~listed


def _nearest(close: str, names: Sequence[str]) -> str:
    if any("\ufffd" in name for name in names):
        return "the file is not UTF-8; say what it is in the mapping, such as `encoding: cp1252`"
    return f"did you mean '{close}'?" if close else ""
