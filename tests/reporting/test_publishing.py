"""From a bundle to its documents, as `incident postmortem` makes them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

from incident_analytics.errors import ParameterError, ReportError
from incident_analytics.reporting.publishing import file_name, publish
from incident_analytics.sources import open_bundle

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "tests" / "data" / "records" / "runbook_template.yaml"


@pytest.fixture
def bundle_folder(tmp_path: Path) -> Path:
    """A small bundle: the runbook's record and nothing else, in a data folder of its own."""
    folder = tmp_path / "data" / "INC-2024-001"
    folder.mkdir(parents=True)
    shutil.copy(TEMPLATE, folder / "incident.yaml")
    return folder


def made(folder: Path, out: Path) -> dict[str, Any]:
    """Publishes a bundle and gives its JSON twin."""
    publish(open_bundle(folder), out=out)
    twin: dict[str, Any] = json.loads((out / "INC-2024-001.json").read_text(encoding="utf-8"))
    return twin


def test_the_runbook_template_becomes_a_page_with_its_six_numbers(bundle_folder: Path, tmp_path: Path) -> None:
    """The runbook's own example gives 0 s, 180 s, 5400 s, 15000 users, 45000 USD and unknown people."""
    twin = made(bundle_folder, tmp_path / "reports")
    metrics = twin["metrics"]
    assert metrics["time_to_detection"]["value"] == 0
    assert metrics["time_to_acknowledgment"]["value"] == 180
    assert metrics["time_to_resolution"]["value"] == 5400
    assert metrics["users_affected"]["value"] == 15000
    assert metrics["revenue_impact"]["money"] == {"amount": "45000", "currency": "USD"}
    assert (metrics["people_involved"]["value"], metrics["people_involved"]["status"]) == (None, "unknown")
    page = (tmp_path / "reports" / "INC-2024-001.html").read_text(encoding="utf-8")
    assert "80 min without an entry in the record" in page or "1 h 20 min without an entry in the record" in page


def test_the_same_files_give_the_same_bytes(bundle_folder: Path, tmp_path: Path) -> None:
    """Page, notebook, twin and prose of two runs over the same files are equal byte for byte."""
    out = tmp_path / "reports"
    made(bundle_folder, out)
    files = [*sorted(out.glob("INC-2024-001.*")), bundle_folder / "postmortem.md"]
    first = {file.name: file.read_bytes() for file in files}
    made(bundle_folder, out)
    assert {file.name: file.read_bytes() for file in files} == first
    assert sorted(first) == ["INC-2024-001.html", "INC-2024-001.ipynb", "INC-2024-001.json", "postmortem.md"]


def test_no_path_of_this_machine_gets_into_a_document(bundle_folder: Path, tmp_path: Path) -> None:
    """Documents name files relative to the bundle, so they read the same on any machine."""
    out = tmp_path / "reports"
    made(bundle_folder, out)
    for file in out.glob("INC-2024-001.*"):
        assert str(tmp_path) not in file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_twenty_regenerations_keep_every_word_people_wrote(bundle_folder: Path, tmp_path: Path) -> None:
    """With new events in between, words from the file and from the notebook all stay as they were."""
    out = tmp_path / "reports"
    made(bundle_folder, out)
    prose, notebook_file, record = (
        bundle_folder / "postmortem.md",
        out / "INC-2024-001.ipynb",
        bundle_folder / "incident.yaml",
    )
    written: list[str] = []
    for number in range(20):
        words = f"Sentence {number}: the pool ran dry, „quoted“, a | pipe\n\n\twith a tab."
        if number % 2:
            text = prose.read_text(encoding="utf-8")
            head, rest = text.split("## Lessons {#lessons}\n", 1)
            prose.write_text(f"{head}## Lessons {{#lessons}}\n\n{words}\n{rest}", encoding="utf-8")
        else:
            notebook = nbformat.read(notebook_file, as_version=4)
            cell = next(cell for cell in notebook.cells if cell.id == "prose-contributing-factors")
            cell.source = words if cell.source.startswith("> **Write here.**") else f"{cell.source}\n\n{words}"
            nbformat.write(notebook, notebook_file)
        written.append(words)
        event = f"    - time: 14:{30 + number}\n      event: Event number {number}\n"
        record.write_text(
            record.read_text(encoding="utf-8").replace("  action_items:", f"{event}  action_items:"), encoding="utf-8"
        )
        if number in {4, 9, 19} or number < 3:
            made(bundle_folder, out)
        else:
            publish(open_bundle(bundle_folder), out=out, formats=("json",))
        assert [words for words in written if words not in prose.read_text(encoding="utf-8")] == []
    twin = json.loads((out / "INC-2024-001.json").read_text(encoding="utf-8"))
    assert sum(event["text"].startswith("Event number") for event in twin["timeline"]) == 20


