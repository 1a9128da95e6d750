"""A run notebook as one HTML page."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import ReportError
from incident_analytics.reporting.pages.html import render_html

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., dict[str, object]]


@pytest.fixture
def page(postmortem: dict[str, object]) -> str:
    """The example beside a shared plotly.js."""
    return render_html(postmortem, assets="shared", title="INC-2024-001 <Outage>")


def test_page_is_small_beside_a_shared_script(page: str) -> None:
    """Four figures and six tables stay under 100 KB."""
    assert page.count('<figure class="figure"') == 4
    assert page.count("<table>") == 6
    assert len(page.encode()) < 100_000


def test_same_notebook_gives_the_same_bytes(postmortem: dict[str, object], page: str) -> None:
    """No clock, no random id."""
    assert render_html(postmortem, assets="shared", title="INC-2024-001 <Outage>") == page


def test_code_is_never_shown(page: str) -> None:
    """A leader does not see the program, nor hints for those who run it."""
    assert "secret_code" not in page
    assert "How to use this notebook" not in page


def test_contents_lead_to_every_section(page: str) -> None:
    """The list is there without a script, and each entry has its heading."""
    anchors = ["timeline", "impact", "evidence", "factors", "lucky", "questions", "actions", "runbook", "quality"]
    anchors.append("receipts")
    rail = re.search(r'<nav class="rail".*?</nav>', page, re.DOTALL)
    assert rail is not None
    assert re.findall(r'href="#([^"]+)"', rail[0]) == anchors
    assert re.findall(r'<h2 id="([^"]+)"', page) == anchors


def test_hostile_words_are_text(page: str) -> None:
    """Title, caption, log line and action item each tried a script tag; the title of the window too."""
    shown = re.sub(r'<script type="application/json">.*?</script>', "", page, flags=re.DOTALL)
    assert shown.count("&lt;script&gt;alert(&#x27;title&#x27;)&lt;/script&gt;") == 4
    assert shown.count("&lt;script&gt;alert(&#x27;log&#x27;)&lt;/script&gt;") == 2
    assert "<script>alert" not in page
    assert "<title>INC-2024-001 &lt;Outage&gt;</title>" in page


def test_only_our_scripts_may_run(page: str) -> None:
    """The policy names inline scripts by hash; nothing may be loaded from elsewhere."""
    policy = html.unescape(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[0])
    assert re.findall(r"<script>", page) == []
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'unsafe-inline' 'self'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def test_scripts_inside_a_page_run_by_their_hash(postmortem: dict[str, object]) -> None:
    """The policy of a page in one file names both of its scripts by hash, and no other file."""
    page = render_html(postmortem, assets="inline", title="x")
    policy = html.unescape(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[0])
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(digests) == 2
    allowed = policy.split("script-src ")[1].split(";")[0].replace("'", "").split()
    assert sorted(allowed) == sorted(f"sha256-{digest}" for digest in digests)


def test_page_names_no_other_machine(page: str) -> None:
    """Everything it loads is beside it."""
    assert [re.sub(r"[0-9a-f]{12}", "HASH", name) for name in re.findall(r'(?:src|href)="(?!#)([^"]*)"', page)] == [
        "assets/report-HASH.css",
        f"assets/plotly-{version('plotly')}.min.js",
        "assets/report-HASH.js",
    ]
    assert "url(" not in page


def test_inline_page_is_one_file(postmortem: dict[str, object]) -> None:
    """plotly.js stands in the page once, and the policy lets no other file in."""
    page = render_html(postmortem, assets="inline", title="x")
    assert 4_000_000 < len(page) < 6_000_000
    assert "<script src" not in page
    assert "'self'" not in page[:2000]


def test_page_without_figures_has_no_plotly(make_notebook: Make) -> None:
    """A page of words does not carry 4.8 MB for nothing."""
    cell: dict[str, object] = {"cell_type": "markdown", "id": "a", "source": "## A\n\ntext", "metadata": {}}
    page = render_html(make_notebook(cell), assets="inline", title="Words <only>")
    assert len(page) < 40_000
    assert '<header class="masthead"><h1>Words &lt;only&gt;</h1></header>' in page


def test_failed_section_says_so_in_its_place(broken_postmortem: dict[str, object]) -> None:
    """The page begins with what is missing, the place keeps the traceback folded, papermill's banner is gone."""
    page = render_html(broken_postmortem, assets="shared", title="x")
    assert (
        '<div class="partial" role="status"><p><b>This report is partial.</b> Could not be generated: '
        '<a href="#evidence">Evidence</a>. Everything else is complete.</p></div>'
    ) in page
    assert (
        '<div class="broken"><p><b>This section could not be generated.</b> ValueError: &lt;b&gt;bad&lt;/b&gt;</p>\n'
        "<details><summary>What the program said</summary><pre>ValueError: &lt;b&gt;bad&lt;/b&gt;</pre></details></div>"
    ) in page
    assert "An Exception was encountered" not in page
    assert '<h2 id="runbook">' in page


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ({"output_type": "execute_result", "execution_count": 1, "data": {"text/html": "<p>kept</p>"}}, "<p>kept</p>"),
        ({"output_type": "stream", "name": "stdout", "text": ["<a>", "b"]}, "<pre>&lt;a&gt;b</pre>"),
        ({"output_type": "display_data", "data": {"text/plain": "<a>"}}, "<pre>&lt;a&gt;</pre>"),
        (
            {"output_type": "display_data", "data": {"text/markdown": "*a* <b>"}},
            '<div class="text"><p><em>a</em> &lt;b&gt;</p></div>',
        ),
        (
            {"output_type": "display_data", "data": {"image/svg+xml": "<svg onload=x>"}},
            '<img alt="" src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9eD4=">',
        ),
    ],
    ids=["value of the last line", "printed", "plain", "markdown", "svg"],
)
def test_outputs_of_added_cells_are_shown(make_notebook: Make, output: dict[str, object], expected: str) -> None:
    """What a person adds to the notebook appears on the page, and runs nothing."""
    cell = {
        "cell_type": "code",
        "id": "own",
        "source": "",
        "metadata": {},
        "execution_count": 1,
        "outputs": [{"metadata": {}, **output} if output["output_type"] != "stream" else output],
    }
    assert expected in render_html(make_notebook(cell), assets="shared", title="x")


