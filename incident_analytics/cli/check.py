"""`incident check`: what a record lacks, contradicts or says of people, before a report is made of it."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from incident_analytics.cli.as_of import chosen_as_of, tell_zone
from incident_analytics.cli.bundles import Refusal, chosen_runbook, over_bundles
from incident_analytics.cli.door import BAD_INPUT, DONE, FINDINGS
from incident_analytics.cli.options import (
    FAIL_ON_HELP,
    AsOfOption,
    DataOption,
    OptionalPathsArgument,
    RunbookOption,
    TableFormat,
    at_or_above,
)
from incident_analytics.cli.streams import put, tell
from incident_analytics.cli.tables import put_table
from incident_analytics.errors import IncidentAnalyticsError, ParameterError, RecordError
from incident_analytics.model.measurement import Level

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.reporting.measurement_json import Json
    from incident_analytics.reporting.record_check import RecordCheck
    from incident_analytics.sources import Bundle

EXAMPLES = """\b
Examples:
  incident check INC-2024-001
  incident check data --format json --fail-on warning
  incident check --runbook runbook.yaml"""


def check(
    paths: OptionalPathsArgument = None,
    *,
    data: DataOption = None,
    runbook: RunbookOption = None,
    table_format: Annotated[TableFormat, typer.Option("--format", help="How to print them.")] = "table",
    as_of: AsOfOption = None,
    fail_on: Annotated[Level, typer.Option("--fail-on", help=FAIL_ON_HELP)] = "error",
) -> int:
    """Check records: problems, doubtful facts, gaps, action items and words that blame.

    All problems of a record that cannot be read are told on stderr, one a line, and the exit code is 2.
    With --runbook and no path, check that runbook.
    """
    if not paths and runbook is None:
        raise ParameterError("there is nothing to check", expected="an id, a path, or --runbook FILE")
    policy = chosen_runbook(runbook)
    if not paths:
        _put_runbook(policy, str(runbook), table_format)
        return DONE
    from incident_analytics.reporting.record_check import record_check  # noqa: PLC0415 -- --help needs no polars

    moment = chosen_as_of(as_of, policy)

    zones: set[str] = set()

    def checked(bundle: "Bundle") -> "RecordCheck":
        tell_zone(moment, bundle, zones)
        return record_check(bundle, as_of=moment)

    checks, refusals = over_bundles(paths, checked, data=data, runbook=runbook)
    _put(checks, refusals, table_format)
    for refusal in refusals:
        for problem in _problems(refusal.error):
            tell("error", str(problem))
    if refusals:
        return BAD_INPUT
    return FINDINGS if any(at_or_above(one.findings, fail_on) for one in checks) else DONE


def _problems(error: IncidentAnalyticsError) -> Sequence[IncidentAnalyticsError]:
    """Every problem of a record, where it has several; else the error itself."""
    return error.problems or (error,) if isinstance(error, RecordError) else (error,)


def _put(checks: Sequence["RecordCheck"], refusals: Sequence[Refusal], table_format: TableFormat) -> None:
    if table_format == "json":
        from incident_analytics.reporting.record_check import check_json  # noqa: PLC0415 -- only for JSON

        read: list[Json] = [{**check_json(one), "problems": []} for one in checks]
        unread: list[Json] = [_refused_json(refusal) for refusal in refusals]
        put(json.dumps(read + unread, indent=2, ensure_ascii=False))
        return
    for number, one in enumerate(checks):
        if number:
            put("")
        _put_table(one)


def _put_table(one: "RecordCheck") -> None:
    rows = [(found.level, str(found.where or ""), found.rule, found.message) for found in one.findings]
    title = f"{one.incident_id}: {one.completeness.score} of 100 complete"
    if rows:
        put_table(("LEVEL", "WHERE", "RULE", "WHAT"), rows, title=title)
    else:
        put(f"{title}, nothing found")


def _refused_json(refusal: Refusal) -> "dict[str, Json]":
    problems: list[Json] = [
        {"where": one.where or None, "message": one.message, "expected": one.expected or None, "found": one.found}
        for one in _problems(refusal.error)
    ]
    return {"incident_id": None, "path": refusal.named, "completeness": None, "findings": [], "problems": problems}


def _put_runbook(policy: "Runbook", file: str, table_format: TableFormat) -> None:
    if table_format == "json":
        severities: list[Json] = list(policy.severities)
        facts: dict[str, Json] = {"runbook": file, "name": policy.name, "severities": severities}
        put(json.dumps(facts | {"rules": len(policy.rules), "clocks": list(policy.clocks)}, indent=2))
        return
    put(f"{file}: '{policy.name}' can be followed: {len(policy.severities)} severities, {len(policy.rules)} rules")
