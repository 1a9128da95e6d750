r"""Regular expressions that find the same lines on every engine (`model/portable_words.py` has the dialect)."""

from __future__ import annotations

import polars as pl

from incident_analytics.errors import ParameterError
from incident_analytics.model.portable_words import portable_words


def portable_pattern(pattern: str) -> str:
    r"""The pattern in words that Rust's regex and RE2 understand alike; groups no longer capture.

    Raises:
        ParameterError: What is wrong with the pattern, and at which character (from 1).

    >>> portable_pattern(r"took \d+ms (GET|POST)")
    'took [0-9]+ms (?:GET|POST)'
    """
    portable = portable_words(pattern)
    try:
        pl.select(pl.lit("").str.contains(portable))
    except pl.exceptions.ComputeError as error:  # what is left: a pattern that grows too large when it is unfolded
        raise ParameterError("pattern", expected="a smaller regular expression", found=pattern) from error
    return portable
