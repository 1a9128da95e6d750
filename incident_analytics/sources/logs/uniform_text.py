"""Many lines of one text format at once, with the same result as `TextFormat.read` gives line by line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import polars as pl
from polars.exceptions import ComputeError

from incident_analytics.sources.logs.formats import LONGEST, read_text
from incident_analytics.sources.logs.formats.text_format import NAMELESS_LOGGERS, NO_VALUE, TextFormat
from incident_analytics.sources.logs.record import SCHEMA, as_json

if TYPE_CHECKING:
    from incident_analytics.sources.logs.times import TimeReader

FEWEST_LINES: Final = 64  # below that, one by one is as fast
SAMPLE: Final = 16
COLUMN_GROUPS: Final = frozenset({"time", "level", "message", "service", "trace", "span", "user"})


class UniformTextReader:
    """Reads the lines of one file that are of its most frequent text format, and leaves the others.

    A line is read only where the next one begins a record too, so that whatever continues a record goes the
    slow way together with it.

    Args:
        file: The file's path relative to the bundle.
        service: The service its folder names.
        times: Reads the times.
    """

    def __init__(self, file: str, service: str | None, times: TimeReader) -> None:
        self.file = file
        self.service = service
        self.times = times

    def read(self, lines: pl.DataFrame) -> list[pl.DataFrame]:
        """Frames of the records on lines of the format; every other line is in none of them.

        Args:
            lines: The columns ``line`` and ``raw``, in the order of the file.
        """
        form = self._most_frequent(lines) if lines.height >= FEWEST_LINES else None
        if form is None:
            return []
        try:
            groups = lines["raw"].str.extract_groups(f"(?s)^(?:{form.pattern.pattern})$").struct.unnest()
        except ComputeError:
            return []
        table = pl.concat([groups.rename(_group), lines], how="horizontal")
        is_start = pl.col(_group("time")).is_not_null() & (pl.col("raw") == pl.col("raw").str.strip_chars())
        is_start &= pl.col("raw").str.len_bytes() <= LONGEST
        if form.follows != "nothing":
            next_starts = is_start.shift(-1, fill_value=False) & (pl.col("line").shift(-1) == pl.col("line") + 1)
            is_start &= next_starts.fill_null(value=False)
        table = table.filter(is_start)
        told = pl.col(*map(_group, form.pattern.groupindex))
        table = table.with_columns(pl.when(~told.is_in(["", NO_VALUE])).then(told))
        return self._records(form, table)

    def _most_frequent(self, lines: pl.DataFrame) -> TextFormat | None:
        sample = lines["raw"].gather_every(max(1, lines.height // SAMPLE))
        found = Counter(read[1] for line in sample if (read := read_text(line, self.times.twin())))
        form, count = next(iter(found.most_common(1)), (None, 0))
        return form if form is not None and form.finish is None and 2 * count >= len(sample) else None

    def _records(self, form: TextFormat, table: pl.DataFrame) -> list[pl.DataFrame]:
        numbers = [_group(name) for name in form.pattern.groupindex if name in form.numbers or name == _status(form)]
        whole = [pl.col(name).is_null() | pl.col(name).cast(pl.Int64, strict=False).is_not_null() for name in numbers]
        table = table.filter(pl.col(_group("time")).is_not_null(), *whole).with_columns(
            pl.col(*numbers).cast(pl.Int64) if numbers else pl.lit(value=None).alias("_")
        )
        table = table.join(self._stamps(table[_group("time")]), left_on=_group("time"), right_on="time", how="left")
        table = table.filter(pl.col("timestamp").is_not_null())
        if table.is_empty():
            return []
        levels = self._levels(form, table)
        record = table.with_columns(severity_number=levels).select(
            pl.col("timestamp").cast(SCHEMA["timestamp"]),
            "severity_number",
            _column(form, "level", "severity_text") if not form.level_name else _unknown("severity_text"),
            _message(form),
            self._service(form),
            _column(form, "trace", "trace_id"),
            _column(form, "span", "span_id"),
            _column(form, "user", "user_id"),
            _attributes(form),
            pl.lit(form.name).alias("format"),
            "zone_assumed",
            "raw",
            pl.lit(self.file).alias("file"),
            "line",
        )
        return [record]

    def _stamps(self, times: pl.Series) -> pl.DataFrame:
        """Each different time with its microseconds since 1970 and whether its zone was assumed."""
        counted = times.value_counts(name="count").rows()
        read = [self.times.read_repeated(time, count) for time, count in counted]
        return pl.DataFrame(
            {
                "time": [time for time, _ in counted],
                "timestamp": [each and each[0] for each in read],
                "zone_assumed": [each and each[1] for each in read],
            },
            schema={"time": pl.String, "timestamp": pl.Int64, "zone_assumed": pl.Boolean},
        )

    def _levels(self, form: TextFormat, table: pl.DataFrame) -> pl.Series:
        if "level" not in form.pattern.groupindex:
            return pl.repeat(None, table.height, dtype=pl.Int8, eager=True)
        written = table[_group("level")].cast(pl.String)
        different = written.unique().drop_nulls()
        numbers = pl.Series([form.severity(each) for each in different], dtype=pl.Int8)
        return written.replace_strict(different, numbers, default=None, return_dtype=pl.Int8)

    def _service(self, form: TextFormat) -> pl.Expr:
        """The line's own service, else its folder's, else its logger."""
        logger = pl.lit(None, dtype=pl.String)
        if "logger" in form.pattern.groupindex:
            named = pl.col(_group("logger"))
            logger = pl.when(~named.is_in(list(NAMELESS_LOGGERS))).then(named)
        folder = pl.lit(self.service, dtype=pl.String)
        own = _column(form, "service", "service")
        return pl.coalesce(own, folder, logger).alias("service")


def _group(name: str) -> str:
    return f".{name}"


def _status(form: TextFormat) -> str | None:
    return "level" if form.level_name else None


def _unknown(column: str) -> pl.Expr:
    return pl.lit(None, dtype=SCHEMA[column]).alias(column)


def _column(form: TextFormat, group: str, column: str) -> pl.Expr:
    return pl.col(_group(group)).alias(column) if group in form.pattern.groupindex else _unknown(column)


def _message(form: TextFormat) -> pl.Expr:
    return _column(form, "message", "message").fill_null("").str.strip_chars()


def _attributes(form: TextFormat) -> pl.Expr:
    """What no column takes as JSON with sorted keys; keys without a value are left out."""
    values = {name: pl.col(_group(name)) for name in form.pattern.groupindex if name not in COLUMN_GROUPS}
    values = {name: value if name in form.numbers else value.str.strip_chars() for name, value in values.items()}
    fixed = {name: pl.lit(f",{as_json({name: value})[1:-1]}") for name, value in form.constants.items()}
    if form.level_name:
        values[form.level_name] = pl.col(_group("level"))
        derived = pl.col("severity_number").is_not_null()
        fixed["severity_from"] = pl.when(derived).then(pl.lit(f',"severity_from":"{form.level_name}"'))
    parts = {name: _part(name, value) for name, value in values.items()} | fixed
    if not parts:
        return _unknown("attributes")
    text = pl.concat_str([parts[name] for name in sorted(parts)], ignore_nulls=True)
    return pl.when(text != "").then(pl.lit("{") + text.str.slice(1) + pl.lit("}")).alias("attributes")


def _part(name: str, value: pl.Expr) -> pl.Expr:
    encoded = pl.struct(value.alias(name)).struct.json_encode()
    return pl.when(value.is_not_null()).then(pl.lit(",") + encoded.str.slice(1).str.head(-1))
