"""Tests of what every figure has in common."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest

from incident_analytics.reporting.blocks.figure import PLOTLY
from incident_analytics.shipped import shipped


@pytest.mark.parametrize(("template", "figures"), [("postmortem", 4), ("trends", 9)])
def test_every_figure_of_the_sample_passes_plotlys_own_checks(template: str, figures: int) -> None:
    """They are drawn without plotly's slow check of every property, so it is made here."""
    notebook = json.loads(shipped(f"notebooks/{template}.ipynb").read_text(encoding="utf-8"))
    outputs = [output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", [])]
    specs = [data[PLOTLY] for data in outputs if PLOTLY in data]
    assert len(specs) >= figures
    for spec in specs:
        checked = json.loads(go.Figure(spec).to_json())
        assert checked["data"] == spec["data"]
