"""Finds what travels with the package: the runbook, notebooks, page templates and samples.

In a checkout the notebooks and samples lie beside the package; in an installed wheel they
lie inside it, under ``shipped/``.
"""

from __future__ import annotations

from pathlib import Path

from incident_analytics.errors import IncidentAnalyticsError

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The path of a shipped file or folder, such as ``notebooks/postmortem.ipynb``.

    Raises:
        IncidentAnalyticsError: It did not travel with this installation.
    """
    for folder in (PACKAGE, PACKAGE / "shipped", PACKAGE.parent):
        if (folder / name).exists():
            return folder / name
    raise IncidentAnalyticsError(f"'{name}' did not travel with this installation", nearest="install it anew")
