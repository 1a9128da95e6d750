"""`incident postmortem`: what is passed on, what is printed, which code it ends with."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.reporting import publishing
from incident_analytics.reporting.publishing import Published

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources import Bundle

PATHS = (Path("reports/INC-1.html"), Path("reports/INC-1.json"), Path("reports/INC-1.ipynb"))
GOOD = Published(PATHS, (), (), ())
DOUBTFUL = Published(
    PATHS, (), ("the prose was kept",), (Finding("silence", "warning", "80 minutes", Place("a.yaml", 3)),)
)


class Publisher:
    """Stands in for the publishing of a report and remembers what it was asked for."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self.asked: dict[str, object] = {}

    def __call__(self, bundle: Bundle, **asked: object) -> Published:
        """What was published, with the incident's id beside what was asked."""
        inspect.signature(publishing_as_it_is).bind(bundle, **asked)
        self.asked = {"id": bundle.record.id, **asked}
        return self.published


publishing_as_it_is = publishing.publish


@pytest.fixture
def publishing_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[Published], Publisher]:
    """Puts a publisher in place that gives what the test says."""

    def put(published: Published) -> Publisher:
        publisher = Publisher(published)
        monkeypatch.setattr(publishing, "publish", publisher)
        return publisher

    return put


def test_the_paths_are_printed(
    run: Callable[..., Any], template: Path, publishing_of: Callable[[Published], Publisher]
) -> None:
    """One line a document on stdout, nothing else; the defaults are HTML and JSON in reports/."""
    publisher = publishing_of(GOOD)
    result = run("postmortem", template)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "reports/INC-1.html\nreports/INC-1.json\nreports/INC-1.ipynb\n"
    assert publisher.asked == {
        "id": "INC-2024-001",
        "out": Path("reports"),
        "formats": ("html", "json"),
        "assets": "inline",
        "as_of": None,
        "engine": "in-process",
        "allow_partial": False,
    }


def test_every_option_is_passed_on(
    run: Callable[..., Any], template: Path, tmp_path: Path, publishing_of: Callable[[Published], Publisher]
) -> None:
    """What a person asks for reaches the report."""
    publisher = publishing_of(GOOD)
    words = ["--out", str(tmp_path), "--format", "md,pdf", "--assets", "shared", "--engine", "kernel"]
    assert run("postmortem", template, *words, "--as-of", "2024-01-17", "--allow-partial").exit_code == 0
    assert publisher.asked == {
        "id": "INC-2024-001",
        "out": tmp_path,
        "formats": ("md", "pdf"),
        "assets": "shared",
        "as_of": "2024-01-17",
        "engine": "kernel",
        "allow_partial": True,
    }


def test_notes_go_to_stderr(
    run: Callable[..., Any], template: Path, publishing_of: Callable[[Published], Publisher]
) -> None:
    """What a person should know does not disturb a pipe, and findings alone change no exit code."""
    publishing_of(DOUBTFUL)
    result = run("postmortem", template)
    assert (result.exit_code, result.stderr) == (0, "note: the prose was kept\n")


@pytest.mark.parametrize(
    ("level", "code", "told"), [("warning", 1, "warning: a.yaml:3: 80 minutes\n"), ("error", 0, "")]
)
def test_findings_fail_when_asked(
    run: Callable[..., Any],
    template: Path,
    publishing_of: Callable[[Published], Publisher],
    level: str,
    code: int,
    told: str,
) -> None:
    """The findings that made it fail are told; the documents are there."""
    publishing_of(DOUBTFUL)
    result = run("postmortem", template, "--fail-on", level)
    assert (result.exit_code, result.stdout.count("\n")) == (code, 3)
    assert result.stderr == f"note: the prose was kept\n{told}"


def test_a_failed_section_publishes_nothing(
    run: Callable[..., Any], template: Path, publishing_of: Callable[[Published], Publisher]
) -> None:
    """Exit code 3, one line that names the sections and what to do, no path that could be mailed by mistake."""
    publishing_of(Published(PATHS[2:], ("impact", "timeline"), (), ()))
    result = run("postmortem", template)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "error: these sections could not be generated: impact, timeline; "
        "nothing was published (--allow-partial publishes the rest); reports/INC-1.ipynb shows their errors\n"
    )


def test_a_partial_report_is_published_when_asked(
    run: Callable[..., Any], template: Path, publishing_of: Callable[[Published], Publisher]
) -> None:
    """The paths are printed, the exit code still is 3."""
    publishing_of(Published(PATHS, ("impact",), (), ()))
    result = run("postmortem", template, "--allow-partial")
    assert (result.exit_code, result.stdout.count("\n")) == (3, 3)
    assert result.stderr == (
        "warning: these sections could not be generated: impact; their errors stand in the report\n"
    )


def test_a_folder_of_incidents_is_not_one_incident(run: Callable[..., Any], tmp_path: Path) -> None:
    """Two incidents are refused with their ids."""
    for name in ("INC-1", "INC-2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "incident.yaml").write_text(f"id: {name}\n")
    result = run("postmortem", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {tmp_path}: one incident is expected here: found '2: INC-1, INC-2'")


def test_an_unknown_format_names_the_nearest(run: Callable[..., Any], template: Path) -> None:
    """`--format htm` is answered before anything runs."""
    result = run("postmortem", template, "--format", "htm")
    assert result.exit_code == 2
    assert result.stderr == "error: --format: expected html, md, pdf, json, found 'htm'; did you mean html?\n"
