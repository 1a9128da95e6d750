"""Many reports: equal to those made one by one, skipped when finished, never stopped by a neighbour."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.reporting.batch import many
from incident_analytics.reporting.batch.asked import Asked, Outcome
from incident_analytics.reporting.batch.ended import Ended
from incident_analytics.reporting.batch.many import publish_many
from incident_analytics.reporting.publishing import publish
from incident_analytics.sources import open_bundle

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from tests.reporting.batch.conftest import MakeBundle

SAMPLE = Path(__file__).resolve().parents[3] / "data" / "INC-2024-001"
# A fresh interpreter, as this one has used polars and must not fork.
FORKING = """
import json, sys
from pathlib import Path
from incident_analytics.reporting.batch.asked import Asked
from incident_analytics.reporting.batch.fork_safety import why_not_fork
from incident_analytics.reporting.batch.many import publish_many
paths, out, options = [Path(path) for path in json.loads(sys.argv[1])], Path(sys.argv[2]), json.loads(sys.argv[3])
batch = publish_many(paths, Asked(out), **options)
print(json.dumps([why_not_fork(), list(batch.notes), [each.as_answer() for each in batch.outcomes]]))
"""


def forked_batch(paths: Sequence[Path], out: Path, **options: object) -> tuple[str, list[str], list[dict[str, Any]]]:
    """Whether the parent may still fork afterwards, the notes and the outcomes of a batch in a fresh process."""
    words = [json.dumps([str(path) for path in paths]), str(out), json.dumps(options)]
    done = subprocess.run(  # noqa: S603 -- our own interpreter and code
        [sys.executable, "-c", FORKING, *words], capture_output=True, text=True, check=True
    )
    may_not_fork, notes, outcomes = json.loads(done.stdout)
    return may_not_fork, notes, outcomes


class Maker:
    """Stands in for the processes: writes one document a report and counts them."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(
        self, paths: Sequence[Path], asked: Asked, jobs: int, deadline_seconds: float
    ) -> tuple[tuple[str, ...], Generator[Ended]]:
        """The ends of the paths, the last first."""
        del jobs, deadline_seconds
        return (), (end for end in [self._end(number, path, asked) for number, path in enumerate(paths)][::-1])

    def _end(self, number: int, path: Path, asked: Asked) -> Ended:
        self.made.append(path.name)
        if path.name == "INC-DEAD":
            return Ended(number, None, "its process was killed by SIGKILL")
        document = asked.out / f"{path.name}.html"
        document.parent.mkdir(exist_ok=True)
        document.write_text("page")
        failed = ("impact",) if path.name == "INC-PART" else ()
        return Ended(number, Outcome(path.name, (document,), failed).as_answer())


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Maker:
    """Makes reports without making them."""
    made = Maker()
    monkeypatch.setattr(many, "_processes", made)
    return made


def test_outcomes_come_in_the_order_of_the_paths(make_bundle: MakeBundle, tmp_path: Path, maker: Maker) -> None:
    """Whichever ends first; each is told as soon as it is known."""
    seen: list[str] = []
    paths = [make_bundle(name) for name in ("INC-A", "INC-DEAD", "INC-B")]
    batch = publish_many(paths, Asked(tmp_path / "out"), told=lambda outcome: seen.append(outcome.name))
    assert [(each.name, each.reason) for each in batch.outcomes] == [
        ("INC-A", ""),
        ("INC-DEAD", "its process was killed by SIGKILL"),
        ("INC-B", ""),
    ]
    assert seen == ["INC-B", "INC-DEAD", "INC-A"]
    assert maker.made == ["INC-A", "INC-DEAD", "INC-B"]


def test_finished_reports_are_skipped_and_failed_ones_are_not(
    make_bundle: MakeBundle, tmp_path: Path, maker: Maker
) -> None:
    """A second run makes what failed, what is partial and what has changed; --fresh makes all."""
    paths = [make_bundle(name) for name in ("INC-A", "INC-B", "INC-DEAD", "INC-PART")]
    asked = Asked(tmp_path / "out")
    publish_many(paths, asked)
    (paths[1] / "new.log").write_text("a line")
    maker.made.clear()
    batch = publish_many(paths, asked)
    assert maker.made == ["INC-B", "INC-DEAD", "INC-PART"]
    assert [each.was_finished for each in batch.outcomes] == [True, False, False, False]
    maker.made.clear()
    publish_many(paths, asked, is_fresh=True)
    assert maker.made == ["INC-A", "INC-B", "INC-DEAD", "INC-PART"]


