"""Claim: templates group lines at least as well as drain3's best setting, at ten times its lines per CPU second.

Both get the messages of the four systems of ../shared/data/logs-loghub-2k (or of the folder that INCIDENT_REAL_DATA
names) with one setting for all. drain3 runs bare and with masks of its own kind for numbers, addresses and paths, at
three similarities; it is installed into a temporary folder, as its pins would hold back everything else. Accuracy is
grouping accuracy (Zhu et al., 2019, doi:10.1109/ICSE-SEIP.2019.00021).

    .venv/bin/python benchmarks/message_templates.py
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.logs.message_templates import with_template

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DATA = Path(os.environ.get("INCIDENT_REAL_DATA", "../shared/data")) / "logs-loghub-2k"
TIMES = 16  # each sample is 2,000 lines, which is too short to time
LEAST_ACCURACY, LEAST_SPEED = 0.85, 10
MASKS = {
    "IP": r"\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?",
    "PATH": r"(?:/[\w.@%+~-]+){2,}/?",
    "ID": r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
    "HEX": r"\b0x[0-9a-fA-F]+\b",
    "NUM": r"[-+]?\b\d+\b",
}


def accuracy(found: Sequence[object], labelled: Sequence[str]) -> float:
    """The share of lines whose group has exactly the lines of one label."""
    groups, labels = defaultdict(list), defaultdict(list)
    for line, (group, label) in enumerate(zip(found, labelled, strict=True)):
        groups[group].append(line)
        labels[label].append(line)
    return sum(len(lines) for lines in groups.values() if labels[labelled[lines[0]]] == lines) / len(labelled)


def ours(messages: list[str]) -> list[object]:
    """The template of each line, by this project."""
    return with_template(pl.DataFrame({"message": messages}))["template_id"].to_list()


def drain(similarity: float, *, is_masked: bool) -> Callable[[list[str]], list[object]]:
    """The template of each line, by drain3 with a setting."""
    from drain3 import TemplateMiner  # noqa: PLC0415 -- installed by this script
    from drain3.masking import MaskingInstruction  # noqa: PLC0415
    from drain3.template_miner_config import TemplateMinerConfig  # noqa: PLC0415

    def labelled(messages: list[str]) -> list[object]:
        config = TemplateMinerConfig()
        config.drain_sim_th = similarity
        config.profiling_enabled = False
        config.masking_instructions = (
            [MaskingInstruction(mask, name) for name, mask in MASKS.items()] if is_masked else []
        )
        miner = TemplateMiner(config=config)
        return [miner.add_log_message(message)["cluster_id"] for message in messages]

    return labelled


def measured(label: Callable[[list[str]], list[object]], systems: dict[str, pl.DataFrame]) -> tuple[float, float]:
    """Mean accuracy, and lines per CPU second."""
    accuracies, lines, seconds = [], 0, 0.0
    for frame in systems.values():
        messages = frame["Content"].to_list()
        accuracies.append(accuracy(label(messages), frame["EventId"].to_list()))
        started = time.process_time()
        label(messages * TIMES)
        seconds += time.process_time() - started
        lines += len(messages) * TIMES
    return sum(accuracies) / len(accuracies), lines / seconds


def main() -> int:
    """Measures both in one run; 1 where the claim does not hold."""
    if not DATA.is_dir():
        print(f"skipped: the loghub samples are not in {DATA}; name their folder's parent with INCIDENT_REAL_DATA")
        return 0
    logging.disable(logging.WARNING)
    names = sorted(folder.name for folder in DATA.iterdir() if folder.is_dir())
    systems = {name: pl.read_csv(DATA / name / f"{name}_2k.log_structured.csv", infer_schema=False) for name in names}
    with tempfile.TemporaryDirectory() as folder:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "drain3"]
        if subprocess.run(install, check=False, capture_output=True).returncode:
            print("skipped: drain3 could not be installed")
            return 0
        sys.path.insert(0, folder)
        best = (0.0, 0.0)
        for is_masked in (False, True):
            for similarity in (0.4, 0.6, 0.8):
                found = measured(drain(similarity, is_masked=is_masked), systems)
                masks = "with masks" if is_masked else "bare"
                print(f"drain3 {masks}, similarity {similarity}: accuracy {found[0]:.3f}, {found[1]:,.0f} lines/CPU s")
                best = max(best, found)
    own = measured(ours, systems)
    print(f"ours: accuracy {own[0]:.3f}, {own[1]:,.0f} lines/CPU s; {own[1] / best[1]:.1f} times drain3's best setting")
    holds = own[0] >= max(LEAST_ACCURACY, best[0]) and own[1] >= LEAST_SPEED * best[1]
    print("holds" if holds else "DOES NOT HOLD")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
