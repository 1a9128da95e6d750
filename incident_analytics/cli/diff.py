"""`incident diff`: the incident and field behind each number that moved between two runs."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from incident_analytics.cli.door import DONE
from incident_analytics.cli.options import TableFormat
from incident_analytics.cli.streams import put, tell
from incident_analytics.cli.tables import put_table

if TYPE_CHECKING:
    from incident_analytics.reporting.runs.cause import Cause
    from incident_analytics.reporting.runs.difference import Difference, Moved

_RUN_HELP = "A run's folder or name, its run.json, a report's JSON twin, or a report's name for its latest run."
BeforeArgument = Annotated[str, typer.Argument(metavar="RUN_A", help=_RUN_HELP, show_default=False)]
AfterArgument = Annotated[str, typer.Argument(metavar="RUN_B", help="The one to compare with it.", show_default=False)]
RunsOption = Annotated[Path, typer.Option("--runs", metavar="DIR", help="Where names of runs are looked up.")]
RUNS = Path("reports/runs")
_MOST_BEHIND = 3
_LETTERS_OF_A_HASH = 12

EXAMPLES = """\b
Examples:
  incident diff trends-1a2b3c4d trends
  incident diff reports/INC-2024-001.json ../yesterday/INC-2024-001.json
  incident diff trends-1a2b3c4d trends-5e6f7a8b --format json"""


def diff(
    before: BeforeArgument,
    after: AfterArgument,
    *,
    runs: RunsOption = RUNS,
    table_format: Annotated[TableFormat, typer.Option("--format", help="How to print it.")] = "table",
) -> int:
    """Print which numbers moved between two runs, and the incident and field behind each.

    Told are the files that differ, what was asked differently, each incident that came, went or was changed with its
    file and line, and each number with what is behind it. That numbers moved is no error: the exit code is 0.
    """
    from incident_analytics.reporting.runs.difference import difference  # noqa: PLC0415 -- --help needs no runs
    from incident_analytics.reporting.runs.lookup import find_run  # noqa: PLC0415

    found = difference(find_run(before, runs), find_run(after, runs))
    if found.after.kind == "trends" and (found.before.incidents is None or found.after.incidents is None):
        tell("note", "a twin knows no incidents, so the ones behind the numbers cannot be told; name two runs")
    if table_format == "json":
        from incident_analytics.reporting.runs.difference_json import difference_json  # noqa: PLC0415 -- only for JSON

        put(json.dumps(difference_json(found), indent=2, ensure_ascii=False))
    elif found.is_empty and not found.causes:
        put(f"nothing moved from {found.before.name} to {found.after.name}")
    else:
        _put(found)
    return DONE


def _put(found: "Difference") -> None:
    put(f"{found.before.name} (as of {found.before.as_of}) to {found.after.name} (as of {found.after.as_of})")
    _put_causes("ASKED", [each for each in found.causes if each.kind == "asked"])
    _put_causes("FILE", [each for each in found.causes if each.kind == "input"])
    incidents = [each for each in found.causes if each.kind not in {"asked", "input"}]
    if incidents:
        put("")
        put_table(("INCIDENT", "FIELD", "BEFORE", "AFTER", "PLACE", "WHY"), [_row(each) for each in incidents])
    for title, moved in (("NUMBER", found.numbers), ("WORDS", found.words)):
        if moved:
            put("")
            put_table((title, "BEFORE", "AFTER", "BEHIND"), [_moved(each) for each in moved])
    if found.is_empty:
        put("")
        put("no number moved")


def _put_causes(title: str, causes: "Sequence[Cause]") -> None:
    if causes:
        put("")
        rows = [(each.name, *_shortened(each), each.why) for each in causes]
        put_table((title, "BEFORE", "AFTER", "WHY"), rows)


def _shortened(cause: "Cause") -> Iterator[str]:
    is_hash = cause.kind == "input" or cause.name.endswith("sha256")
    return (_text(each)[:_LETTERS_OF_A_HASH] if is_hash else _text(each) for each in (cause.before, cause.after))


def _row(cause: "Cause") -> tuple[str, ...]:
    field = cause.name or cause.kind
    return (cause.incident, field, _text(cause.before), _text(cause.after), cause.place, cause.why)


def _moved(moved: "Moved") -> tuple[str, ...]:
    what = moved.what
    told = list(dict.fromkeys(each.short for each in moved.behind))
    behind = ", ".join(told[:_MOST_BEHIND]) or "nothing that was kept explains it"
    more = f" and {len(told) - _MOST_BEHIND} more" if len(told) > _MOST_BEHIND else ""
    note = f" ({what.note})" if what.note and what.after is not None else what.note
    now = "" if what.note and what.after is None else _text(what.after)
    return (what.name, _text(what.before), f"{now}{note}", f"{behind}{more}")


def _text(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"  # noqa: PLR2004 -- six digits are enough to see it
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
