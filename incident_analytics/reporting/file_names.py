"""Names of documents."""

from __future__ import annotations

import re


def file_name(identity: str) -> str:
    """An incident's id as the name of a file: signs that file systems refuse become dashes.

    >>> file_name("OPS/2024 17")
    'OPS-2024-17'
    """
    return re.sub(r"[^0-9A-Za-z._-]+", "-", identity).strip(".-") or "incident"
