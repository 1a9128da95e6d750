"""Claim: 50 post-mortems with pages take at most a fifteenth of the wall of `papermill` and `jupyter nbconvert`.

The 50 are copies of the sample incident, evidence and all, with ids of their own, in five different weeks. Our
side is one command that makes all of them. The other side, on the same template, is measured for two incidents,
one after the other as a script would run them, and multiplied by 25: all 50 would take a quarter of an hour.

    .venv/bin/python benchmarks/many_reports.py
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SAMPLE = ROOT / "data" / "INC-2024-001"
REPORTS, WEEKS, MEASURED = 50, 5, 2
LEAST_RATIO = 15.0
DAY = re.compile(rb"20(?:23|24)-\d\d-\d\d")
SECONDS = re.compile(rb"(?<![\d.])170\d{7}(?=(?:\d{3})?(?!\d))")


def shifted(content: bytes, weeks: int) -> bytes:
    """The bytes with every day and every count of seconds since 1970 so many weeks later."""
    days = timedelta(weeks=weeks)

    def day(found: re.Match[bytes]) -> bytes:
        at = datetime.strptime(found[0].decode(), "%Y-%m-%d").replace(tzinfo=UTC) + days
        return at.strftime("%Y-%m-%d").encode()

    return SECONDS.sub(lambda found: b"%d" % (int(found[0]) + int(days.total_seconds())), DAY.sub(day, content))


def incident(folder: Path, weeks: int) -> None:
    """Writes a copy of the sample, so many weeks later, with a manifest that is true of it."""
    for file in sorted(SAMPLE.rglob("*")):
        name = file.relative_to(SAMPLE).as_posix()
        if not file.is_file() or name.startswith("derived/"):
            continue
        target = folder / shifted(name.encode(), weeks).decode()
        target.parent.mkdir(parents=True, exist_ok=True)
        content = file.read_bytes()
        if name.endswith(".gz"):
            target.write_bytes(gzip.compress(shifted(gzip.decompress(content), weeks), 6, mtime=0))
        else:
            target.write_bytes(shifted(content, weeks))
    manifest = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    for line in manifest["files"]:
        content = (folder / line["path"]).read_bytes()
        line |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    (folder / "MANIFEST.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def incidents(data: Path) -> list[Path]:
    """Writes the incidents, each with an id of its own."""
    folders = [data / f"INC-2024-{number + 101}" for number in range(REPORTS)]
    for number, folder in enumerate(folders):
        if number < WEEKS:
            incident(folder, number)
        else:
            shutil.copytree(folders[number % WEEKS], folder)
    for folder in folders:
        record = folder / "incident.yaml"
        record.write_text(record.read_text(encoding="utf-8").replace(SAMPLE.name, folder.name), encoding="utf-8")
    return folders


def spent(*commands: list[str], cwd: Path) -> tuple[float, float]:
    """Wall and CPU seconds of commands run one after another, their children included."""
    wall, before = time.perf_counter(), os.times()
    for command in commands:
        subprocess.run(command, cwd=cwd, check=True, capture_output=True)
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return time.perf_counter() - wall, cpu


def pair(folder: Path, out: Path) -> tuple[list[str], list[str]]:
    """The two commands that make a page of one incident."""
    notebook = out / f"{folder.name}.ipynb"
    template = str(ROOT / "notebooks" / "postmortem.ipynb")
    run = [str(BIN / "papermill"), template, str(notebook), "-p", "bundle", str(folder)]
    return run, [str(BIN / "jupyter"), "nbconvert", "--to", "html", "--no-input", str(notebook)]


def main() -> int:
    """Measures both sides once and prints their ratio."""
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name)
        folders = incidents(workspace / "data")
        out, theirs = workspace / "ours", workspace / "theirs"
        theirs.mkdir()
        ours = [str(BIN / "incident"), "postmortem", "--all", "--data", "data", "--out", "ours", "--format", "html"]
        # One before and one after, so that a load on the machine weighs on both sides.
        first = spent(*pair(folders[0], theirs), cwd=workspace)
        our_wall, our_cpu = spent(ours, cwd=workspace)
        pages = len(list(out.glob("*.html")))
        again_wall, _ = spent(ours, cwd=workspace)
        second = spent(*pair(folders[1], theirs), cwd=workspace)
        measured_wall, measured_cpu = first[0] + second[0], first[1] + second[1]
    their_wall = measured_wall / MEASURED * REPORTS
    ratio = their_wall / our_wall
    print(f"incident postmortem --all: {pages} pages in {our_wall:.1f} s wall, {our_cpu:.0f} CPU s")
    print(f"papermill and jupyter nbconvert: {MEASURED} pages in {measured_wall:.1f} s wall, {measured_cpu:.0f} CPU s")
    print(f"for {REPORTS} pages, multiplied: {their_wall:.0f} s wall")
    print(
        f"ratio {ratio:.1f} (at least {LEAST_RATIO:g}), on {os.cpu_count()} processors; load {os.getloadavg()[0]:.1f}"
    )
    print(f"again, nothing changed: {again_wall:.1f} s")
    return 0 if ratio >= LEAST_RATIO and pages == REPORTS else 1


if __name__ == "__main__":
    sys.exit(main())
