"""CSV of metrics as tables with times: long (one row a sample) and wide (one column a metric)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from incident_analytics.errors import SourceError
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.compressed import plain_stem
from incident_analytics.sources.delimited import Table, read_table
from incident_analytics.sources.evidence_text import decode_evidence, read_evidence, relative_name
from incident_analytics.sources.metrics.account import Account
from incident_analytics.sources.metrics.columns import Roles, column_roles, says_utc, split_date_and_clock
from incident_analytics.sources.metrics.csv_findings import about_text, not_samples
from incident_analytics.sources.metrics.frame import FileSamples, no_samples
from incident_analytics.sources.metrics.sidecar import Sidecar, read_sidecar
from incident_analytics.sources.metrics.stacked_header import unstacked
from incident_analytics.sources.metrics.times import read_times
from incident_analytics.sources.metrics.two_clocks import Span, TimeColumn, agreed_span, in_preference

if TYPE_CHECKING:
    from pathlib import Path

_SURE = {True: 0.9, False: 0.8}


def sniff(head: bytes, name: str) -> float:
    r"""How surely a file is a CSV of metrics, from 0 to 1, by its header and first rows.

    >>> sniff(b"time,cpu_percent\n2024-01-15T14:15:00Z,12.5\n", "cpu.csv")
    0.8
    """
    del name
    text = decode_evidence(head).text
    whole = text if text.count("\n") == 0 else text[: text.rindex("\n")]
    table = unstacked(read_table(whole))
    if not table.rows:
        return 0.0
    roles = column_roles(table)
    if not roles.is_samples or not any(_has_times(table, index) for index in roles.times):
        return 0.0
    return _SURE[roles.metric is not None]


def _has_times(table: Table, index: int) -> bool:
    return bool(read_times(table.column(index), zone="UTC").at.is_not_null().any())


@dataclass(frozen=True, slots=True)
class ParsedCsv:
    """A table of samples whose times are read but, where they are told twice, not settled.

    Args:
        name: The file relative to the bundle.
        stem: What to call its metric where nothing names one.
        table: Its rows.
        roles: What its columns are.
        clocks: Its columns of times, the preferred one first.
        sidecar: The query kept beside it.
        text_account: What is doubtful about its text, and what had to be done to read it.
    """

    name: str
    stem: str
    table: Table
    roles: Roles
    clocks: tuple[TimeColumn, ...]
    sidecar: Sidecar
    text_account: Account = field(default_factory=Account)

    @property
    def agreed_span(self) -> Span | None:
        """When its samples are, as far as its columns of times agree."""
        return agreed_span(self.clocks)


def parse_csv(path: Path, *, root: Path, zone: str | None) -> ParsedCsv | FileSamples:
    """The table of a file with its times, or an account of why it has none.

    Args:
        path: The file.
        root: The bundle's folder.
        zone: The zone of times that carry none; None where the bundle names none, then UTC is taken.
    """
    name = relative_name(path, root)
    try:
        evidence = read_evidence(path, name)
    except SourceError as error:
        finding = Finding("unreadable-file", "error", f"{error.message[:1].upper()}{error.message[1:]}.", Place(name))
        return replace(no_samples(name, reader="", notes=(error.message,), unreadable=1), findings=(finding,))
    table = unstacked(read_table(evidence.text))
    roles = column_roles(table)
    if not roles.is_samples:
        finding = not_samples(table, roles, name)
        rows = len(table.rows) + table.lost
        return replace(no_samples(name, reader="", notes=(finding.message,), unreadable=rows), findings=(finding,))
    clocks = tuple(in_preference(_time_columns(table, roles, zone or "UTC")))
    sidecar = read_sidecar(path, root=root)
    return ParsedCsv(name, plain_stem(path), table, roles, clocks[:2], sidecar, about_text(evidence, table, name))


def _time_columns(table: Table, roles: Roles, zone: str) -> list[TimeColumn]:
    split = split_date_and_clock(table, roles.times)
    columns = []
    if split:
        day, clock = split
        cells = [f"{row[day].strip()} {row[clock].strip()}" for row in table.rows]
        header = f"{table.header[day]} and {table.header[clock]}"
        columns.append(TimeColumn(header, cells, read_times(cells, zone=zone)))
    for index in roles.times:
        if not split or index not in split:
            header, cells = table.header[index], table.column(index)
            times = read_times(cells, zone="UTC" if says_utc(header) else zone)
            if says_utc(header):
                # The header is their zone, so none was assumed.
                times = replace(times, naive=times.naive & False)
            columns.append(TimeColumn(header, cells, times))
    return columns