def test_a_sentence_that_cites_a_changed_number_is_marked_on_the_page(bundle_folder: Path, tmp_path: Path) -> None:
    """A text that says 1 h 30 min is marked when the resolution moves to 16:15, and not altered."""
    out = tmp_path / "reports"
    made(bundle_folder, out)
    prose, record = bundle_folder / "postmortem.md", bundle_folder / "incident.yaml"
    text = prose.read_text(encoding="utf-8")
    sentence = "Payments failed for 1 h 30 min."
    prose.write_text(
        text.replace("## Summary {#summary}\n", f"## Summary {{#summary}}\n\n{sentence}\n"), encoding="utf-8"
    )
    made(bundle_folder, out)
    assert "has changed" not in (out / "INC-2024-001.html").read_text(encoding="utf-8")
    record.write_text(record.read_text(encoding="utf-8").replace("15:45:00Z", "16:15:00Z"), encoding="utf-8")
    made(bundle_folder, out)
    page = (out / "INC-2024-001.html").read_text(encoding="utf-8")
    assert "cites 1 h 30 min; the number is now 2 h" in page
    assert sentence in prose.read_text(encoding="utf-8")


def test_an_answered_question_stays_with_its_answer(bundle_folder: Path, tmp_path: Path) -> None:
    """The answer about the silence stays on the page when a new event breaks the silence."""
    out = tmp_path / "reports"
    twin = made(bundle_folder, out)
    prose, record = bundle_folder / "postmortem.md", bundle_folder / "incident.yaml"
    asked = next(one for one in twin["questions"] if one["id"].startswith("silence"))
    lines = prose.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if f"{{#question-{asked['id']}}}" in line)
    lines.insert(at + 3, "\nThe database team compared connection counts.\n")
    prose.write_text("".join(lines), encoding="utf-8")
    entries = "".join(f"    - time: {time}\n      event: Work\n" for time in ("14:50", "15:10", "15:30"))
    record.write_text(
        record.read_text(encoding="utf-8").replace("  action_items:", f"{entries}  action_items:"), encoding="utf-8"
    )
    twin = made(bundle_folder, out)
    assert asked["id"] not in {one["id"] for one in twin["questions"]}
    assert "The database team compared connection counts." in prose.read_text(encoding="utf-8")
    assert "The database team compared connection counts." in (out / "INC-2024-001.html").read_text(encoding="utf-8")


def test_a_lone_record_keeps_its_prose_beside_the_documents(tmp_path: Path) -> None:
    """A record file without a folder of its own gets its prose file in the reports folder."""
    record = tmp_path / "record.yaml"
    shutil.copy(TEMPLATE, record)
    out = tmp_path / "reports"
    publish(open_bundle(record), out=out)
    assert (out / "INC-2024-001.prose.md").is_file()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["record.yaml", "reports"]


def test_shared_assets_make_a_small_page(bundle_folder: Path, tmp_path: Path) -> None:
    """The page stays under 100 kB beside one plotly.js that all pages share."""
    out = tmp_path / "reports"
    publish(open_bundle(bundle_folder), out=out, formats=("html",), assets="shared")
    assert (out / "INC-2024-001.html").stat().st_size < 100_000
    assert len(list((out / "assets").glob("plotly-*.min.js"))) == 1


