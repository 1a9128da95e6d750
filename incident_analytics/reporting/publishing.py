"""From a bundle to its documents: prose brought home, the notebook run, the pages written.

The way: edits made in JupyterLab are harvested into the prose file, the template is filled and run,
open questions are added to the prose file, and the notebook, the page, Markdown, PDF and the JSON
twin are written. A person's words are stored before anything else happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, cast, get_args

from incident_analytics.atomic_write import atomic_write
from incident_analytics.errors import ParameterError, ReportError
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.reporting.documents import Document, rendered
from incident_analytics.reporting.file_names import file_name
from incident_analytics.reporting.narrative.document import Narrative
from incident_analytics.reporting.narrative.filling import remember_numbers
from incident_analytics.reporting.narrative.regeneration import Regeneration, regenerate
from incident_analytics.reporting.notebooks.import_guard import guard
from incident_analytics.reporting.origin import data_around, made_from_this, relative
from incident_analytics.reporting.post_mortem.twin import MEDIA_TYPE
from incident_analytics.reporting.questions_asked import with_questions
from incident_analytics.reporting.runs.writing import write_post_mortem_run
from incident_analytics.reporting.templates import template_notebook, twin_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from nbformat import NotebookNode

    from incident_analytics.reporting.notebooks.parameters import JsonValue
    from incident_analytics.reporting.notebooks.run import EngineName, Run
    from incident_analytics.sources import Bundle

Format: TypeAlias = Literal["html", "md", "pdf", "json"]
Assets: TypeAlias = Literal["inline", "shared"]
FORMATS: tuple[Format, ...] = get_args(Format)
TEMPLATE = "notebooks/postmortem.ipynb"


@dataclass(frozen=True, slots=True)
class Published:
    """What was made.

    Args:
        paths: The documents, in the order asked for; the notebook last.
        failed: Sections that could not be generated.
        notes: What the person should know, one line each.
        findings: What the report itself finds doubtful.
        unread: What of the input could not be read, in a line; empty where all of it was.
    """

    paths: tuple[Path, ...]
    failed: tuple[str, ...]
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]
    unread: str = ""


def publish(
    bundle: Bundle,
    *,
    out: Path,
    formats: Sequence[Format] = ("html", "json"),
    assets: Assets = "inline",
    as_of: str | None = None,
    engine: EngineName = "in-process",
    allow_partial: bool = False,
) -> Published:
    """Makes the documents of one incident.

    Args:
        bundle: The incident's files.
        out: The folder for the documents, named after the incident's id.
        formats: Which documents; the notebook is always kept, as it remembers what people wrote in it.
        assets: One file to mail (``inline``), or a small page beside one plotly.js (``shared``).
        as_of: The instant to look back from; by default the latest in the files.
        engine: Where the notebook's cells run.
        allow_partial: Whether to write documents although a section failed.

    Returns:
        The paths written; none but the notebook where a section failed and partial reports are not allowed.

    Raises:
        ParameterError: A format that does not exist.
        ReportError: The notebook stopped, the one in ``out`` belongs to another bundle, or a PDF was asked for
            and there is no browser.
    """
    for wanted in formats:
        if wanted not in FORMATS:
            raise ParameterError("there is no such format", expected=", ".join(FORMATS), found=wanted)
    guard()
    name = file_name(bundle.record.id)
    prose = bundle.prose_file or out / f"{name}.prose.md"
    notebook_file = out / f"{name}.ipynb"
    previous = _notebook_at(notebook_file)
    notes = made_from_this(previous, notebook_file, bundle)
    if bundle.prose_file is None and not prose.exists():
        notes.append(f"prose: {prose.as_posix()} (write in it; it is kept whenever the report is made again)")
    prepared = _prepared(prose, previous)
    atomic_write(prose, prepared.narrative.encoded())
    run = _run(bundle, prepared, out, as_of=as_of, engine=engine)
    numbers = twin_in(run.notebook, MEDIA_TYPE)
    narrative = with_questions(run.notebook, prepared.narrative, _questions(numbers))
    atomic_write(prose, narrative.encoded())
    displayed = cast("dict[str, str]", numbers.get("displayed", {}))
    remember_numbers(run.notebook, displayed, previous)
    atomic_write(notebook_file, _as_text(run.notebook))
    notes += [_told(finding) for finding in prepared.findings]
    if run.failed and not allow_partial:
        return Published((notebook_file,), run.failed, tuple(notes), ())
    document = Document(name, bundle.record.title or bundle.record.id, run.notebook, numbers, displayed)
    paths, more = rendered(document, out=out, formats=formats, assets=assets)
    if numbers:
        write_post_mortem_run(bundle, numbers, out=out, name=name)
    findings = tuple(_finding(item) for item in cast("list[dict[str, str]]", numbers.get("findings", [])))
    return Published((*paths, notebook_file), run.failed, (*notes, *more), findings)


def _prepared(prose: Path, previous: NotebookNode | None) -> Regeneration:
    narrative = Narrative.decode(prose.read_bytes() if prose.is_file() else b"")
    return regenerate(template_notebook(TEMPLATE), narrative, previous)


def _notebook_at(file: Path) -> NotebookNode | None:
    import nbformat  # noqa: PLC0415 -- slow, and only needed where a notebook runs

    if not file.is_file():
        return None
    try:
        return cast("NotebookNode", nbformat.read(file, as_version=4))  # type: ignore[no-untyped-call]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        # Whatever is wrong with it, a person may have written in it: never replace what cannot be read.
        raise ReportError(
            "this notebook cannot be read, so what was written in it cannot be kept",
            where=str(file),
            found=str(error),
            nearest="mend it or move it away",
        ) from None


def _run(bundle: Bundle, prepared: Regeneration, out: Path, *, as_of: str | None, engine: EngineName) -> Run:
    from incident_analytics.reporting.notebooks.run import run_template  # noqa: PLC0415 -- papermill is slow to import

    out.mkdir(parents=True, exist_ok=True)
    parameters: dict[str, JsonValue] = {**named_from(bundle, out), "as_of": as_of}
    asked = {"query_text": bundle.redact_queries, "secrets": bundle.redact_secrets}
    if any(is_asked and what not in bundle.runbook.redact for what, is_asked in asked.items()):
        # A template that does not take it is refused: better no report than one that shows what it should not.
        parameters["redact_queries"] = True
    return run_template(prepared.notebook, parameters, engine=engine, working_directory=out)


def named_from(bundle: Bundle, out: Path) -> dict[str, str | None]:
    """How a notebook in ``out`` names the bundle, its prose and its runbook.

    An incident's folder that the own data holds is named by its id, anything else by a path relative to
    ``out``: the notebook runs again where it lies, and no path of one machine gets into it.
    """
    where = bundle.named.resolve()
    own = data_around(out)
    is_own = own is not None and where.parent == own and where.is_dir()
    runbook = bundle.runbook_file
    is_own_runbook = runbook is not None and own is not None and runbook.resolve() == own.parent / "runbook.yaml"
    return {
        "bundle": where.name if is_own else relative(where, out),
        "prose": None if bundle.prose_file else f"{file_name(bundle.record.id)}.prose.md",
        "runbook": None if runbook is None or is_own_runbook else relative(runbook, out),
    }


def _questions(numbers: Mapping[str, object]) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", numbers.get("questions", []))


def _as_text(notebook: NotebookNode) -> str:
    import nbformat  # noqa: PLC0415 -- slow, and only needed where a notebook runs

    return cast("str", nbformat.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]


def _told(finding: Finding) -> str:
    return f"{finding.where}: {finding.message}" if finding.where else finding.message


def _finding(item: Mapping[str, str]) -> Finding:
    level = cast("Literal['info', 'warning', 'error']", item["level"])
    return Finding(item["rule"], level, item["message"], Place(item["place"]) if item.get("place") else None)
