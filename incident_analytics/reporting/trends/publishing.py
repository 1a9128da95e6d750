"""From a history to its documents: the notebook run, the page, Markdown, PDF and the JSON twin written.

The executed notebook is not kept: nobody writes in it, and a person's own copy of the template is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from incident_analytics.analysis.history import load_incidents
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.errors import ParameterError
from incident_analytics.model.measurement import Finding
from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.documents import Document, rendered
from incident_analytics.reporting.notebooks.import_guard import guard
from incident_analytics.reporting.publishing import FORMATS, Published
from incident_analytics.reporting.runs.difference import moved_line, moved_since
from incident_analytics.reporting.runs.lookup import latest_run
from incident_analytics.reporting.runs.run import read_run
from incident_analytics.reporting.runs.writing import write_trend_run
from incident_analytics.reporting.templates import template_notebook, twin_in
from incident_analytics.reporting.trends.asked import scope_of
from incident_analytics.reporting.trends.twin import MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.reporting.notebooks.parameters import JsonValue
    from incident_analytics.reporting.notebooks.run import EngineName
    from incident_analytics.reporting.publishing import Assets, Format
    from incident_analytics.sources.histories import History

TEMPLATE = "notebooks/trends.ipynb"
NAME = "trends"
Level: TypeAlias = Literal["info", "warning", "error"]


@dataclass(frozen=True)
class TrendsAsked:
    """What a person asks for; each is a parameter of the notebook.

    Args:
        history: Files of records or rows, bundles, or folders of them.
        mapping: The mapping.yaml of tables.
        runbook: The runbook's file.
        as_of: The instant to look back from.
        since: A day or an instant.
        until: A day or an instant.
        period: week, month or quarter.
        by: What to compare by.
        where: Conditions.
        mean: Whether to show means too.
    """

    history: tuple[Path, ...]
    mapping: Path | None = None
    runbook: Path | None = None
    as_of: str | None = None
    since: str | None = None
    until: str | None = None
    period: str | None = None
    by: str | None = None
    where: tuple[str, ...] = field(default=())
    mean: bool = False


def publish_trends(
    asked: TrendsAsked,
    *,
    out: Path,
    formats: Sequence[Format] = ("html", "json"),
    assets: Assets = "inline",
    engine: EngineName = "in-process",
    allow_partial: bool = False,
) -> Published:
    """Makes the documents of a trend report: ``trends.html``, ``.md``, ``.pdf``, ``.json``.

    Args:
        asked: What it is about.
        out: The folder for the documents; reports of incidents that lie there are linked.
        formats: Which documents.
        assets: One file to mail (``inline``), or a small page beside one plotly.js (``shared``).
        engine: Where the notebook's cells run.
        allow_partial: Whether to write documents although a section failed.

    Raises:
        ParameterError: A format that does not exist, or something asked for that cannot be read.
        SourceError: There is no such history, or it cannot be read.
        ReportError: The notebook stopped, or a PDF was asked for and there is no browser.
    """
    for wanted in formats:
        if wanted not in FORMATS:
            raise ParameterError("there is no such format", expected=", ".join(FORMATS), found=wanted)
    guard()
    history, looked_at = _loaded(asked)
    from incident_analytics.reporting.notebooks.run import run_template  # noqa: PLC0415 -- papermill is slow to import

    out.mkdir(parents=True, exist_ok=True)
    run = run_template(template_notebook(TEMPLATE), _parameters(asked, out), engine=engine, working_directory=out)
    numbers = twin_in(run.notebook, MEDIA_TYPE)
    if run.failed and not allow_partial:
        return Published((), run.failed, (), ())
    document = Document(NAME, f"Incident trends, {numbers.get('title', '')}", run.notebook, numbers, {})
    paths, notes = rendered(document, out=out, formats=formats, assets=assets)
    if numbers:
        notes = (*notes, *_nobody(history, looked_at), *_kept(history, looked_at, numbers, out))
    return Published(paths, run.failed, notes, _findings(numbers), _unread(history))


def _unread(history: History) -> str:
    """What was left out and why, where some of it could not be read."""
    if not any(file.unreadable for file in history.ledger.files):
        return ""
    told = next(each for each in history.findings if each.rule == "rows-dropped")
    return f"{told.where}: {told.message}" if told.where else told.message


def _nobody(history: History, looked_at: Cohort) -> tuple[str, ...]:
    """Why there is no incident to look at, where there is none."""
    if looked_at.n:
        return ()
    counted = [(each.reason, each.count) for each in history.ledger.dropped]
    counted += [(each.reason, each.count) for each in looked_at.left_out]
    told = ", ".join(f"{reason} ({count:,})" for reason, count in counted) or "there are none"
    return (f"no incident is left to look at: {told}",)


def _loaded(asked: TrendsAsked) -> tuple[History, Cohort]:
    """Loads the history once, so that what cannot be read is told in a line; the notebook takes it from the catalog.

    Raises:
        ParameterError: Something asked for cannot be read.
        SourceError: There is no such history, or it cannot be read.
    """
    history = load_incidents(*asked.history, mapping=asked.mapping, runbook=asked.runbook, as_of=asked.as_of)
    runbook = history.runbook or load_runbook()
    scope = scope_of(
        history,
        runbook,
        since=asked.since,
        until=asked.until,
        period=asked.period,
        by=asked.by,
        where=asked.where,
        mean=asked.mean,
    )
    return history, cohort(history.frame, scope, runbook)


def _kept(history: History, looked_at: Cohort, numbers: dict[str, object], out: Path) -> tuple[str, ...]:
    """Keeps the run; a line about what moved since the last one, where something did."""
    previous = latest_run(out, NAME)
    current = read_run(write_trend_run(history, looked_at, numbers, out=out, name=NAME))
    moved = moved_line(moved_since(previous, current)) if previous else ""
    return (moved,) if moved else ()


def _parameters(asked: TrendsAsked, out: Path) -> dict[str, JsonValue]:
    # whole paths: the cells run in ``out``, and the notebook that would show them is not kept
    return {
        "history": [str(path.resolve()) for path in asked.history],
        "mapping": str(asked.mapping.resolve()) if asked.mapping else None,
        "runbook": str(asked.runbook.resolve()) if asked.runbook else None,
        "as_of": asked.as_of,
        "since": asked.since,
        "until": asked.until,
        "period": asked.period,
        "by": asked.by,
        "where": list(asked.where),
        "mean": asked.mean,
        "reports": str(out.resolve()),
    }


def _findings(numbers: dict[str, object]) -> tuple[Finding, ...]:
    told = cast("list[dict[str, str]]", numbers.get("findings", []))
    return tuple(Finding(each["rule"], cast("Level", each["level"]), each["message"], None) for each in told)
