"""`incident site`: one page that lists the reports of a folder."""

from pathlib import Path
from typing import Annotated

import typer

from incident_analytics.cli.door import DONE
from incident_analytics.cli.options import REPORTS
from incident_analytics.cli.streams import put, tell

ReportsArgument = Annotated[Path, typer.Argument(metavar="DIR", help="The folder with the reports.")]
PageOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="The page; by default index.html in the folder.")
]

EXAMPLES = """\b
Examples:
  incident site reports
  incident site reports --out public/index.html"""


def site(reports: ReportsArgument = REPORTS, *, out: PageOption = None) -> int:
    """Make a page that lists the reports of a folder, and print its path.

    It is made from the reports' JSON twins. Trend reports stand on top; post-mortems can be searched, filtered
    and sorted in any browser without a server. Other JSON files are told and listed as skipped.
    """
    from incident_analytics.reporting.site.index import write_site  # noqa: PLC0415 -- --help needs no reports

    made = write_site(reports, out)
    for skipped in made.skipped:
        tell("note", f"{skipped.name} is not listed: {skipped.reason}")
    put(str(made.path))
    return DONE
