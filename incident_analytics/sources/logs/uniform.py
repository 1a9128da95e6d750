"""Many JSON lines of one shape at once, with the same result as `JsonReader` gives line by line."""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Final

import polars as pl
from polars.exceptions import ComputeError

from incident_analytics.sources.logs.json_line import NAMELESS_LOGGERS
from incident_analytics.sources.logs.record import SCHEMA
from incident_analytics.sources.logs.shapes import Shape, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.logs.shapes import Tree
    from incident_analytics.sources.logs.times import TimeReader

MOST_SHAPES: Final = 24
FEWEST_LINES: Final = 64  # below that, learning a shape costs more than it saves
FEWEST_OF_A_SHAPE: Final = 16  # a shape that is rarer in a block is not kept for the next
LESSONS_A_BLOCK: Final = 8
LINES_DECODED_AT_ONCE: Final = 1_000  # polars keeps the whole tree of what it decodes: a large one leaves the cache
_CERTAIN: Final = "is certain"

_UTC_TIME: Final = r"^(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?Z$"


class UniformReader:
    """Reads the lines of one file whose shapes it has learned, and leaves the others.

    Args:
        file: The file's path relative to the bundle.
        service: The service its folder names.
        times: Reads the times.
    """

    def __init__(self, file: str, service: str | None, times: TimeReader) -> None:
        self.file = file
        self.service = service
        self.times = times
        self._shapes: list[Shape] = []

    def read(self, lines: pl.DataFrame) -> list[pl.DataFrame]:
        """Frames of the records on lines of known shapes; every other line is in none of them.

        Args:
            lines: The columns ``line`` and ``raw``.
        """
        rest = lines.filter(pl.col("raw").str.starts_with('{"') & pl.col("raw").str.ends_with("}"))
        read: list[pl.DataFrame] = []
        for shape in self._shapes:
            rest = self._read_shape(shape, rest, read)
        for _ in range(LESSONS_A_BLOCK):
            if rest.height < FEWEST_LINES or len(self._shapes) >= MOST_SHAPES:
                break
            learned = shape_of(rest["raw"][0])
            left = rest if learned is None else self._read_shape(learned, rest, read)
            if learned is not None and rest.height - left.height >= FEWEST_OF_A_SHAPE:
                self._shapes.append(learned)
            rest = rest.slice(1) if left.height == rest.height else left
        return read

    def _read_shape(self, shape: Shape, lines: pl.DataFrame, read: list[pl.DataFrame]) -> pl.DataFrame:
        """Adds the records on the lines of a shape, and gives the lines of others."""
        try:
            fits = lines["raw"].str.contains(shape.pattern)
            if fits.any():
                read.append(self._records(shape, _kept(lines, fits)))
        except ComputeError:  # a pattern too large, or a line that polars' own parser refuses
            return lines
        return lines.clear() if fits.all() else lines.filter(~fits)

    def _records(self, shape: Shape, lines: pl.DataFrame) -> pl.DataFrame:
        table = _decoded(lines, shape.dtype)
        columns = _Columns(shape, self.service)
        if columns.has_written_time():
            table = _kept(table, table.select(columns.is_certain()).to_series())
            table = pl.concat([table, _stamps(table[_column(columns.time_key)], self.times)], how="horizontal")
        if table.is_empty():  # polars 2.1 forgets the type that an empty replacement was asked for
            return SCHEMA.to_frame()
        records = table.select(
            columns.timestamp(),
            *columns.level(table),
            columns.message(),
            columns.service(),
            *columns.ids(),
            columns.attributes(),
            pl.lit(shape.plan.flavour.name).alias("format"),
            columns.zone_assumed(),
            "raw",
            pl.lit(self.file).alias("file"),
            "line",
            columns.is_certain().alias(_CERTAIN),
        )
        certain = records.drop_in_place(_CERTAIN)
        return _kept(records, certain & records["timestamp"].is_not_null() if columns.time_key else certain)


def _decoded(lines: pl.DataFrame, dtype: pl.Struct) -> pl.DataFrame:
    """The lines with the fields of their JSON, a column a key."""
    pieces = lines.select("raw").iter_slices(LINES_DECODED_AT_ONCE)
    fields = pl.concat([piece["raw"].str.json_decode(dtype).struct.unnest() for piece in pieces])
    fields.columns = [_column(key) for key in fields.columns]
    return pl.concat([fields, lines], how="horizontal")


def _kept(table: pl.DataFrame, wanted: pl.Series) -> pl.DataFrame:
    """The wanted rows; where all are, as they nearly always are, nothing is copied."""
    return table if wanted.all() else table.filter(wanted)


def _column(key: str | None) -> str:
    """The name of a key's column, apart from the columns of the frame."""
    return f".{key}"


