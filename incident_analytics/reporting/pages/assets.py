"""plotly.js, the one large thing of a page: inside it, or once beside many."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, Literal, TypeAlias

from incident_analytics.atomic_write import atomic_write
from incident_analytics.errors import ReportError
from incident_analytics.reporting.pages.tokens import TEMPLATE, style_sheet, without_comments

Assets: TypeAlias = Literal["inline", "shared"]
FOLDER = "assets"
_WRITTEN: Final[dict[Path, tuple[int, int] | None]] = {}  # by file: its state when it was written or found right


@cache
def plotly_script() -> str:
    """plotly.js as plotly's Python package carries it, safe inside a ``script`` element.

    Raises:
        ReportError: The installed plotly carries no plotly.js.
    """
    found = importlib.util.find_spec("plotly")  # finds the folder without the 0.1 s of importing it
    for folder in (found.submodule_search_locations or []) if found else []:
        path = Path(folder) / "package_data" / "plotly.min.js"
        if path.is_file():
            return path.read_text(encoding="utf-8").replace("</script", "<\\/script")
    raise ReportError("plotly.js is missing", expected="package_data/plotly.min.js in the installed plotly")


def plotly_address() -> str:
    """Where a page finds the shared plotly.js, relative to itself.

    The version is part of the name, so that an upgrade leaves the pages of before as they were.
    """
    return f"{FOLDER}/plotly-{version('plotly')}.min.js"


def page_script() -> str:
    """The script of every page, without its comments and indents."""
    return without_comments((TEMPLATE / "report.js").read_text(encoding="utf-8"))


def style_address() -> str:
    """Where a page finds the shared style sheet; its hash is part of the name, as plotly's version is."""
    return f"{FOLDER}/report-{_fingerprint(style_sheet())}.css"


def script_address() -> str:
    """Where a page finds the shared script."""
    return f"{FOLDER}/report-{_fingerprint(page_script())}.js"


def _fingerprint(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8")).hexdigest()[:12]


def write_shared_assets(folder: Path) -> tuple[Path, ...]:
    """The files that pages with shared assets need, written once beside them.

    Args:
        folder: The folder the pages are in.

    Returns:
        The paths; a file that is already there is left alone.
    """
    shared = {plotly_address(): plotly_script(), style_address(): style_sheet(), script_address(): page_script()}
    return tuple(
        _written_once(folder.resolve() / address, folder / address, content) for address, content in shared.items()
    )


def _written_once(place: Path, path: Path, content: str) -> Path:
    """Writes what this process, or the one it was forked from, has not written yet or somebody has changed since."""
    if place not in _WRITTEN or _WRITTEN[place] != _state(place):
        atomic_write(path, content)
        _WRITTEN[place] = _state(place)
    return path


def _state(file: Path) -> tuple[int, int] | None:
    """The size of a file and when it was changed; None where it is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def script_hash(script: str) -> str:
    """The hash by which a page's policy lets exactly this script run.

    >>> script_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
