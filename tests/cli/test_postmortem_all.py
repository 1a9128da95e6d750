"""`incident postmortem --all`: what is made, what is printed, which code it ends with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.reporting.batch import many
from incident_analytics.reporting.batch.asked import Asked, Outcome
from incident_analytics.reporting.batch.many import Batch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FINDING = Finding("silence", "warning", "80 minutes", Place("incident.yaml", 3))


class Maker:
    """Stands in for the making of many reports and remembers what it was asked for."""

    def __init__(self, *outcomes: Outcome, notes: tuple[str, ...] = ()) -> None:
        self.batch = Batch(outcomes, notes)
        self.paths: list[str] = []
        self.asked: Asked | None = None
        self.options: dict[str, object] = {}

    def __call__(self, paths: Sequence[Path], asked: Asked, **options: Any) -> Batch:  # noqa: ANN401 -- options of any kind
        """What the test says."""
        for outcome in self.batch.outcomes:
            options["told"](outcome)
        self.paths, self.asked, self.options = [path.name for path in paths], asked, options
        return self.batch


def report(name: str, *, is_finished: bool = False, findings: tuple[Finding, ...] = ()) -> Outcome:
    """A report that is whole."""
    paths = (Path(f"reports/{name}.html"), Path(f"reports/{name}.ipynb"))
    return Outcome(name, paths, findings=findings, was_finished=is_finished)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Maker]:
    """Puts a maker in place that gives what the test says."""

    def put(*outcomes: Outcome, notes: tuple[str, ...] = ()) -> Maker:
        maker = Maker(*outcomes, notes=notes)
        monkeypatch.setattr(many, "publish_many", maker)
        return maker

    return put


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with two incidents, a zip and things that are no incidents."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INCIDENT_DATA", raising=False)
    for name in ("INC-2", "INC-1", "generate"):
        (tmp_path / "data" / name).mkdir(parents=True)
    for name in ("INC-1", "INC-2"):
        (tmp_path / "data" / name / "incident.yaml").write_text(f"id: {name}\n")
    (tmp_path / "data" / "INC-3.incident.zip").write_bytes(b"")
    (tmp_path / "data" / "README.md").write_text("words")
    return tmp_path / "data"


@pytest.mark.usefixtures("data")
def test_every_incident_of_the_data_folder_is_made(run: Callable[..., Any], made: Callable[..., Maker]) -> None:
    """Folders and zips by name; pages share their assets; one line a document on stdout."""
    maker = made(report("INC-1"), report("INC-2"))
    result = run("postmortem", "--all")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == ("reports/INC-1.html\nreports/INC-1.ipynb\nreports/INC-2.html\nreports/INC-2.ipynb\n")
    assert maker.paths == ["INC-1", "INC-2", "INC-3.incident.zip"]
    assert maker.asked == Asked(Path("reports"), ("html", "json"), "shared")
    assert {name: maker.options[name] for name in ("jobs", "deadline_seconds", "is_fresh")} == {
        "jobs": None,
        "deadline_seconds": 600.0,
        "is_fresh": False,
    }


def test_every_option_is_passed_on(
    run: Callable[..., Any], made: Callable[..., Maker], data: Path, tmp_path: Path
) -> None:
    """What a person asks for reaches the reports."""
    runbook = Path(__file__).resolve().parents[2] / "incident_analytics" / "runbook.yaml"
    maker = made(report("INC-1"))
    words = ["--data", data, "--out", tmp_path, "--format", "md", "--assets", "inline", "--as-of", "2024-01-17"]
    words += ["--engine", "kernel", "--allow-partial", "--runbook", runbook, "--jobs", 3, "--deadline", 9, "--fresh"]
    assert run("postmortem", "--all", *words).exit_code == 0
    assert maker.asked == Asked(
        tmp_path, ("md",), "inline", "2024-01-17", "kernel", allow_partial=True, runbook=runbook
    )
    assert (maker.options["jobs"], maker.options["deadline_seconds"], maker.options["is_fresh"]) == (3, 9.0, True)


@pytest.mark.usefixtures("data")
def test_each_failure_is_one_line_and_the_code_is_3(run: Callable[..., Any], made: Callable[..., Maker]) -> None:
    """The paths of the others are printed; of a partial report none, as it could be mailed by mistake."""
    partial = Outcome("INC-2", (Path("reports/INC-2.ipynb"),), ("impact", "timeline"))
    made(report("INC-1"), partial, Outcome("INC-3", reason="its process was killed by SIGKILL"))
    result = run("postmortem", "--all")
    assert (result.exit_code, result.stdout) == (3, "reports/INC-1.html\nreports/INC-1.ipynb\n")
    assert result.stderr == (
        "error: INC-2: these sections could not be generated: impact, timeline; reports/INC-2.ipynb shows why\n"
        "error: INC-3: its process was killed by SIGKILL\n"
        "error: 2 of 3 post-mortems failed\n"
    )


@pytest.mark.usefixtures("data")
def test_partial_reports_are_published_when_asked(run: Callable[..., Any], made: Callable[..., Maker]) -> None:
    """With a warning, and the code still is 3."""
    made(Outcome("INC-2", (Path("reports/INC-2.html"),), ("impact",)))
    result = run("postmortem", "--all", "--allow-partial")
    assert (result.exit_code, result.stdout) == (3, "reports/INC-2.html\n")
    assert result.stderr.startswith("warning: INC-2: these sections could not be generated: impact\n")


@pytest.mark.usefixtures("data")
def test_finished_reports_are_told_and_their_paths_printed(run: Callable[..., Any], made: Callable[..., Maker]) -> None:
    """A pipe gets all documents, whether or not they were made now; notes say which incident they are about."""
    fresh = Outcome("INC-2", (Path("reports/INC-2.html"),), notes=("both versions were kept",))
    made(report("INC-1", is_finished=True), fresh, notes=("this system has no fork",))
    result = run("postmortem", "--all")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 3)
    assert result.stderr == (
        "note: this system has no fork\n"
        "note: 1 of 2 were finished and have not changed; --fresh makes them again\n"
        "note: INC-2: both versions were kept\n"
    )


@pytest.mark.usefixtures("data")
def test_each_zone_of_a_bare_as_of_is_told_once(run: Callable[..., Any], made: Callable[..., Maker]) -> None:
    """Also for reports that were there already, as the single command does."""
    here, there = "it was read in UTC", "it was read in -05:00"
    made(*(Outcome(f"INC-{number}", as_of_note=note) for number, note in enumerate((here, there, here, ""))))
    assert run("postmortem", "--all", "--as-of", "2024-01-17").stderr == f"note: {here}\nnote: {there}\n"


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("is_finished", [True, False])
def test_findings_fail_when_asked(run: Callable[..., Any], made: Callable[..., Maker], *, is_finished: bool) -> None:
    """Also those of reports that were there already, so that the code does not depend on the run before."""
    made(report("INC-1", is_finished=is_finished, findings=(FINDING,)))
    result = run("postmortem", "--all", "--fail-on", "warning")
    assert (result.exit_code, result.stdout.count("\n")) == (1, 2)
    assert result.stderr.endswith("warning: INC-1: incident.yaml:3: 80 minutes\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "error: no incident is named: expected ID_OR_PATH, or --all for every incident of the data folder\n"),
        (["INC-1", "--all"], "error: --all takes no incident: found 'INC-1'; leave out one of the two\n"),
        (["INC-1", "--jobs", "2"], "error: --jobs is for --all\n"),
        (["INC-1", "--deadline", "2"], "error: --deadline is for --all\n"),
        (["INC-1", "--fresh"], "error: --fresh is for --all\n"),
    ],
)
def test_one_and_all_are_not_mixed(run: Callable[..., Any], words: list[str], told: str) -> None:
    """A line that says both, or neither, is answered before anything runs."""
    result = run("postmortem", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", told)


def test_a_folder_without_incidents_is_bad_input(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing to do is not done."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INCIDENT_DATA", raising=False)
    result = run("postmortem", "--all")
    assert (result.exit_code, result.stderr) == (2, "error: there is no data folder here; say where with --data\n")
    result = run("postmortem", "--all", "--data", tmp_path)
    assert (result.exit_code, result.stderr) == (2, f"error: {tmp_path}: there is no incident in this folder\n")
