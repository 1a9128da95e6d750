"""`incident postmortem`: from an incident's files to the documents people read."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from incident_analytics.cli.as_of import chosen_as_of, tell_zone
from incident_analytics.cli.bundles import chosen_runbook
from incident_analytics.cli.door import DONE, FINDINGS, PARTIAL
from incident_analytics.cli.options import (
    FAIL_ON_HELP,
    REPORTS,
    AsOfOption,
    DataOption,
    OptionalBundleArgument,
    OutOption,
    RedactOption,
    RunbookOption,
    at_or_above,
    chosen_formats,
    shown,
)
from incident_analytics.cli.postmortem_all import (
    AllOption,
    DeadlineOption,
    FreshOption,
    JobsOption,
    check_only_for_all,
    postmortem_all,
)
from incident_analytics.cli.streams import progress, put, tell
from incident_analytics.model.measurement import Level

if TYPE_CHECKING:
    from incident_analytics.reporting.publishing import Published

FormatsOption = Annotated[
    str, typer.Option("--format", metavar="LIST", help="Which documents, of html, md, pdf and json, by commas.")
]
AssetsOption = Annotated[
    Literal["inline", "shared"] | None,
    typer.Option(
        "--assets",
        help="One file to mail (inline; the default for one), or small pages beside one shared plotly.js (for --all).",
        show_default=False,
    ),
]
EngineOption = Annotated[
    Literal["in-process", "kernel"],
    typer.Option("--engine", help="Run the notebook's cells here, or in a Jupyter kernel of their own."),
]
PartialOption = Annotated[
    bool, typer.Option("--allow-partial", help="Publish although a section could not be generated.")
]

EXAMPLES = """\b
Examples:
  incident postmortem INC-2024-001
  incident postmortem data/INC-2024-001 --format html,md,pdf,json --assets shared
  incident postmortem INC-2024-001 --as-of 2024-01-17T09:00:00Z --fail-on error
  incident postmortem --all --jobs 4"""


def postmortem(  # noqa: PLR0913 -- one parameter an option
    bundle: OptionalBundleArgument = None,
    *,
    is_all: AllOption = False,
    data: DataOption = None,
    out: OutOption = REPORTS,
    runbook: RunbookOption = None,
    formats: FormatsOption = "html,json",
    assets: AssetsOption = None,
    as_of: AsOfOption = None,
    engine: EngineOption = "in-process",
    allow_partial: PartialOption = False,
    redact_queries: RedactOption = False,
    fail_on: Annotated[Level | None, typer.Option("--fail-on", help=FAIL_ON_HELP)] = None,
    jobs: JobsOption = None,
    deadline: DeadlineOption = None,
    fresh: FreshOption = False,
) -> int:
    """Make the post-mortem of one incident, or of all, and print the paths of the documents.

    The notebook is run anew; what people wrote, in postmortem.md or in the notebook, is kept. Where a section
    fails nothing is published, unless --allow-partial is given, and the exit code is 3. With --all, reports
    that are finished and whose files have not changed are left as they are.
    """
    check_only_for_all(bundle, is_all=is_all, given={"--jobs": jobs, "--deadline": deadline, "--fresh": fresh or None})
    wanted = chosen_formats(formats)
    policy = chosen_runbook(runbook)
    moment = chosen_as_of(as_of, policy)
    if bundle is None:
        from incident_analytics.reporting.batch.asked import Asked  # noqa: PLC0415 -- --help needs no reports

        asked = Asked(out, wanted, assets or "shared", moment, engine, allow_partial, runbook, redact_queries)
        return postmortem_all(asked, data=data, jobs=jobs, deadline=deadline, is_fresh=fresh, fail_on=fail_on)
    from incident_analytics.reporting.publishing import publish  # noqa: PLC0415 -- papermill is slow to load
    from incident_analytics.sources import open_bundle  # noqa: PLC0415 -- --help needs no sources

    opened = open_bundle(bundle, data=data, runbook=runbook, redact_queries=redact_queries)
    tell_zone(moment, opened)
    with progress(f"Writing the post-mortem of {bundle}"):
        published = publish(
            opened,
            out=out,
            formats=wanted,
            assets=assets or "inline",
            as_of=moment,
            engine=engine,
            allow_partial=allow_partial,
        )
    return told(published, fail_on=fail_on, allow_partial=allow_partial)


def told(published: "Published", *, fail_on: Level | None, allow_partial: bool) -> int:
    """The exit code, once the paths are printed and everything to know is told."""
    for note in published.notes:
        tell("note", note)
    if published.failed:
        failed = ", ".join(published.failed)
        if not allow_partial:
            tell("error", f"these sections could not be generated: {failed}; {_kept(published)}")
            return PARTIAL
        tell("warning", f"these sections could not be generated: {failed}; their errors stand in the report")
    for path in published.paths:
        put(str(path))
    serious = at_or_above(published.findings, fail_on)
    for finding in serious:
        tell(finding.level, shown(finding))
    if published.unread:
        tell("warning", published.unread)
    if published.failed or published.unread:
        return PARTIAL
    return FINDINGS if serious else DONE


def _kept(published: "Published") -> str:
    notebook = next((f"; {path} shows their errors" for path in published.paths if path.suffix == ".ipynb"), "")
    return f"nothing was published (--allow-partial publishes the rest){notebook}"
