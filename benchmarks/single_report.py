"""Claim: one post-mortem, cold, costs at most half the CPU seconds of `papermill` and `jupyter nbconvert`.

Both sides make a page of the sample incident from the same template, each in fresh processes. CPU seconds
of all children are compared, as walls are noisy. The page beside one shared plotly.js stays under 100 KB.

    .venv/bin/python benchmarks/single_report.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MOST_SHARE, MOST_BYTES = 0.5, 100_000


def cpu_seconds(*commands: list[str]) -> float:
    """The CPU seconds of commands run one after another, their children included."""
    before = os.times()
    for command in commands:
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def main() -> int:
    """Measures both sides once and prints their ratio."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        prose = (ROOT / "data/INC-2024-001/postmortem.md").read_bytes()
        ours = [str(BIN / "incident"), "postmortem", "INC-2024-001", "--out", str(out / "ours")]
        ours += ["--assets", "shared", "--format", "html,json"]
        run = [str(BIN / "papermill"), "notebooks/postmortem.ipynb", str(out / "theirs.ipynb"), "-p", "bundle"]
        page = [str(BIN / "jupyter"), "nbconvert", "--to", "html", "--no-input", str(out / "theirs.ipynb")]
        our_cpu = cpu_seconds(ours)
        their_cpu = cpu_seconds([*run, "INC-2024-001"], page)
        (ROOT / "data/INC-2024-001/postmortem.md").write_bytes(prose)
        size = (out / "ours" / "INC-2024-001.html").stat().st_size
    share = our_cpu / their_cpu
    print(f"incident postmortem: {our_cpu:.1f} CPU s; papermill and jupyter nbconvert: {their_cpu:.1f} CPU s")
    print(f"share {share:.2f} (at most {MOST_SHARE}); page {size / 1000:.0f} kB (under {MOST_BYTES / 1000:.0f})")
    return 0 if share <= MOST_SHARE and size < MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
