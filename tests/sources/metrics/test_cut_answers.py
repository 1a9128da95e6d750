"""Of an answer that is cut off, or damaged in one place, the points before are read and the rest counts as one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.metrics import SampleReading

TIMES = range(1705328100, 1705328100 + 50)
PROMETHEUS = {
    "status": "success",
    "data": {"resultType": "matrix", "result": [{"metric": {"job": "a"}, "values": [[at, "1.5"] for at in TIMES]}]},
}
PROMTOOL = PROMETHEUS["data"]["result"]  # type: ignore[index]  # the literal above
GRAPHITE = [{"target": "a", "datapoints": [[1.5, at] for at in TIMES]}]
DATADOG = {"series": [{"metric": "a", "scope": "", "pointlist": [[at * 1000, 1.5] for at in TIMES]}]}
OTLP = {
    "resourceMetrics": [{"scopeMetrics": [{"metrics": [{
        "name": "a", "gauge": {"dataPoints": [{"timeUnixNano": f"{at}000000000", "asDouble": 1.5} for at in TIMES]},
    }]}]}]
}  # fmt: skip
ANSWERS = {"prometheus": PROMETHEUS, "promtool": PROMTOOL, "graphite": GRAPHITE, "datadog": DATADOG, "otlp": OTLP}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("indent", [None, 1])
def test_the_points_before_the_cut_are_read(
    written: Callable[..., SampleReading], answer: object, indent: int | None
) -> None:
    """Cut in the middle of the 31st of 50, which is counted with what would come behind it."""
    text = json.dumps(answer, indent=indent)
    place = text.index("1705328130") + 4
    reading = written(text[:place])
    frame = reading.frame.collect()
    assert frame["value"].head(30).to_list() == [1.5] * 30
    assert frame["timestamp"].count() == 30
    assert reading.files[0].unreadable in {1, 2}
    assert "truncated-file" in {finding.rule for finding in reading.findings}


def test_the_points_before_damage_are_read(written: Callable[..., SampleReading]) -> None:
    """Noise in the 31st point of 50 on one line."""
    text = json.dumps(PROMETHEUS)
    place = text.index("1705328130")
    reading = written(text[:place] + "\x00\x01]" + text[place + 5 :])
    frame = reading.frame.collect()
    assert frame["value"].to_list()[:30] == [1.5] * 30
    (found,) = [finding for finding in reading.findings if finding.rule == "truncated-file"]
    assert found.message == "The JSON is cut off or damaged; what stands before is read."
    assert found.seen == "cut off (expecting value at line 1)"
