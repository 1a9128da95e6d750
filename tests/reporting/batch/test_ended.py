"""How a process ended, in words."""

from __future__ import annotations

import pytest

from incident_analytics.reporting.batch import ended


def test_a_signal_without_a_name_keeps_its_number() -> None:
    """Not every number has a name everywhere."""
    assert ended.death(-99) == "its process was killed by signal 99"


@pytest.mark.parametrize(("processors", "jobs", "threads"), [(8, 2, 4), (2, 2, 1), (2, 5, 1), (4, 3, 1)])
def test_processes_share_the_processors(
    monkeypatch: pytest.MonkeyPatch, processors: int, jobs: int, threads: int
) -> None:
    """Each gets its share of threads, and never none."""
    monkeypatch.setattr(ended, "processors", lambda: processors)
    assert ended.threads_each(jobs) == threads
