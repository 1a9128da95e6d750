"""Reports on histories in which nothing changed, from the benchmark that counts a thousand of them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "no_change_reports.py"


@pytest.mark.slow
def test_of_thirty_reports_on_no_change_at_most_five_say_changed() -> None:
    """One of twenty by chance, and 5 of 30 is where that ends (99 %); each test on its own says so in most."""
    spec = importlib.util.spec_from_file_location("no_change_reports", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    reports = [benchmark.no_change_report(seed) for seed in range(30)]
    assert {answers[0].n_questions for answers in reports} == {49}
    assert sum(any(change.answer == "changed" for change in answers) for answers in reports) <= 5
    tested = [[change.question.test.p_value for change in answers] for answers in reports]
    assert sum(any(p is not None and p <= 0.05 for p in p_values) for p_values in tested) > 15
