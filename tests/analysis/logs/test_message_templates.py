"""A template is what a program says, without what it says it about, and the same on every engine."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from incident_analytics.analysis.logs.message_templates import message_templates, with_template
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

MESSAGES = [
    "user anna logged in from 10.0.0.1:443 after 3 tries",
    "user bert logged in from 10.0.0.2:80 after 12 tries",
    None,
    "",
    "cache warm",
]
TEMPLATE = "user <*> logged in from <*> after <*> tries"


def templates(*messages: str) -> dict[str, int]:
    """How often each template came."""
    frame = message_templates(pl.DataFrame({"message": list(messages)}))
    return dict(frame.select("template", "count").iter_rows())


ENGINES: list[Callable[[pl.DataFrame], Any]] = [
    lambda frame: frame,
    lambda frame: frame.lazy(),
    lambda frame: frame.to_pandas(),
    lambda frame: frame.to_pandas(use_pyarrow_extension_array=True),
    lambda frame: duckdb.from_arrow(frame.to_arrow()),
]


def rows(frame: Any) -> list[tuple[object, ...]]:  # noqa: ANN401 -- a frame of any engine
    """The rows of whatever frame, null as None."""
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pd.DataFrame):
        return [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.itertuples(index=False)]
    return list(frame.rows()) if isinstance(frame, pl.DataFrame) else frame.fetchall()


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same_rows_back(engine: Callable[[pl.DataFrame], Any]) -> None:
    """A line without a message has no template; every other column stays as it was."""
    frame = engine(pl.DataFrame({"line": [1, 2, 3, 4, 5], "message": MESSAGES}))
    told = with_template(frame)
    assert isinstance(told, type(frame))
    assert [row[0] for row in rows(told)] == [1, 2, 3, 4, 5]
    assert [row[3] for row in rows(told)] == [TEMPLATE, TEMPLATE, None, "", "cache warm"]
    assert rows(message_templates(frame))[0][1:] == (TEMPLATE, 2, MESSAGES[0])


@pytest.mark.parametrize(
    ("message", "template"),
    [
        ("GET https://example.com/a?b=1 took 12.5ms", "GET <*> took <*>"),
        ("open /var/log/app.log failed", "open <*> failed"),
        ("at 2024-01-15T14:15:00.123Z order 3f2a91bc-0000-4000-8000-123456789abc lost", "at <*> order <*> lost"),
        ("retries=3, code: 0x1f (of 5)", "retries=<*>, code: <*> (of <*>)"),
        ("Grüße an 3 Gäste", "Grüße an <*> Gäste"),
        ("1 2 3", "<*>"),
    ],
)
def test_what_surely_varies_is_masked(message: str, template: str) -> None:
    """Addresses, paths, instants, ids and words with digits; several in a row are one."""
    assert templates(message) == {template: 1}


def test_words_that_alternate_often_are_what_is_said() -> None:
    """A machine that started is another thing than one that stopped (OpenStack's lifecycle events)."""
    states = ("Started", "Stopped", "Paused", "Resumed")
    told = templates(*[f"[instance: {n}] VM {state} (Lifecycle Event)" for n in range(5) for state in states])
    assert told == {f"[instance: <*>] VM {state} (Lifecycle Event)": 5 for state in states}


def test_words_of_which_there_are_many_are_what_it_is_about() -> None:
    """Ten names of users, each often."""
    names = ["anna", "bert", "cora", "dirk", "elsa", "fred", "gert", "hans", "ines", "jana"]
    assert templates(*[f"session opened for user {name} by root" for name in names * 9]) == {
        "session opened for user <*> by root": 90
    }


def test_rare_words_are_what_it_is_about() -> None:
    """A name that came once is no other message."""
    told = templates(*["password accepted for user anna now"] * 50, "password accepted for user bert now")
    assert told == {"password accepted for user <*> now": 51}


def test_the_order_of_lines_changes_nothing() -> None:
    """A shuffled file has the same templates with the same ids."""
    messages = [f"worker {name} took job {n}" for n, name in enumerate("abcdefgh" * 8)] + ["idle", "busy"] * 5
    frame = pl.DataFrame({"message": messages})
    mixed = pl.DataFrame({"message": random.Random(1).sample(messages, len(messages))})  # noqa: S311 -- a shuffle
    columns = ["template_id", "template", "count"]
    assert message_templates(frame).select(columns).equals(message_templates(mixed).select(columns))


def test_no_lines_have_no_templates() -> None:
    """Empty, and empty of messages."""
    assert message_templates(pl.DataFrame(schema={"message": pl.String})).rows() == []
    assert message_templates(pl.DataFrame({"message": [None, None]})).rows() == []


def test_a_long_line_and_a_thousand_words_are_masked_all_the_same() -> None:
    """One megabyte of digits is one variable."""
    assert templates(f"dump {'7' * 1_000_000} end") == {"dump <*> end": 1}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"column": "text"}, "there is no such column: expected message, found 'text'"),
        ({"similarity": 80}, "similarity: expected a share above 0 and at most 1, found '80'"),
    ],
)
def test_what_cannot_be_asked_is_told(asked: dict[str, Any], message: str) -> None:
    """In one line."""
    with pytest.raises(ParameterError) as error:
        message_templates(pl.DataFrame({"message": ["a"]}), **asked)
    assert message in str(error.value)
