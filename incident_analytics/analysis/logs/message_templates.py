"""The templates of log messages: what a program says, without what it says it about."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import polars as pl
from narwhals.dependencies import is_duckdb_relation, is_pandas_dataframe, is_polars_lazyframe

from incident_analytics.analysis.logs.template_masks import masked
from incident_analytics.analysis.logs.template_merging import merged
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from narwhals.typing import IntoFrameT

SIMILARITY: Final = 0.8
_ID_LENGTH: Final = 12
_LOOKED_AT: Final = 10_000
_ADDED: Final = ("template_id", "template")


def message_templates(logs: IntoFrameT, *, column: str = "message", similarity: float = SIMILARITY) -> IntoFrameT:
    """One row a template, the most frequent first.

    Args:
        logs: Any frame (pandas, polars eager or lazy, DuckDB) with a column of messages; those without one are left
            out.
        column: The column of messages.
        similarity: The share of words that two messages have in common at the same places, to be of one template.

    Returns:
        template_id, template (with ``<*>`` for what varies), count, example (the first message of it); at a tie by
        template.

    Raises:
        ParameterError: There is no such column of texts, or the similarity is no share.

    >>> logs = pl.DataFrame({"message": ["took 12 ms", "took 7 ms", "done"]})
    >>> message_templates(logs).select("template", "count", "example").rows()
    [('took <*> ms', 2, 'took 12 ms'), ('done', 1, 'done')]
    """
    told = _templates(_messages(logs, column), similarity).drop_nulls("template")
    counted = (
        told.group_by(*_ADDED, maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("count"), pl.col("message").first().alias("example"))
        .sort(["count", "template"], descending=[True, False])
    )
    return _as_given(counted, logs)


def with_template(logs: IntoFrameT, *, column: str = "message", similarity: float = SIMILARITY) -> IntoFrameT:
    """The same rows with the template of each one's message.

    Variables are masked (`template_masks`); what then still differs in words that vary is merged (`template_merging`).
    The order of lines changes nothing, and a template's id is made of its words, so it is the same in every file.

    Args:
        logs: As for `message_templates`.
        column: The column of messages.
        similarity: As for `message_templates`.

    Returns:
        The frame with ``template_id`` and ``template`` after its columns; both null where there is no message.

    Raises:
        ParameterError: There is no such column of texts, or the similarity is no share.

    >>> logs = pl.DataFrame({"message": ["user anna, 3 tries", "user bert, 12 tries", None]})
    >>> with_template(logs)["template"].to_list()
    ['user anna, <*> tries', 'user bert, <*> tries', None]
    """
    told = _templates(_messages(logs, column), similarity).select(*_ADDED)
    native: Any = logs
    if is_pandas_dataframe(native):
        widened: Any = native.assign(**{name: _pandas_column(told[name], native) for name in _ADDED})
        return widened  # type: ignore[no-any-return]  # of pandas, as given
    return _as_given(_collected(logs).with_columns(told), logs)


def _messages(logs: IntoFrameT, column: str) -> pl.Series:
    native: Any = logs
    frame = nw.from_native(native).lazy()
    schema = frame.collect_schema()
    if column not in schema:
        raise ParameterError("there is no such column", expected=", ".join(schema), found=column)
    messages: pl.Series = frame.select(column).collect("polars").to_native()[column]
    if messages.dtype == pl.Null:
        return messages.cast(pl.String)
    if messages.dtype != pl.String:
        raise ParameterError(f"column {column}", expected="texts", found=str(messages.dtype))
    return messages


def _templates(messages: pl.Series, similarity: float) -> pl.DataFrame:
    """message, template_id and template of each message, in its order; a program says few things many times."""
    if not 0 < similarity <= 1:
        raise ParameterError("similarity", expected="a share above 0 and at most 1", found=f"{similarity:g}")
    rows = pl.DataFrame({"message": messages})
    distinct = _counted(rows).with_columns(masked=masked(pl.col("message")))
    counts = distinct.drop_nulls("masked").group_by("masked").agg(pl.col("n").sum())
    named = merged(list(counts.iter_rows()), similarity)
    ids = {template: _identity(template) for template in set(named.values())}
    known = pl.DataFrame(
        {"masked": list(named), "template": list(named.values())},
        schema={"masked": pl.String, "template": pl.String},
    ).with_columns(pl.col("template").replace_strict(ids, return_dtype=pl.String).alias("template_id"))
    told = distinct.join(known, on="masked", how="left", maintain_order="left").drop("masked", "n")
    is_each = distinct.height == messages.len()
    return told if is_each else rows.join(told, on="message", how="left", maintain_order="left")


def _counted(rows: pl.DataFrame) -> pl.DataFrame:
    """Distinct messages with how often each comes; as they are where hardly one comes twice, as that is no gain."""
    if rows.head(_LOOKED_AT).n_unique() <= rows.head(_LOOKED_AT).height / 2:
        return rows.group_by("message", maintain_order=True).agg(n=pl.len())
    return rows.with_columns(n=pl.lit(1, dtype=pl.UInt32))


def _identity(template: str) -> str:
    return hashlib.sha256(template.encode()).hexdigest()[:_ID_LENGTH]


def _collected(logs: IntoFrameT) -> pl.DataFrame:
    native: Any = logs
    collected: pl.DataFrame = nw.from_native(native).lazy().collect("polars").to_native()
    return collected


def _pandas_column(column: pl.Series, like: Any) -> Any:  # noqa: ANN401 -- pandas is not imported here
    return type(like.iloc[:, :0].assign(a="")["a"])(column.to_list(), index=like.index, dtype="str")


def _as_given(frame: pl.DataFrame, like: IntoFrameT) -> IntoFrameT:
    native: Any = like
    if is_polars_lazyframe(native):
        return frame.lazy()  # type: ignore[return-value]  # like is lazy
    if is_pandas_dataframe(native):
        return frame.to_pandas()  # type: ignore[return-value]  # like is of pandas
    if is_duckdb_relation(native):
        import duckdb  # noqa: PLC0415 -- an extra; the relation that was handed in shows that it is there

        return duckdb.from_arrow(frame.to_arrow())  # type: ignore[return-value]  # like is of DuckDB
    return frame  # type: ignore[return-value]  # like is of polars
