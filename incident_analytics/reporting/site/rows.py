"""A row of the list: its cells as they are shown, and what they are searched and sorted by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks.escape import html_text
from incident_analytics.reporting.blocks.marks import SEVERITIES, Mark, SeverityMark
from incident_analytics.reporting.words import NOTHING, clock_time, counted, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.reporting.site.entries import Entry, Shown

NO_SEVERITY = "none"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Args:
        name: Its column.
        html: What is shown, ready for the page.
        order: What the column is sorted by; empty where nothing is known, which comes last either way.
        is_number: Whether it is set as a number.
    """

    name: str
    html: str
    order: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One report.

    Args:
        address: Where its page is, as seen from the list.
        title: The incident's title.
        identity: Its id.
        severity: Its severity, for the filter.
        status: open or resolved.
        services: For the filter, as JSON would have them: one a line.
        words: What the search looks through.
        cells: The other cells, in the order of the columns.
    """

    address: str
    title: str
    identity: str
    severity: str
    status: str
    services: str
    words: str
    cells: tuple[Cell, ...]


def row_of(entry: Entry, address: str) -> Row:
    """The row of a report.

    Args:
        entry: The report.
        address: Where its page is.
    """
    status = "open" if entry.is_open else "resolved"
    searched = (entry.title, entry.identity, entry.severity or "", status, *entry.services, _date(entry), *entry.missed)
    return Row(
        address=address,
        title=entry.title,
        identity=entry.identity,
        severity=entry.severity or NO_SEVERITY,
        status=status,
        services="\n".join(entry.services),
        words=" ".join(searched),
        cells=(
            _severity(entry),
            _began(entry),
            Cell("Services", html_text(", ".join(entry.services)) or NOTHING, ", ".join(entry.services).lower()),
            *(_metric(shown) for shown in entry.metrics),
            _findings(entry),
            _missed(entry),
        ),
    )


def severity_choices(entries: Sequence[Entry]) -> list[tuple[str, str, int]]:
    """The severities there are, worst first: name, mark as HTML, and how many incidents have it."""
    names = [entry.severity or NO_SEVERITY for entry in entries]
    ordered = sorted(set(names), key=lambda name: (name not in SEVERITIES, name == NO_SEVERITY, name))
    return [(name, severity_mark(name), names.count(name)) for name in ordered]


def severity_mark(name: str) -> str:
    """A severity as word and shape."""
    return Mark("unknown", "no severity").html() if name == NO_SEVERITY else SeverityMark(name).html()


def _severity(entry: Entry) -> Cell:
    name = entry.severity or NO_SEVERITY
    order = "" if entry.severity is None else str(list(SEVERITIES).index(name)) if name in SEVERITIES else f"9{name}"
    state = Mark("open") if entry.is_open else Mark("met", "resolved")
    return Cell("Severity", f"{severity_mark(name)}<br>{state.html()}", order)


def _date(entry: Entry) -> str:
    return f"{entry.began_at.day} {entry.began_at:%b %Y} {entry.began_at:%Y-%m-%d}" if entry.began_at else ""


def _began(entry: Entry) -> Cell:
    at = entry.began_at
    if at is None:
        return Cell("Began", Mark("unknown").html(), "")
    written = f'<time datetime="{at:%Y-%m-%dT%H:%M:%SZ}">{at.day} {at:%b %Y} <small>{clock_time(at)}</small></time>'
    return Cell("Began", written, str(at.timestamp()))


def _metric(shown: Shown) -> Cell:
    text = html_text(NOTHING if shown.text == "not applicable" else shown.text)
    is_known = shown.order is not None
    written = text if is_known else f'<span class="quiet">{text}</span>'
    return Cell(title_of(shown.name), written, str(shown.order) if is_known else "", is_number=True)


def _findings(entry: Entry) -> Cell:
    total = sum(entry.findings.values())
    serious = [counted(number, level) for level in ("error", "warning") if (number := entry.findings.get(level, 0))]
    more = f"<small>{', '.join(serious)}</small>" if serious else ""
    return Cell("Findings", f"{total} {more}".strip(), str(total), is_number=True)


def _missed(entry: Entry) -> Cell:
    number = len(entry.missed)
    if not number:
        return Cell("Rules missed", "0", "0", is_number=True)
    rules = "".join(f"<li>{html_text(rule)}</li>" for rule in entry.missed)
    mark = Mark("missed", str(number)).html()
    return Cell(
        "Rules missed", f"<details><summary>{mark}</summary><ul>{rules}</ul></details>", str(number), is_number=True
    )
