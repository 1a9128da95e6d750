"""Seconds, milliseconds, microseconds and nanoseconds are told apart in every format, and a wrong digit is named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources.metrics import read_samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incident_analytics.sources.metrics import SampleReading

AT, SECONDS = datetime(2024, 1, 15, 14, 15, tzinfo=UTC), 1705328100
EPOCHS = [str(SECONDS), f"{SECONDS}000", f"{SECONDS}000000", f"{SECONDS}000000000"]
FILES = {
    "samples.csv": "time,cpu\n{at},1\n",
    "scrape.txt": 'up{{job="a"}} 1 {at}\n',
    "answer.json": '{{"status":"success","data":{{"result":[{{"metric":{{}},"values":[[{at},"1"]]}}]}}}}',
    "render.json": '[{{"target":"a","datapoints":[[1, {at}]]}}]',
    "datadog.json": '{{"series":[{{"metric":"a","pointlist":[[{at}, 1]]}}]}}',
    "cloudwatch.json": '{{"MetricDataResults":[{{"Id":"a","Timestamps":[{at}],"Values":[1]}}]}}',
}


@pytest.mark.parametrize("epoch", EPOCHS, ids=["s", "ms", "us", "ns"])
@pytest.mark.parametrize("name", FILES)
def test_an_epoch_is_told_by_its_size(written: Callable[..., SampleReading], name: str, epoch: str) -> None:
    """Whatever the format usually writes."""
    reading = written(FILES[name].format(at=epoch), name)
    assert reading.frame.collect()["timestamp"].to_list() == [AT]


@pytest.mark.parametrize("name", FILES)
def test_one_wrong_digit_is_a_finding(tmp_path: Path, name: str) -> None:
    """The year 2027 in an incident of 2024: the sample stays as it is, and the digit is named."""
    path = tmp_path / name
    path.write_text(FILES[name].format(at="1805328100"))
    (finding,) = read_samples([path], root=tmp_path, window=(AT, AT)).findings
    assert (finding.rule, finding.level) == ("time-outside-window", "warning")
    assert "digit" in f"{finding.message} {finding.expected}"
