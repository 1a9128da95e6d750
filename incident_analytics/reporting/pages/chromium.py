"""The system's Chromium, for what only a browser can do: a PDF, and pictures of figures."""

from __future__ import annotations

import base64
import html
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote_to_bytes

from incident_analytics.atomic_write import atomic_write
from incident_analytics.errors import ReportError
from incident_analytics.reporting.pages.assets import write_shared_assets
from incident_analytics.reporting.pages.html import render_html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--virtual-time-budget=20000",
)
DEADLINE_SECONDS = 90.0
PICTURES = re.compile(r'<pre id="pictures">(?P<list>.*?)</pre>', re.DOTALL)
RANDOM_TRACE = re.compile(rb'trace[0-9a-f]{6}"')
RANDOM_ID = re.compile(rb'id="defs-(?P<id>[0-9a-f]{6})"')
# Chromium stamps the moment of printing; a fixed one of the same length keeps all offsets and makes
# the same page the same bytes.
STAMP = re.compile(rb"/(?P<key>CreationDate|ModDate) \(D:\d{14}(?P<zone>[^)]*)\)")


def find_browser() -> Path | None:
    """The system's Chromium or Chrome, or None where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return Path(found) if found else None


def print_pdf(notebook: Mapping[str, object], *, title: str) -> bytes:
    """The notebook's page on paper: a tagged PDF, light, every receipt open.

    Args:
        notebook: A run notebook of format 4, as a mapping.
        title: The title of the document.

    Raises:
        ReportError: There is no browser, or it did not print.
    """
    browser = find_browser()
    if browser is None:
        raise ReportError(
            "a PDF needs a browser",
            expected=f"one of {', '.join(NAMES)} on the PATH",
            nearest="the HTML page can be printed from any browser",
        )
    with tempfile.TemporaryDirectory(prefix="incident-pdf-") as name:
        folder = Path(name)
        page = _write_page(folder, notebook, title)
        target = folder / "page.pdf"
        options = ["--no-pdf-header-footer", "--generate-pdf-document-outline", f"--print-to-pdf={target}"]
        _run(browser, folder, [*options, f"{page.as_uri()}#print"])
        if not target.is_file():
            raise ReportError("the browser printed nothing", where=str(browser))
        return STAMP.sub(rb"/\g<key> (D:20000101000000\g<zone>)", target.read_bytes())


def draw_pictures(
    notebook: Mapping[str, object], *, title: str, kind: Literal["svg", "png"] = "svg"
) -> dict[str, bytes]:
    """A picture of each figure of the notebook's page, all from one start of the browser.

    Args:
        notebook: A run notebook of format 4, as a mapping.
        title: The title of the document.
        kind: ``svg``, or ``png`` at twice the size.

    Returns:
        The pictures by the figures' names, in the order of the page. Empty where there is no browser.

    Raises:
        ReportError: The browser did not draw them.
    """
    browser = find_browser()
    if browser is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="incident-pictures-") as name:
        folder = Path(name)
        page = _write_page(folder, notebook, title)
        shown = _run(browser, folder, ["--dump-dom", f"{page.as_uri()}#images={kind}"])
    found = PICTURES.search(shown)
    if found is None:
        raise ReportError("the browser drew no pictures", where=str(browser))
    pictures = json.loads(html.unescape(found["list"]))
    return {str(name): _without_random_ids(_content(str(address))) for name, address in pictures}


def _without_random_ids(picture: bytes) -> bytes:
    """An SVG whose names are the same in every run; plotly draws six random digits for a figure and each line of it."""
    drawn = RANDOM_ID.search(picture)
    named = picture if drawn is None else picture.replace(drawn["id"], b"figure")
    return RANDOM_TRACE.sub(b'trace"', named)


def _write_page(folder: Path, notebook: Mapping[str, object], title: str) -> Path:
    write_shared_assets(folder)
    return atomic_write(folder / "page.html", render_html(notebook, assets="shared", title=title))


def _run(browser: Path, folder: Path, arguments: Sequence[str]) -> str:
    command = [str(browser), *FLAGS, f"--user-data-dir={folder / 'profile'}", *arguments]
    with subprocess.Popen(  # noqa: S603 - the system's browser with fixed options
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True
    ) as process:
        try:
            shown, said = process.communicate(timeout=DEADLINE_SECONDS)
        except subprocess.TimeoutExpired as error:
            # A browser is many processes: those of this start, which share a group, end together.
            os.killpg(process.pid, signal.SIGKILL)
            raise ReportError(f"the browser took longer than {DEADLINE_SECONDS:g} s", where=str(browser)) from error
    if process.returncode:
        last = said.strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        raise ReportError("the browser failed", where=str(browser), found=last[0])
    return shown


def _content(address: str) -> bytes:
    head, _, body = address.partition(",")
    return base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
