"""What each column of a metrics CSV is, told by its header word and, where that is silent, by its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.metrics.cell_units import has_unit
from incident_analytics.sources.metrics.numbers import is_missing, is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.sources.delimited import Table


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# Words are compared in lower case without spaces, underscores and the like: "Time Stamp (UTC)" is "timestamp".
TIME_WORDS: Final = _words(
    "time timestamp ts datetime date at epoch unixtime unixtimestamp unix when period bucket interval minute",
    "timems timens timeus timestampms timestampns timestampus timeunixnano epochms",
    "collectedat observedat sampledat recordedat measuredat",
)
METRIC_WORDS: Final = frozenset({"metric", "metricname", "name", "series", "measurement", "field"})
VALUE_WORDS: Final = frozenset({"value", "val", "metricvalue", "sample", "y"})
UNIT_WORDS: Final = frozenset({"unit", "units"})
# A label stays one though its cells are numbers: an instance 17, a port, a status code.
LABEL_WORDS: Final = _words(
    "pod podname instance host hostname node nodename service servicename job server region zone cluster namespace",
    "container containername device env environment app application database datname pid id code status",
    "statuscode port version shard partition quantile le",
)
# A table with one of these tells of events, not of samples.
LOG_WORDS: Final = frozenset({"message", "msg", "log", "level", "severity", "text", "query", "event", "body"})

_UTC_MARK = re.compile(r"[\s_(\[]+(?:utc|gmt|z)[)\]]?$", re.IGNORECASE)
_ASIDE = re.compile(r"[(\[][^)\]]*[)\]]")
_ROWS_LOOKED_AT = 200
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


def plain_word(header: str) -> str:
    """A header reduced to its letters and digits, without an aside in brackets.

    >>> plain_word("Time_Stamp (UTC)")
    'timestamp'
    """
    return re.sub(r"[\W_]+", "", _UTC_MARK.sub("", _ASIDE.sub("", header)).lower())


def says_utc(header: str) -> bool:
    """Whether the header itself names the zone: ``Time (UTC)``, ``timestamp_utc``."""
    return bool(_UTC_MARK.search(header))


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column plays which part, by index.

    Args:
        times: Columns of times, in order.
        metric: The column that names the metric, for long tables.
        value: The column of values, for long tables.
        unit: The column of units.
        metrics: One column a metric, for wide tables.
        labels: What tells series apart.
    """

    times: tuple[int, ...] = ()
    metric: int | None = None
    value: int | None = None
    unit: int | None = None
    metrics: tuple[int, ...] = ()
    labels: tuple[int, ...] = ()

    @property
    def is_samples(self) -> bool:
        """Whether the table holds samples at all: a time and something measured."""
        return bool(self.times) and (self.value is not None or bool(self.metrics))


def column_roles(table: Table) -> Roles:
    """The part of each column; a table without a time or without numbers has no samples.

    With a column named like a value the table is long and every other column is a label.
    Otherwise it is wide: a column whose first filled cells are mostly numbers is a metric,
    one of words is a label.
    """
    words = [plain_word(header) for header in table.header]
    times = tuple(index for index, word in enumerate(words) if word in TIME_WORDS)
    if not times or LOG_WORDS.intersection(words):
        return Roles(times)
    value = _first(words, VALUE_WORDS)
    unit = _first(words, UNIT_WORDS)
    metric = None if value is None else _first(words, METRIC_WORDS)
    rest = [index for index in range(len(words)) if index not in {*times, value, unit, metric}]
    if value is not None:
        return Roles(times, metric, value, unit, (), tuple(rest))
    metrics = tuple(index for index in rest if words[index] not in LABEL_WORDS and _is_numeric(table, index))
    return Roles(times, None, None, None, metrics, tuple(index for index in rest if index not in metrics))


def split_date_and_clock(table: Table, times: Sequence[int]) -> tuple[int, int] | None:
    """The columns that hold a day and a time of day apart, so that neither is a time alone."""
    if not table.rows:
        return None
    cells = {index: table.rows[0][index].strip() for index in times}
    days = [index for index, cell in cells.items() if _DATE.fullmatch(cell)]
    clocks = [index for index, cell in cells.items() if _CLOCK.match(cell)]
    return (days[0], clocks[0]) if days and clocks else None


def _first(words: Sequence[str], known: frozenset[str]) -> int | None:
    return next((index for index, word in enumerate(words) if word in known), None)


def _is_numeric(table: Table, index: int) -> bool:
    cells = [row[index] for row in table.rows[:_ROWS_LOOKED_AT] if not is_missing(row[index])]
    if not cells:
        # Nothing is told by the first rows: a metric that was never there, unless later rows hold words.
        cells = [row[index] for row in table.rows if not is_missing(row[index])]
    return sum(is_number(cell) or has_unit(cell) for cell in cells) * 2 >= len(cells)
