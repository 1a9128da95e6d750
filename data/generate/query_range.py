"""A Prometheus `query_range` answer and, beside it, the query that made it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import story

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Series:
    """One labelled series of an answer.

    Args:
        labels: The labels, `__name__` among them where the query keeps it.
        points: Epoch seconds and the value as Prometheus prints it.
    """

    labels: Mapping[str, str]
    points: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked of Prometheus and what it said.

    Args:
        name: The file's name without its ending; it carries the unit.
        query: PromQL.
        unit: The unit in one word.
        step: Seconds between points.
        series: The series, one or more.
    """

    name: str
    query: str
    unit: str
    step: int
    series: Sequence[Series]

    def files(self) -> dict[str, bytes]:
        """The answer and its query, by path relative to the bundle.

        Returns:
            The bytes of both files.
        """
        result = [{"metric": dict(one.labels), "values": [list(point) for point in one.points]} for one in self.series]
        body = {"status": "success", "data": {"resultType": "matrix", "result": result}}
        times = [when for one in self.series for when, _ in one.points]
        query = (
            f"query: '{self.query}'\n"
            f"start: {story.stamp(min(times))}\n"
            f"end: {story.stamp(max(times))}\n"
            f"step: {self.step}s\n"
            "source: prometheus\n"
            f"unit: {self.unit}\n"
        )
        folder = "evidence/metrics"
        return {
            f"{folder}/{self.name}.json": (json.dumps(body, separators=(",", ":")) + "\n").encode(),
            f"{folder}/{self.name}.query.yaml": query.encode(),
        }


def grid() -> list[int]:
    """The points of the incident window, fifteen seconds apart, both ends included.

    Returns:
        Epoch seconds.
    """
    return list(range(int(story.WINDOW_START), int(story.WINDOW_END) + 1, story.STEP_SECONDS))


def number(value: float, places: int) -> str:
    """The value as text, without trailing zeros.

    Args:
        value: What to print.
        places: Decimals at most.

    Returns:
        Such as ``0.9874`` or ``512``.
    """
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
