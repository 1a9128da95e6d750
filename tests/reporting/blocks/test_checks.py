"""Checks with their states and their evidence."""

from __future__ import annotations

from incident_analytics.reporting.blocks import Check, Checks

CHECKS = Checks(
    (
        Check("met", "Acknowledged within 5 minutes", "3 min", ("incident.yaml:19", "timeline.csv:2")),
        Check("manual", "Team on standby"),
    ),
    "1 met, 1 manual",
)


def test_checks_as_a_list_with_state_first() -> None:
    """Detail and places stand below the title, and nothing where there is none."""
    assert CHECKS.html() == (
        '<p class="caption">1 met, 1 manual</p><ul class="checks" aria-label="1 met, 1 manual">'
        '<li><span class="mark good"><span aria-hidden="true">●</span> met</span><div>Acknowledged within 5 minutes'
        "<small>3\u00a0min · <code>incident.yaml:19</code> · <code>timeline.csv:2</code></small></div></li>"
        '<li><span class="mark quiet"><span aria-hidden="true">☐</span> manual</span>'
        "<div>Team on standby</div></li></ul>"
    )


def test_checks_as_table_in_markdown() -> None:
    """State, check and evidence in columns."""
    assert CHECKS.markdown() == (
        "*1 met, 1 manual*\n\n| State | Check | Evidence |\n| --- | --- | --- |\n"
        "| ● met | Acknowledged within 5 minutes | 3 min · `incident.yaml:19` · `timeline.csv:2` |\n"
        "| ☐ manual | Team on standby |  |"
    )


def test_place_without_detail_has_no_leading_dot() -> None:
    """Evidence alone stands alone."""
    assert Checks((Check("met", "Paged", places=("a:1",)),)).plain() == ("State  Check  Evidence\n● met  Paged  a:1")
