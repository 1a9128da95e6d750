"""mapping.yaml: how the columns of somebody's export become the fields of incidents."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from incident_analytics.model.runbook import MilestoneName
from incident_analytics.model.runbook_part import Part
from incident_analytics.model.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable

PlainField: TypeAlias = Literal[
    "id", "title", "severity", "status", "services", "service", "team", "cause", "detected_by", "reopened",
    "users_affected", "revenue_lost", "revenue_currency", "duration_minutes", "is_drill",
]  # fmt: skip
FieldName: TypeAlias = PlainField | MilestoneName
FIELDS: tuple[FieldName, ...] = (*get_args(PlainField), *get_args(MilestoneName))
_DIRECTIVE = re.compile(r"%[-_0]?(:?[A-Za-z+%]|\.[3f]?f?|#z)")
_DIRECTIVES = frozenset("YmdHIMSyBbheapPZzTRDFsjkl%fA+") | {":z", "#z", ".f", ".3f"}
_NAMED_BY_A_DAY = ("%d", "%e", "%D", "%F", "%j", "%s", "%+")
# Day first, as most of the world writes: with any of the usual separators, with and without a clock time.
DAY_FIRST = tuple(
    f"%d{mark}%m{mark}%Y{clock}" for mark in "/.-" for clock in (" %H:%M:%S", " %H:%M", ", %H:%M", " %I:%M %p", "")
)
MONTH_FIRST = tuple(form.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m") for form in DAY_FIRST)


def _is_format(form: str) -> str:
    if form == "iso":
        return form
    unknown = [found[0] for found in re.finditer(r"%.{0,2}", form) if not _DIRECTIVE.match(found[0])]
    unknown += [found[0] for found in _DIRECTIVE.finditer(form) if found[1] not in _DIRECTIVES]
    if unknown or not any(day in form for day in _NAMED_BY_A_DAY):
        raise ValueError(f"'{form}' is no format of dates such as '%d/%m/%Y %H:%M', nor 'iso'")
    return form


def _is_zone(word: str) -> str:
    if zone_named(word) is None:
        raise ValueError(f"'{word}' is no zone such as Europe/Berlin, +01:00 or UTC")
    return word


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _one_field(value: object) -> object:
    return {"field": value} if isinstance(value, str) else value


Zone = Annotated[str, AfterValidator(_is_zone)]
Format = Annotated[str, AfterValidator(_is_format)]
Formats = Annotated[tuple[Format, ...], BeforeValidator(_listed)]
Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Column(Part):
    """One field that a column fills, with a zone and formats of its own where they differ."""

    field: FieldName
    zone: Zone | None = None
    formats: Formats = ()


def _columns(value: object) -> object:
    return [_one_field(each) for each in value] if isinstance(value, list) else [_one_field(value)]


class Rows(Part):
    """Which rows tell of one incident, and which of them has the last word.

    ``key`` names the columns that are equal in all rows of an incident; ``last_by`` the column of numbers or times by
    which the last row is found, else the last one in the file is taken.
    """

    key: Words = ()
    last_by: str | None = None


class Filter(Part):
    """Rows to leave out: those whose column has one of some words, or has none of them."""

    column: str
    leave_out: Words = ()
    keep_only: Words = ()
    reason: str = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> Filter:
        if bool(self.leave_out) == bool(self.keep_only):
            raise ValueError("expected either leave_out or keep_only with at least one word")
        return self

    @property
    def told(self) -> str:
        """The reason for the ledger."""
        words = ", ".join(self.leave_out or self.keep_only)
        return self.reason or f"{self.column} is {'' if self.leave_out else 'not '}{words}"


class Statuses(Part):
    """What the words of the status column mean; an incident whose status is open has no resolution yet."""

    open: Words = ()
    resolved: Words = ()
    closed: Words = ()


class Mapping(Part):
    """A whole mapping.yaml; a misspelt key is an error."""

    schema_version: Literal["1"] = "1"
    name: str = ""
    files: Words = ("*",)
    encoding: Literal["utf-8", "utf-16", "latin-1", "cp1252"] | None = None
    sheet: str | None = None
    columns: dict[str, Annotated[tuple[Column, ...], BeforeValidator(_columns)]] = Field(min_length=1)
    zone: Zone | None = None
    formats: Formats = ()
    day_first: Literal["true", "false"] | None = None
    nulls: Words = ()
    severities: dict[str, str] = Field(default={})
    statuses: Statuses = Statuses()
    drills: Words = ()
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    decimal_mark: Literal[".", ","] | None = None
    rows: Rows = Rows()
    filters: tuple[Filter, ...] = ()

    @model_validator(mode="after")
    def _makes_incidents(self) -> Mapping:
        fields = [each.field for columns in self.columns.values() for each in columns]
        if "id" not in fields:
            raise ValueError("columns: one column must be the id")
        twice = next((name for name in fields if fields.count(name) > 1), None)
        if twice:
            raise ValueError(f"columns: two columns are the field '{twice}'")
        if self.formats and self.day_first:
            raise ValueError("day_first: formats say already which comes first")
        return self

    @property
    def date_formats(self) -> tuple[str, ...]:
        """How times are written, in the order to try."""
        if self.day_first:
            return ("iso", *(DAY_FIRST if self.day_first == "true" else MONTH_FIRST))
        return self.formats or ("iso",)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns whose values make rows one incident; by default the id's."""
        return self.rows.key or (self.column_of("id"),)

    def column_of(self, field: FieldName) -> str:
        """The column that fills a field; empty where none does."""
        found = (name for name, columns in self.columns.items() if any(each.field == field for each in columns))
        return next(found, "")

    @property
    def columns_used(self) -> tuple[str, ...]:
        """Every column that must be in a file."""
        extra = [
            *self.key,
            *([self.rows.last_by] if self.rows.last_by else []),
            *(each.column for each in self.filters),
        ]
        return tuple(dict.fromkeys([*self.columns, *extra]))

    def takes(self, name: str) -> bool:
        """Whether a file of this name is one it explains."""
        return any(fnmatch(name, pattern) for pattern in self.files)


def own_columns(names: Iterable[str]) -> Mapping | None:
    """The mapping of a table whose columns are named as our fields are; None where none of them is the id."""
    columns = {name: name for name in names if name in FIELDS}
    if "id" not in columns:
        return None
    statuses = {"open": "open", "resolved": "resolved", "closed": "closed"}
    return Mapping.model_validate({"columns": columns, "statuses": statuses})
