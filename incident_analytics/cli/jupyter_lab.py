"""JupyterLab, started without one import that costs it two seconds: ``python -m ...cli.jupyter_lab FILE``."""

from __future__ import annotations

import sys

from incident_analytics.reporting.notebooks.import_guard import guard


def main() -> None:
    """Start JupyterLab with the arguments of this process."""
    guard()
    from jupyterlab.labapp import main as lab  # noqa: PLC0415 -- the guard has to stand first

    lab()


if __name__ == "__main__":
    sys.argv[0] = "jupyter-lab"
    main()
