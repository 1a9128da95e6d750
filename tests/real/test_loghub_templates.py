"""Templates of the loghub samples against their labels: which lines belong together."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from incident_analytics.analysis.logs.message_templates import with_template

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not os.environ.get("INCIDENT_REAL_DATA"), reason="skipped: no real data"),
]

FOLDER = Path(os.environ.get("INCIDENT_REAL_DATA", "")) / "logs-loghub-2k"
SYSTEMS = {"Apache": 1.0, "HDFS": 1.0, "OpenStack": 1.0, "Zookeeper": 0.98}


def grouping_accuracy(found: Sequence[str], labelled: Sequence[str]) -> float:
    """The share of lines whose group has exactly the lines of one label (Zhu et al., 2019)."""
    groups: dict[str, list[int]] = defaultdict(list)
    labels: dict[str, list[int]] = defaultdict(list)
    for line, (group, label) in enumerate(zip(found, labelled, strict=True)):
        groups[group].append(line)
        labels[label].append(line)
    right = sum(len(lines) for lines in groups.values() if labels[labelled[lines[0]]] == lines)
    return right / len(labelled)


@pytest.mark.parametrize(("system", "least"), list(SYSTEMS.items()))
def test_lines_of_one_label_are_one_template(system: str, least: float) -> None:
    """With the one default setting; OpenStack's lifecycle events stay apart."""
    labelled = pl.read_csv(FOLDER / system / f"{system}_2k.log_structured.csv", infer_schema=False)
    told = with_template(labelled, column="Content")
    assert grouping_accuracy(told["template_id"].to_list(), told["EventId"].to_list()) >= least