def _microseconds(number: pl.Expr) -> pl.Expr:
    """Microseconds since 1970 of an epoch in seconds or, by its size, in ms, us or ns; null where it is none."""
    return (
        pl.when(number.is_between(1, 10**11 - 1)).then(number * 10**6)
        .when(number.is_between(10**11, 10**14 - 1)).then(number * 10**3)
        .when(number.is_between(10**14, 10**17 - 1)).then(number)
        .when(number >= 10**17).then(number // 10**3)
    )  # fmt: skip


def _stamps(times: pl.Series, reader: TimeReader) -> pl.DataFrame:
    """Microseconds since 1970 and whether the zone was assumed; null where the reader finds no time."""
    is_text = times.dtype == pl.String
    if (
        is_text and times.str.contains(_UTC_TIME).all()
    ):  # most programs write UTC, and polars reads it as the reader does
        seconds = times.str.head(19).str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False)
        if not seconds.null_count():
            behind = times.str.slice(19).str.strip_chars(".Z").str.pad_end(6, "0").cast(pl.Int64)
            return pl.DataFrame({"timestamp": seconds.cast(pl.Int64) + behind}).with_columns(
                zone_assumed=pl.lit(value=False)
            )
    read = [reader.read(time) for time in times]
    return pl.DataFrame(
        {"timestamp": [each and each[0] for each in read], "zone_assumed": [each and each[1] for each in read]},
        schema={"timestamp": pl.Int64, "zone_assumed": pl.Boolean},
    )


class _Columns:
    """The columns of one shape's lines as expressions over their decoded fields."""

    def __init__(self, shape: Shape, folder: str | None) -> None:
        plan = shape.plan
        self.shape = shape
        self.folder = folder
        self.time_key = shape.first(plan.time, (int, float, str))
        self.level_key = shape.first(plan.level, (str, int))
        self.message_key = shape.first(plan.message, (str,))
        self.service_key, *self.id_keys = (
            shape.first(where, (str, int)) for where in (plan.service, plan.trace, plan.span, plan.user)
        )
        logger = shape.first(plan.logger, (str, int))
        self.logger_key = logger if self.service_key is None and folder is None else None

    def has_written_time(self) -> bool:
        """Whether each time must be read on its own, as only a whole number can be read by columns."""
        return self.time_key is not None and self.shape.tree[self.time_key] is not int

    def timestamp(self) -> pl.Expr:
        """When; null without a time."""
        if self.time_key is None:
            return _unknown("timestamp")
        at = pl.col("timestamp") if self.has_written_time() else _microseconds(pl.col(_column(self.time_key)))
        return at.cast(SCHEMA["timestamp"]).alias("timestamp")

    def zone_assumed(self) -> pl.Expr:
        """Whether the zone was assumed; a number needs none."""
        return pl.col("zone_assumed") if self.has_written_time() else pl.lit(value=False).alias("zone_assumed")

    def is_certain(self) -> pl.Expr:
        """Whether the first key of every column has a value to take; otherwise the line is read on its own."""
        names = [key for key in (self.service_key, *self.id_keys, self.logger_key) if key and self._is_text(key)]
        certain = [pl.col(_column(key)) != "" for key in names]
        if self.logger_key and self._is_text(self.logger_key):
            certain.append(~pl.col(_column(self.logger_key)).is_in(list(NAMELESS_LOGGERS)))
        return pl.all_horizontal(pl.lit(value=True), *certain)

    def _is_text(self, key: str) -> bool:
        return self.shape.tree[key] is str

    def level(self, table: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
        """The severity's number and text."""
        if self.level_key is None:
            return _unknown("severity_number"), _unknown("severity_text")
        level = pl.col(_column(self.level_key))
        different = table[_column(self.level_key)].unique()
        numbers = [self.shape.plan.flavour.severity(each) for each in different]
        number = level.replace_strict(different, pl.Series(numbers, dtype=pl.Int8), return_dtype=pl.Int8)
        return number.alias("severity_number"), level.cast(pl.String).alias("severity_text")

    def message(self) -> pl.Expr:
        """The body; a line of an unknown make is its own."""
        if self.message_key is None:
            is_own = self.shape.plan.flavour.name == "json"
            return pl.col("raw").alias("message") if is_own else _unknown("message")
        return pl.col(_column(self.message_key)).alias("message")

    def service(self) -> pl.Expr:
        """The record's own service, else its folder's, else its logger."""
        key = self.service_key or self.logger_key
        return _named(key, "service") if key else pl.lit(self.folder, dtype=pl.String).alias("service")

    def ids(self) -> list[pl.Expr]:
        """Trace, span and user."""
        names = ("trace_id", "span_id", "user_id")
        return [_named(key, name) for key, name in zip(self.id_keys, names, strict=True)]

    def attributes(self) -> pl.Expr:
        """Everything else as JSON with sorted keys."""
        taken = {self.time_key, self.level_key, self.message_key, self.service_key, *self.id_keys}
        rest = {key: value for key, value in self.shape.tree.items() if key not in taken}
        if not rest:
            return _unknown("attributes")
        return pl.struct(_sorted(rest, lambda key: pl.col(_column(key)))).struct.json_encode().alias("attributes")


def _unknown(column: str) -> pl.Expr:
    return pl.lit(None, dtype=SCHEMA[column]).alias(column)


def _named(key: str | None, column: str) -> pl.Expr:
    return pl.col(_column(key)).cast(pl.String).alias(column) if key else _unknown(column)


def _sorted(tree: Tree, field: Callable[[str], pl.Expr]) -> list[pl.Expr]:
    """The fields of an object in order of their keys, objects inside them too."""
    fields = []
    for key in sorted(tree):
        inner = tree[key]
        if isinstance(inner, dict):
            value: pl.Expr = pl.struct(_sorted(inner, field(key).struct.field))
        else:
            value = pl.lit(None) if inner is NoneType else field(key)
        fields.append(value.alias(key))
    return fields
