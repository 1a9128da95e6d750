"""What periods that follow each other are called together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS_OF_A_YEAR: Final = {"Q": 4, "": 12}
_PART: Final = re.compile(r"(?P<year>\d{4})-(?P<kind>Q?)(?P<number>\d{1,2})")


def span_label(labels: Sequence[str]) -> str:
    """The one label; the first and the last; or the years, where they are all quarters or months of whole ones.

    >>> span_label(["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"]), span_label(["2022-11", "2022-12", "2023-01"])
    ('2022', '2022-11 to 2023-01')
    """
    if len(labels) == 1:
        return labels[0]
    first, last = _PART.fullmatch(labels[0]), _PART.fullmatch(labels[-1])
    if first and last and first["kind"] == last["kind"]:
        parts = _PARTS_OF_A_YEAR[first["kind"]]
        years = int(last["year"]) - int(first["year"]) + 1
        if int(first["number"]) == 1 and int(last["number"]) == parts and len(labels) == parts * years:
            return first["year"] if years == 1 else f"{first['year']} to {last['year']}"
    return f"{labels[0]} to {labels[-1]}"


def labels_of(span: str, labels: Sequence[str]) -> Sequence[str]:
    """The labels that are called so together; none where no stretch of them is.

    >>> labels_of("2022", ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4", "2023-Q1"])[-1]
    '2022-Q4'
    """
    places = range(len(labels))
    stretches = (labels[start : end + 1] for start in places for end in places[start:])
    return next((each for each in stretches if span_label(each) == span), ())
