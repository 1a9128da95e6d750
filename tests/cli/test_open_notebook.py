"""`incident open`: the post-mortem, then JupyterLab."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.cli import open_notebook
from incident_analytics.cli.open_notebook import lab_command, started
from incident_analytics.errors import ReportError
from incident_analytics.reporting import publishing
from incident_analytics.reporting.publishing import Published

if TYPE_CHECKING:
    from collections.abc import Callable

PATHS = (Path("reports/INC 1.html"), Path("reports/INC 1.ipynb"))
ADDRESS = "--LabApp.default_url=/lab/tree/INC%201.ipynb"
LAUNCHER = ["-m", "incident_analytics.cli.jupyter_lab", "reports/INC 1.ipynb", ADDRESS]


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts a published report in place; `failed` names its failed sections."""

    def put(*failed: str) -> None:
        monkeypatch.setattr(publishing, "publish", lambda *_, **__: Published(PATHS, failed, (), ()))

    return put


def test_the_command_opens_the_notebook() -> None:
    """This Python starts our launcher on the notebook among the paths."""
    assert lab_command(PATHS, []) == [sys.executable, *LAUNCHER]


def test_a_report_without_a_notebook_cannot_be_opened() -> None:
    """There is nothing to show."""
    with pytest.raises(ReportError, match="the post-mortem came without its notebook"):
        lab_command(PATHS[:1], [])


def test_a_dry_run_prints_the_command(run: Callable[..., Any], template: Path, published: Callable[..., None]) -> None:
    """The last line can be copied into a shell, spaces in names included."""
    published()
    result = run("open", template, "--dry-run", "--no-browser", "--", "--port", "9000")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "reports/INC 1.html",
        "reports/INC 1.ipynb",
        f"{sys.executable} -m {LAUNCHER[1]} 'reports/INC 1.ipynb' {ADDRESS} --no-browser --port 9000",
    ]


def test_the_server_is_started_and_its_code_passed_on(
    run: Callable[..., Any], template: Path, published: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is told what starts and how to stop it."""
    published()
    asked: list[list[str]] = []
    monkeypatch.setattr(open_notebook, "started", lambda command: asked.append(command) or 0)
    result = run("open", template)
    assert (result.exit_code, asked) == (0, [[sys.executable, *LAUNCHER]])
    assert result.stderr == "note: starting JupyterLab on reports/INC 1.ipynb; stop it with Ctrl-C\n"


def test_a_server_that_does_not_start_is_an_error(
    run: Callable[..., Any], template: Path, published: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its code is not ours: 1 would say that there are findings."""
    published()
    monkeypatch.setattr(open_notebook, "started", lambda _command: 1)
    result = run("open", template)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == ("error: JupyterLab ended with code 1; its last lines above say why")


def test_a_failed_section_is_opened_all_the_same(
    run: Callable[..., Any], template: Path, published: Callable[..., None]
) -> None:
    """The notebook is where its error can be read; the exit code says partial."""
    published("impact")
    result = run("open", template, "--dry-run")
    assert result.exit_code == 3
    assert result.stderr == "warning: these sections could not be generated: impact\n"


def test_a_started_command_gives_its_code() -> None:
    """What the server ends with is known."""
    assert started([sys.executable, "-c", "raise SystemExit(7)"]) == 7


@pytest.mark.slow
def test_the_launcher_starts_jupyterlab_behind_the_guard() -> None:
    """JupyterLab answers, and the grammar that costs two seconds is not built."""
    program = (
        "import sys, runpy; sys.argv = ['x', '--version']\n"
        "try: runpy.run_module('incident_analytics.cli.jupyter_lab', run_name='__main__')\n"
        "finally: print('built:', 'rfc3987_syntax.syntax_helpers' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    version, built = ended.stdout.splitlines()
    assert version.split(".")[0] == "4"
    assert built == "built: False"
