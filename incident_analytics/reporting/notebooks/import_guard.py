"""A guard against one import that costs every Jupyter process two seconds."""

from __future__ import annotations

import os
import sys

SWITCH = "INCIDENT_NO_IMPORT_GUARD"


def guard() -> None:
    """Keep `rfc3987_syntax` from being imported; call it before nbformat, papermill or plotly.io.

    nbformat imports jsonschema, which imports `rfc3987_syntax` where it is installed, which builds
    a grammar at import (python-jsonschema#1428, jupyter_server#1559). jsonschema only wants it to check
    the format ``iri``, which no notebook has, and goes on without it. A module that is already loaded
    stays; the environment variable INCIDENT_NO_IMPORT_GUARD turns the guard off.
    """
    if not os.environ.get(SWITCH):
        sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None means: not importable