def test_warnings_of_libraries_are_not_for_leaders(make_notebook: Make) -> None:
    """The stream of errors and warnings stays in the notebook."""
    cell = {
        "cell_type": "code",
        "id": "own",
        "source": "",
        "metadata": {},
        "execution_count": 1,
        "outputs": [{"output_type": "stream", "name": "stderr", "text": "DeprecationWarning"}],
    }
    assert "DeprecationWarning" not in render_html(make_notebook(cell), assets="shared", title="x")


def test_style_sheet_of_the_notebook_stays_there(page: str) -> None:
    """The page has its own."""
    assert "notebook-style" not in page


def test_no_grammar_is_built_for_nothing() -> None:
    """The import guard is in place before nbformat is imported, in a process that loads nothing else."""
    program = (
        "import sys; from incident_analytics.reporting.pages.html import render_html; "
        "render_html({'nbformat': 4, 'nbformat_minor': 5, 'metadata': {}, 'cells': []}, assets='shared', title='x'); "
        "print({'rfc3987_syntax.syntax_helpers', 'pandas', 'plotly', 'papermill'} & set(sys.modules))"
    )
    done = subprocess.run(  # noqa: S603 - this interpreter with our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_something_else_than_a_notebook_is_refused() -> None:
    """The error says what was expected."""
    with pytest.raises(ReportError, match="not a notebook: expected a mapping of format 4 with cells"):
        render_html({"worksheets": []}, assets="shared", title="x")