def test_two_incidents_of_one_name_are_both_refused(make_bundle: MakeBundle, tmp_path: Path, maker: Maker) -> None:
    """One would silently replace the other's documents, also where only signs or capitals differ."""
    first, second, third = make_bundle("OPS-1"), make_bundle("b"), make_bundle("c")
    for folder, identity in ((second, "ops/1"), (third, "OPS-2")):
        record = (folder / "incident.yaml").read_text().replace(f"id: {folder.name}", f"id: {identity}")
        (folder / "incident.yaml").write_text(record)
    batch = publish_many([first, second, third], Asked(tmp_path / "out"))
    reason = "its documents would have the names of another's: OPS-1 and b have the same id; give one of them another"
    assert [each.reason for each in batch.outcomes] == [reason, reason, ""]
    assert maker.made == ["c"]


def test_where_forking_is_unsafe_a_note_says_what_happens_instead(
    make_bundle: MakeBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reports are made all the same."""
    monkeypatch.setattr(many, "why_not_fork", lambda: "this process runs threads")
    ends = (end for end in [Ended(0, Outcome("INC-2024-001").as_answer())])
    monkeypatch.setattr(many, "spawned", lambda *_, **__: ends)
    batch = publish_many([make_bundle()], Asked(tmp_path / "out"))
    note = "this process runs threads, so each report starts a Python of its own, which takes longer"
    assert (batch.notes, batch.outcomes[0].is_whole) == ((note,), True)


def test_nothing_to_make_starts_nothing(tmp_path: Path) -> None:
    """No incident, no process."""
    assert publish_many([], Asked(tmp_path)).outcomes == ()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_forked_reports_equal_those_of_both_engines_byte_for_byte(tmp_path: Path) -> None:
    """The sample with its evidence: notebook, page, twin and prose of a forked child, of this process, of a kernel.

    The parent of the children has run no query: it may fork afterwards as before.
    """
    documents: list[dict[str, bytes]] = []
    for way in ("forked", "in-process", "kernel"):
        workspace = tmp_path / way
        bundle = workspace / "data" / "INC-2024-001"
        shutil.copytree(SAMPLE, bundle, ignore=shutil.ignore_patterns("derived"))
        out = workspace / "reports"
        if way == "forked":
            twin = workspace / "data" / "INC-2024-002"
            shutil.copytree(bundle, twin)
            record = (twin / "incident.yaml").read_text().replace("INC-2024-001", "INC-2024-002")
            (twin / "incident.yaml").write_text(record)
            may_not_fork, notes, outcomes = forked_batch([bundle, twin], out, jobs=2)
            assert (may_not_fork, notes, [each["reason"] for each in outcomes]) == ("", [], ["", ""])
        else:
            publish(open_bundle(bundle), out=out, assets="shared", engine=way)  # type: ignore[arg-type]  # one of two
        files = [*sorted(out.glob("INC-2024-001.*")), bundle / "postmortem.md"]
        documents.append({file.name: file.read_bytes() for file in files})
    assert sorted(documents[0]) == ["INC-2024-001.html", "INC-2024-001.ipynb", "INC-2024-001.json", "postmortem.md"]
    for name in documents[0]:
        assert documents[0][name] == documents[1][name], name
        assert documents[0][name] == documents[2][name], name


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_a_cell_that_kills_its_process_or_never_ends_is_one_failure(
    make_bundle: MakeBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workspace's own template may do anything; the third incident gets its report."""
    paths = [make_bundle(name) for name in ("INC-DIES", "INC-HANGS", "INC-LIVES")]
    notebook = json.loads((SAMPLE.parents[1] / "notebooks" / "postmortem.ipynb").read_text(encoding="utf-8"))
    code = (
        "import os, signal\n"
        "'INC-DIES' in bundle and os.kill(os.getpid(), signal.SIGKILL)\n"
        "while 'INC-HANGS' in bundle: signal.pause()"
    )
    cell = {"cell_type": "code", "id": "wild", "metadata": {}, "source": code, "outputs": [], "execution_count": None}
    notebook["cells"][2:] = [cell]  # what a report shows is told elsewhere
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "postmortem.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    _, _, outcomes = forked_batch(paths, tmp_path / "reports", jobs=3, deadline_seconds=8)
    assert [each["reason"] for each in outcomes] == [
        "its process was killed by SIGKILL",
        "it was not done within 8 s and was ended",
        "",
    ]
    assert sorted(file.name for file in (tmp_path / "reports").glob("INC-*")) == [
        "INC-LIVES.html",
        "INC-LIVES.ipynb",
        "INC-LIVES.json",
    ]
