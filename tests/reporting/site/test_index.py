"""The page that lists the reports, as text."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import ReportError
from incident_analytics.reporting.pages.assets import script_hash
from incident_analytics.reporting.site.index import Skipped, write_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.reporting.site.conftest import MakeTwin


def words_of(page: str) -> str:
    """The words of a page's body, without its script."""
    body = re.sub(r"<script>.*?</script>", "", page.partition("<body>")[2], flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def test_the_newest_comes_first_and_the_undated_last(reports: Path, make_twin: MakeTwin) -> None:
    """Without a script this is the order; a tie goes by id."""
    make_twin("INC-B")
    make_twin("INC-A")
    make_twin("INC-OLD", milestones={"started_at": {"at": "2023-12-31T23:59:00Z"}})
    make_twin("INC-NEVER", milestones={})
    make_twin("INC-NEW", milestones={"started_at": {"at": "2024-02-01T00:00:00Z"}})
    site = write_site(reports)
    assert [entry.identity for entry in site.entries] == ["INC-NEW", "INC-A", "INC-B", "INC-OLD", "INC-NEVER"]
    page = site.path.read_text(encoding="utf-8")
    assert re.findall(r'<a href="([^"#]+)\.html">', page) == ["INC-NEW", "INC-A", "INC-B", "INC-OLD", "INC-NEVER"]


def test_every_fact_is_in_the_table_as_words(reports: Path, make_twin: MakeTwin) -> None:
    """Severity and status as word and shape, six metrics, findings, missed rules: a page without a script says all."""
    make_twin("INC-1", services=["payments", "checkout"], status="open")
    words = words_of(write_site(reports).path.read_text(encoding="utf-8"))
    assert "1 incident of Mon 15 Jan 2024; one is open." in words
    assert (
        "Payment processing outage INC-1 ▲ SEV1 ○ open 15 Jan 2024 14:15 payments, checkout 0 s 3 min 1 h 30 min "
        "15,000 $45,000 unknown 3 2 warnings ✕ 1 Status update every 15 minutes"
    ) in words


def test_controls_wait_for_the_script(reports: Path, make_twin: MakeTwin) -> None:
    """A page whose script does not run shows no search that does nothing."""
    make_twin("INC-1")
    assert re.search(r'<form class="controls"[^>]* hidden>', write_site(reports).path.read_text(encoding="utf-8"))


def test_the_same_reports_give_the_same_bytes(reports: Path, make_twin: MakeTwin) -> None:
    """In whichever order the file system tells them."""
    for name in ("INC-2", "INC-1", "INC-3"):
        make_twin(name)
    first = write_site(reports).path.read_bytes()
    assert write_site(reports).path.read_bytes() == first
    (reports / "INC-1.json").rename(reports / "spare")
    (reports / "spare").rename(reports / "INC-1.json")
    assert write_site(reports).path.read_bytes() == first


def test_only_its_own_script_and_style_may_run(reports: Path, make_twin: MakeTwin) -> None:
    """By their hashes; nothing is loaded from anywhere."""
    make_twin("INC-1")
    page = write_site(reports).path.read_text(encoding="utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = html.unescape(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[0])
    assert policy == (
        f"default-src 'none'; script-src {script_hash(script)}; style-src {script_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert re.findall(r"https?://|@import|url\(", page) == []
    assert re.findall(r'\s(?:style|on\w+)="', page.partition("<body>")[2].partition("<script>")[0]) == []


def test_words_of_a_record_are_words_on_the_page(reports: Path, make_twin: MakeTwin) -> None:
    """Title, service, severity, number and rule may hold anything."""
    hostile = '"><script>alert(1)</script>\u202e'
    make_twin(
        "INC-1",
        title=hostile,
        services=[hostile],
        severity=hostile,
        displayed={"time_to_detection": hostile},
        conformance=[{"state": "missed", "title": hostile}],
    )
    page = write_site(reports).path.read_text(encoding="utf-8")
    assert page.count("<script>") == 1
    assert "\u202e" not in page
    assert page.count("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\ufffd") >= 5


def test_files_that_are_no_twins_are_listed_as_skipped(reports: Path, make_twin: MakeTwin) -> None:
    """They stop nothing."""
    make_twin("INC-1")
    (reports / "broken <b>.json").write_text("{")
    (reports / "package.json").write_text("{}")
    site = write_site(reports)
    assert site.skipped == (
        Skipped("broken <b>.json", "it is not JSON"),
        Skipped("package.json", "it is not the twin of a report"),
    )
    page = site.path.read_text(encoding="utf-8")
    assert "<code>broken &lt;b&gt;.json</code> it is not JSON" in page
    assert [entry.identity for entry in site.entries] == ["INC-1"]


@pytest.mark.parametrize(("page", "address"), [("md", "INC-1.md"), ("pdf", "INC-1.pdf"), ("", "INC-1.json")])
def test_a_row_leads_to_the_document_there_is(reports: Path, make_twin: MakeTwin, page: str, address: str) -> None:
    """The page first, then Markdown, then PDF; else the numbers."""
    make_twin("INC-1", page=page)
    assert f'<a href="{address}">' in write_site(reports).path.read_text(encoding="utf-8")


def test_addresses_are_seen_from_where_the_page_lies(reports: Path, make_twin: MakeTwin, tmp_path: Path) -> None:
    """A page elsewhere leads back to the folder; signs that addresses have for themselves are written out."""
    make_twin("INC 1#a%")
    site = write_site(reports, tmp_path / "public" / "list.html")
    assert '<a href="../reports/INC%201%23a%25.html">' in site.path.read_text(encoding="utf-8")


def test_other_pages_of_the_folder_are_linked(reports: Path, make_twin: MakeTwin) -> None:
    """Such as notes that somebody wrote; not the list itself."""
    make_twin("INC-1")
    (reports / "notes.html").write_text("")
    write_site(reports)
    page = write_site(reports).path.read_text(encoding="utf-8")
    assert page.count('href="notes.html"') == 1
    assert 'href="index.html"' not in page


def test_trend_reports_stand_above_the_list(
    reports: Path, make_twin: MakeTwin, make_trends: Callable[..., Path]
) -> None:
    """With a link, the number of incidents and the day they are seen from; the latest first, nothing skipped."""
    make_twin("INC-1")
    make_trends("trends-2023", title="The year <2023>", as_of="2023-12-31T23:59:59Z", cohort={"n": 1})
    make_trends()
    site = write_site(reports)
    assert [entry.name for entry in site.trends] == ["trends", "trends-2023"]
    assert (len(site.entries), site.skipped) == (1, ())
    page = site.path.read_text(encoding="utf-8")
    assert page.index('href="trends.html"') < page.index('href="trends-2023.html"') < page.index('href="INC-1.html"')
    assert (
        "Trends Incidents from 2023-Q1 to 2024-Q4 242 incidents, seen from Tue 31 Dec 2024 "
        "The year <2023> 1 incident, seen from Sun 31 Dec 2023"
    ) in words_of(site.path.read_text(encoding="utf-8"))
    assert "Other pages" not in page


def test_a_folder_of_trends_alone_is_not_empty(reports: Path, make_trends: Callable[..., Path]) -> None:
    """It does not say that there is no report, and has no controls."""
    make_trends(as_of=None, cohort=None)
    page = write_site(reports).path.read_text(encoding="utf-8")
    assert "There is no report" not in page
    assert '<li><a href="trends.html">Incidents from 2023-Q1 to 2024-Q4</a></li>' in page
    assert ("<table" in page, "<form" in page) == (False, False)


def test_an_empty_folder_says_so(reports: Path) -> None:
    """No table without rows, no controls without a table."""
    page = write_site(reports).path.read_text(encoding="utf-8")
    assert "There is no report in this folder yet." in page
    assert ("<table" in page, "<form" in page) == (False, False)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """With what makes one."""
    with pytest.raises(ReportError, match=r"there is no such folder; incident postmortem --all makes reports$"):
        write_site(tmp_path / "nowhere")
