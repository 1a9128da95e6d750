"""The dialect of regular expressions that Rust's regex and RE2 understand alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_analytics.analysis.logs import portable_pattern
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    OnEngine = Callable[[pl.DataFrame], Any]
    RowsOf = Callable[[object], list[tuple[Any, ...]]]


TEXTS = ["a\nb", "", "é1", "x٣y", "a.b", "AB", "tab\tx", "-", "[x", "a&&b", "a b", "costs $5", "{3}", "aaa", "K", "<b>"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("a.b", ["a.b", "a b"]),
        ("^b", []),
        ("(?m)^b", ["a\nb"]),
        ("(?s)a.b", ["a\nb", "a.b", "a b"]),
        (r"\d", ["é1", "costs $5", "{3}"]),
        (r"^\w1", []),
        (r"^\W1", ["é1"]),
        (r"\s", ["a\nb", "tab\tx", "a b", "costs $5"]),
        ("[&&b]", ["a\nb", "a.b", "tab\tx", "a&&b", "a b", "<b>"]),
        ("[[x]", ["x٣y", "tab\tx", "[x"]),
        (r"[\d-]", ["é1", "-", "costs $5", "{3}"]),
        ("[[:upper:]]", ["AB", "K"]),
        ("[]{]", ["{3}"]),
        (r"[^\x00-\x7f]", ["é1", "x٣y"]),
        (r"\{3}$", ["{3}"]),
        ("x{|3}$", ["{3}"]),
        ("a{3}", ["aaa"]),
        ("a{2,}?", ["aaa"]),
        ("(?i:k)", ["K"]),
        ("(?P<letter>K)", ["K"]),
        (r"\$5|\[x", ["[x", "costs $5"]),
        ("[<>]", ["<b>"]),
        ("^$", [""]),
    ],
)
@pytest.mark.filterwarnings("error")
def test_a_pattern_means_the_same_on_every_engine(
    pattern: str, found: list[str], on_engine: OnEngine, rows_of: RowsOf
) -> None:
    """Expected by reading the pattern as grep -E does."""
    frame = nw.from_native(on_engine(pl.DataFrame({"text": TEXTS}))).lazy()
    kept = frame.filter(nw.col("text").str.contains(portable_pattern(pattern)))
    if isinstance(kept.to_native(), pl.LazyFrame):
        kept = kept.collect()
    assert [row[0] for row in rows_of(kept.to_native())] == found


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("a(b", "character 2: this bracket is never closed"),
        ("a)b", "character 2: this bracket was never opened"),
        ("x[a", "character 2: this bracket is never closed"),
        ("x[a-", "character 2: this bracket is never closed"),
        ("*a", "character 1: nothing stands here to repeat"),
        ("a**", "character 3: nothing stands here to repeat"),
        ("a|+", "character 3: nothing stands here to repeat"),
        ("a{3,2}", "character 2: the smaller number stands first"),
        ("a{1001}", "character 2: at most 1000 repeats"),
        ("[z-a]", "character 2: a range goes from a smaller to a larger character"),
        (r"[a-\d]", "character 2: a range goes from a smaller to a larger character"),
        ("[[:word:]]", "character 2: there is no class [:word:]"),
        ("a(?=b)", "character 2: look-around, references and further flags are not understood here"),
        ("a(?i)b", "character 2: look-around, references and further flags are not understood here"),
        (r"(a)\1", r"character 4: \1 is not understood here"),
        (r"\<a", r"character 1: \< is not understood here"),
        (r"[\b]", r"character 2: \b is not understood here"),
        ("a\\", "character 2: a backslash needs a character after it"),
    ],
)
def test_a_pattern_outside_the_dialect_is_refused_with_its_position(pattern: str, message: str) -> None:
    """Characters are counted from 1."""
    with pytest.raises(ParameterError, match=re.escape(f"pattern, {message}: found '{pattern}'")):
        portable_pattern(pattern)


def test_a_pattern_that_grows_too_large_is_refused() -> None:
    """A million repeats, unfolded by the engine."""
    with pytest.raises(ParameterError, match=r"^pattern: expected a smaller regular expression, found "):
        portable_pattern("(?:a{1000}){1000}")


@settings(deadline=None, max_examples=50)
@given(text=st.text(max_size=20))
def test_an_escaped_text_finds_itself(text: str) -> None:
    """What Python's re.escape writes is of the dialect, but for the escapes of controls it spells itself."""
    pattern = portable_pattern("".join(rf"\{c}" if c in ".^$|()[]{}*+?\\" else c for c in text))
    assert pl.select(pl.lit(text).str.contains(pattern)).item() is True


@settings(deadline=None, max_examples=50)
@given(pattern=st.text(alphabet=r"ab1-^$.|()[]{}*+?\dws:,=<&~", max_size=12))
def test_any_text_is_either_a_pattern_or_refused_as_one(pattern: str) -> None:
    """Nothing but ParameterError comes out, and an accepted pattern is one for Python too."""
    try:
        portable = portable_pattern(pattern)
    except ParameterError as error:
        assert error.found == pattern  # noqa: PT017  both outcomes are right; only the form of the refusal is tested
    else:
        re.compile(portable)