def test_markup_in_a_record_shows_as_text(bundle_folder: Path, tmp_path: Path) -> None:
    """A script tag in title, event and action item never becomes markup of the page or the Markdown."""
    record = bundle_folder / "incident.yaml"
    text = record.read_text(encoding="utf-8")
    text = text.replace("Payment processing outage", "<script>alert(1)</script>")
    text = text.replace("event: Alert triggered", 'event: "Alert triggered <script>alert(2)</script>"')
    record.write_text(text.replace("- Update runbook", '- "Update <script>alert(3)</script>"'), encoding="utf-8")
    out = tmp_path / "reports"
    publish(open_bundle(bundle_folder), out=out, formats=("html", "md"))
    page = (out / "INC-2024-001.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in (out / "INC-2024-001.md").read_text(encoding="utf-8")


def test_a_notebook_that_cannot_be_read_is_never_replaced(bundle_folder: Path, tmp_path: Path) -> None:
    """A broken notebook may hold a person's words, so the run stops with one clear line."""
    out = tmp_path / "reports"
    out.mkdir()
    broken = out / "INC-2024-001.ipynb"
    broken.write_text("{not json", encoding="utf-8")
    with pytest.raises(ReportError, match="cannot be read, so what was written in it cannot be kept"):
        publish(open_bundle(bundle_folder), out=out)
    assert broken.read_text(encoding="utf-8") == "{not json"


def test_a_format_that_does_not_exist_is_named(bundle_folder: Path, tmp_path: Path) -> None:
    """An unknown format is an error that lists the known ones."""
    with pytest.raises(ParameterError, match="expected html, md, pdf, json, found 'docx'"):
        publish(open_bundle(bundle_folder), out=tmp_path, formats=("docx",))  # type: ignore[arg-type]


def test_ids_of_other_tools_become_safe_file_names() -> None:
    """Slashes and spaces of an imported id do not leave the reports folder."""
    assert file_name("../OPS/2024 17") == "OPS-2024-17"
    assert file_name("INC-2024-001") == "INC-2024-001"


def test_deleted_prose_comes_back_from_the_notebook_with_a_note(bundle_folder: Path, tmp_path: Path) -> None:
    """Whether the file is deleted or emptied, the words return and the person is told."""
    out = tmp_path / "reports"
    prose = bundle_folder / "postmortem.md"
    prose.write_text("## Summary {#summary}\n\nThe pool ran dry.\n", encoding="utf-8")
    made(bundle_folder, out)
    prose.unlink()
    published = publish(open_bundle(bundle_folder), out=out, formats=("json",))
    assert "## Summary {#summary}\n\nThe pool ran dry.\n" in prose.read_text(encoding="utf-8")
    assert [note for note in published.notes if "section summary was gone" in note] != []
    prose.write_text("", encoding="utf-8")
    published = publish(open_bundle(bundle_folder), out=out, formats=("json",))
    assert "The pool ran dry." in prose.read_text(encoding="utf-8")
    assert [note for note in published.notes if "section summary was gone" in note] != []


def test_the_place_of_a_lone_records_prose_is_told_once(tmp_path: Path) -> None:
    """When the file is made; later runs say nothing of it."""
    record = tmp_path / "record.yaml"
    shutil.copy(TEMPLATE, record)
    out = tmp_path / "reports"
    first = publish(open_bundle(record), out=out, formats=("json",))
    assert [note for note in first.notes if note.startswith(f"prose: {out.as_posix()}/INC-2024-001.prose.md")] != []
    second = publish(open_bundle(record), out=out, formats=("json",))
    assert [note for note in second.notes if note.startswith("prose:")] == []


def test_two_bundles_of_one_id_never_share_a_notebook(bundle_folder: Path, tmp_path: Path) -> None:
    """The second is refused with both names, and nothing of either changes."""
    out = tmp_path / "reports"
    made(bundle_folder, out)
    other = tmp_path / "elsewhere" / "record.yaml"
    other.parent.mkdir()
    shutil.copy(TEMPLATE, other)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(ReportError, match="--out") as refused:
        publish(open_bundle(other), out=out)
    assert "data/INC-2024-001" in str(refused.value)
    assert "elsewhere/record.yaml" in str(refused.value)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("suffix", [".incident.zip", ".yaml"])
def test_a_zip_or_a_record_of_the_data_folder_is_published(bundle_folder: Path, tmp_path: Path, suffix: str) -> None:
    """The notebook names it by its path, as an id has no such ending; so it runs again where it lies."""
    named = bundle_folder.parent / f"INC-2024-001{suffix}"
    if suffix == ".yaml":
        (bundle_folder / "incident.yaml").rename(named)
    else:
        shutil.make_archive(str(named.with_suffix("")), "zip", bundle_folder.parent, bundle_folder.name)
    shutil.rmtree(bundle_folder)
    published = publish(open_bundle(named), out=tmp_path / "reports", formats=("json",))
    assert published.failed == ()
    assert f'"../data/INC-2024-001{suffix}\\"' in (tmp_path / "reports" / "INC-2024-001.ipynb").read_text(
        encoding="utf-8"
    )


def test_a_pdf_without_a_browser_leaves_the_other_documents(
    bundle_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page and the twin are written, whatever their order, and the error names them."""
    monkeypatch.setenv("PATH", str(tmp_path))
    out = tmp_path / "reports"
    with pytest.raises(ReportError, match=r"a PDF needs a browser.*written are .*INC-2024-001\.html, .*\.json"):
        publish(open_bundle(bundle_folder), out=out, formats=("html", "pdf", "json"))
    assert (out / "INC-2024-001.html").is_file()
    assert (out / "INC-2024-001.json").is_file()
