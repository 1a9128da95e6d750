"""What is loaded before the fork starts no thread that a child would lack."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

NAMES_OF_THREADS = """
import os, sys
from pathlib import Path
from incident_analytics.reporting.batch.asked import Asked
from incident_analytics.reporting.batch.warm import warm_up
if sys.argv[1] == "and a query":
    import polars
    polars.DataFrame({"a": [1]}).lazy().select(polars.col("a") + 1).collect()
warm_up(Asked(Path(sys.argv[2]), formats=("html",)))
for thread in os.listdir("/proc/self/task"):
    print(Path(f"/proc/self/task/{thread}/comm").read_text().strip())
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="names of threads are read as Linux shows them")
@pytest.mark.parametrize(("case", "pool"), [("nothing else", set()), ("and a query", {"polars-0"})])
def test_warming_up_starts_no_pool_of_polars(tmp_path: Path, case: str, pool: set[str]) -> None:
    """An expression with a datetime in a module's constant would, and every child would hang; a query does."""
    command = [sys.executable, "-c", NAMES_OF_THREADS, case, str(tmp_path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- this Python, this text
    assert {name for name in told.stdout.split() if name == "polars-0"} == pool
