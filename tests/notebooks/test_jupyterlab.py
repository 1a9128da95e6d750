"""The template as a facilitator meets it: opened in JupyterLab and run cell by cell, its charts shown."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

from incident_analytics.reporting.pages.chromium import find_browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
BROWSER = find_browser()
LONGEST_SECONDS = 90


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """JupyterLab over a workspace with the template and the sample incident, on loopback, until the test ends."""
    for name in ("notebooks", "data/INC-2024-001"):
        shutil.copytree(ROOT / name, tmp_path / name)
    template = tmp_path / "notebooks" / "postmortem.ipynb"
    notebook = nbformat.read(template, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":  # what is shown must come from this run
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, template)
    address = f"http://127.0.0.1:{free_port()}"
    options = ["--no-browser", "--allow-root", f"--port={address.rsplit(':', 1)[1]}", "--ServerApp.token="]
    options += ["--ServerApp.password=", f"--ServerApp.root_dir={tmp_path}", "--LabApp.news_url=None"]
    here = {"JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "JUPYTER_DATA_DIR": str(tmp_path / "jupyter")}
    with (tmp_path / "lab.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(  # noqa: S603 -- our own interpreter
            [sys.executable, "-m", "jupyterlab", *options], env={**os.environ, **here}, stdout=log, stderr=log
        )
        try:
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str) -> None:
    """Returns once the server answers."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=1):  # noqa: S310 -- loopback
                return
        except (urllib.error.URLError, OSError):
            continue
    pytest.fail("JupyterLab did not answer")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on the PATH")
def test_the_template_runs_in_jupyterlab_with_its_charts_shown(lab: str) -> None:
    """All cells run without an error and all seven figures are drawn by JupyterLab's own plotly renderer."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(BROWSER), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 1400, "height": 6000})
        page.goto(f"{lab}/lab/tree/notebooks/postmortem.ipynb")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=LONGEST_SECONDS * 1000)
        run_all(page)
        page.wait_for_function(
            "[...document.querySelectorAll('.jp-InputPrompt')].some(one => one.textContent === '[17]:')",
            timeout=LONGEST_SECONDS * 1000,
        )
        page.wait_for_function("document.querySelectorAll('.js-plotly-plot .main-svg').length >= 7", timeout=30_000)
        assert page.locator(".jp-OutputArea-output[data-mime-type*='stderr'], .jp-RenderedError").count() == 0
        assert page.locator(".js-plotly-plot").count() == 7
        browser.close()


def run_all(page: Page) -> None:
    """Restarts the kernel and runs every cell, as the button with the two arrows does."""
    for _ in range(4):
        page.wait_for_timeout(1000)
        if page.locator("dialog.jp-Dialog").count():
            page.locator("dialog.jp-Dialog .jp-mod-accept").first.click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Restart Kernel and Run All Cells").first.click()
    page.locator("dialog .jp-mod-accept").first.click()
