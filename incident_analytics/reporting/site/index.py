"""The page that lists the reports of a folder, made from their JSON twins."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from incident_analytics.atomic_write import atomic_write
from incident_analytics.errors import ReportError
from incident_analytics.reporting.blocks.escape import html_text
from incident_analytics.reporting.pages.assets import script_hash
from incident_analytics.reporting.pages.tokens import style_sheet, without_comments
from incident_analytics.reporting.site.entries import Entry, read_entry
from incident_analytics.reporting.site.rows import Row, row_of, severity_choices
from incident_analytics.reporting.site.trend_entry import TrendEntry
from incident_analytics.reporting.words import counted, day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from jinja2 import Template

TEMPLATE = Path(__file__).parent / "template"
INDEX = "index.html"
_PAGES = (".html", ".md", ".pdf", ".json")  # what a row leads to, the first that is there


@dataclass(frozen=True, slots=True)
class Skipped:
    """A JSON file that is not listed, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Site:
    """What was made.

    Args:
        path: The page.
        entries: The post-mortems it lists, the newest first.
        trends: The trend reports it lists, the one seen from the latest instant first.
        skipped: JSON files it does not list.
    """

    path: Path
    entries: tuple[Entry, ...]
    trends: tuple[TrendEntry, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """What the page shows below its head: rows, and address, name and words of each other page."""

    rows: Sequence[Row]
    trends: Sequence[tuple[str, str, str]]
    others: Sequence[tuple[str, str]]
    skipped: Sequence[Skipped]


def write_site(folder: Path, out: Path | None = None) -> Site:
    """Makes the page that lists the reports of a folder.

    Args:
        folder: The reports: pages and their JSON twins.
        out: The page; ``index.html`` in the folder by default.

    Raises:
        ReportError: There is no such folder, or the page cannot be written.
    """
    if not folder.is_dir():
        raise ReportError(
            "there is no such folder", where=str(folder), nearest="incident postmortem --all makes reports"
        )
    page = out or folder / INDEX
    read: list[Entry | TrendEntry] = []
    skipped: list[Skipped] = []
    for file in sorted(folder.glob("*.json")):
        try:
            read.append(read_entry(file))
        except ReportError as error:
            skipped.append(Skipped(file.name, str(error)))
    entries = [entry for entry in read if isinstance(entry, Entry)]
    entries.sort(key=lambda entry: entry.identity)
    entries.sort(key=lambda entry: _order(entry.began_at), reverse=True)
    trends = [entry for entry in read if isinstance(entry, TrendEntry)]
    trends.sort(key=lambda entry: _order(entry.as_of), reverse=True)
    listed = Listed(
        rows=[row_of(entry, _address(folder, entry.name, page)) for entry in entries],
        trends=[(_address(folder, entry.name, page), entry.title, trend_words(entry)) for entry in trends],
        others=_other_pages(folder, {entry.name for entry in read}, page),
        skipped=skipped,
    )
    atomic_write(page, _rendered(entries, listed))
    return Site(page, tuple(entries), tuple(trends), tuple(skipped))


def _order(at: datetime | None) -> float:
    return at.timestamp() if at else float("-inf")


def _address(folder: Path, name: str, page: Path) -> str:
    file = next(folder / (name + suffix) for suffix in _PAGES if (folder / (name + suffix)).is_file())
    return _relative(file, page)


def _relative(file: Path, page: Path) -> str:
    path = Path(os.path.relpath(file.resolve(), page.parent.resolve())).as_posix()
    return quote(path.encode("utf-8", errors="surrogateescape"))


def _other_pages(folder: Path, listed: set[str], page: Path) -> list[tuple[str, str]]:
    """Pages of the folder that no twin tells of: address and name."""
    files = [file for file in sorted(folder.glob("*.html")) if file.stem not in listed]
    return [(_relative(file, page), file.stem) for file in files if file.resolve() != page.resolve()]


def _rendered(entries: Sequence[Entry], listed: Listed) -> str:
    style = style_sheet() + "\n" + _asset("site.css")
    script = _asset("site.js")
    return _template().render(
        policy=(
            f"default-src 'none'; script-src {script_hash(script)}; style-src {script_hash(style)}; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        ),
        style=style,
        script=script,
        lead=lead(entries) if entries or not listed.trends else "",
        rows=listed.rows,
        trends=listed.trends,
        severities=severity_choices(entries),
        services=sorted({service for entry in entries for service in entry.services}),
        skipped=listed.skipped,
        others=listed.others,
        h=html_text,
    )


def trend_words(entry: TrendEntry) -> str:
    """What a trend report is about, beside its title."""
    known = [] if entry.n is None else [counted(entry.n, "incident")]
    return ", ".join([*known, *([f"seen from {day(entry.as_of)}"] if entry.as_of else [])])


def lead(entries: Sequence[Entry]) -> str:
    """What the folder holds, in a sentence."""
    if not entries:
        return "There is no report in this folder yet."
    moments = sorted(entry.began_at for entry in entries if entry.began_at)
    still_open = sum(entry.is_open for entry in entries)
    words = counted(len(entries), "incident")
    if moments:
        first, last = day(moments[0]), day(moments[-1])
        words += f" of {first}" if first == last else f" from {first} to {last}"
    state = {0: "none is open", 1: "one is open"}.get(still_open, f"{still_open} are open")
    return f"{words}; {state}."


def _asset(name: str) -> str:
    return without_comments((TEMPLATE / name).read_text(encoding="utf-8"))


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 -- only where a page is made

    environment = Environment(
        loader=FileSystemLoader(TEMPLATE),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 -- `h` escapes, and replaces what no page may carry
    )
    return environment.get_template("index.html.j2")
