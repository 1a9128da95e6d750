"""The room of statistics costs nothing to those who ask for none."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("scipy", "statsmodels", "ruptures", "pandas")


@pytest.mark.parametrize(
    ("modules", "loaded"),
    [
        ("availability, business_hours, fixed_mix, groups, mean, mix_shift", []),
        ("change_point, comparison, detectable, false_discovery, questions_asked, rates, survival", ["scipy"]),
    ],
)
def test_libraries_are_loaded_where_they_are_needed(modules: str, loaded: list[str]) -> None:
    """A second clock or an availability needs no scipy; statsmodels, which brings pandas, waits for its call."""
    code = f"import sys\nfrom incident_analytics.analysis.statistics import {modules}\n"
    code += f"print(*[name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.split() == loaded
