"""Options and arguments that several commands share, said once."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, TypeAlias, get_args

import typer

from incident_analytics.errors import ParameterError
from incident_analytics.model.measurement import LEVELS, Finding, Level

TableFormat: TypeAlias = Literal["table", "json"]
DocumentFormat: TypeAlias = Literal["html", "md", "pdf", "json"]

_BUNDLE = typer.Argument(metavar="ID_OR_PATH", help="An incident's id, folder, zip or record file.", show_default=False)
BundleArgument = Annotated[str, _BUNDLE]
OptionalBundleArgument = Annotated[str | None, _BUNDLE]
_PATHS_HELP = "Ids, folders, zips or record files; a folder of incidents means all of them."
PathsArgument = Annotated[list[str], typer.Argument(metavar="PATH", help=_PATHS_HELP, show_default=False)]
OptionalPathsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="PATH", help=_PATHS_HELP, show_default=False)
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Where ids are looked up first; then INCIDENT_DATA, then data/ here and in the folders around.",
    ),
]
RunbookOption = Annotated[
    Path | None,
    typer.Option(
        "--runbook",
        metavar="FILE",
        help="The runbook to compare with; by default the workspace's runbook.yaml, else the shipped one.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="The instant to look back from, or 'now'; by default the latest instant in the files.",
    ),
]
RedactOption = Annotated[
    bool,
    typer.Option(
        "--redact-queries",
        help="Show ? for the values in queries, also where log messages hold them, and for secrets in log messages; "
        "the runbook may ask for it for all.",
    ),
]
OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder for the documents.")]
REPORTS = Path("reports")
FAIL_ON_HELP = "Exit with 1 when there is a finding at or above this level."


def at_or_above(findings: Sequence[Finding], level: Level | None) -> list[Finding]:
    """The findings that ``--fail-on`` is about; none where no level was given."""
    if level is None:
        return []
    return [finding for finding in findings if LEVELS.index(finding.level) >= LEVELS.index(level)]


def shown(finding: Finding) -> str:
    """A finding on one line, its place first."""
    return f"{finding.where}: {finding.message}" if finding.where else finding.message


def chosen_formats(written: str) -> tuple[DocumentFormat, ...]:
    """The documents that a list such as ``html,pdf`` asks for, each once.

    Raises:
        ParameterError: The list is empty or names something else.
    """
    known: dict[str, DocumentFormat] = {name: name for name in get_args(DocumentFormat)}
    words = [word.strip().lower() for word in written.split(",") if word.strip()]
    for word in words or [written]:
        if word not in known:
            close = get_close_matches(word, known, n=1)
            nearest = f"did you mean {close[0]}?" if close else ""
            raise ParameterError("--format", expected=", ".join(known), found=word, nearest=nearest)
    return tuple(dict.fromkeys(known[word] for word in words))
