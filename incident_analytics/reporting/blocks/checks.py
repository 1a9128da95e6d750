"""Checks: what a rule asked for, whether it was done, and the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.escape import html_text
from incident_analytics.reporting.blocks.marks import Mark
from incident_analytics.reporting.blocks.spans import Code, Inline, inline_html, line_of
from incident_analytics.reporting.blocks.table import Column, Table


@dataclass(frozen=True, slots=True)
class Check:
    """One rule and how it went.

    Args:
        state: One of the states of `Mark`, such as ``met`` or ``not evidenced``.
        title: What the rule asks for, as a statement that would be true if it was done.
        detail: What was found, in a line.
        places: Where the evidence stands, such as ``incident.yaml:19``.
    """

    state: str
    title: str
    detail: Inline = ""
    places: tuple[str, ...] = ()

    def about(self) -> Inline:
        """Detail and places on one line."""
        line = line_of(self.detail)
        for place in self.places:
            line = (*line, " · ", Code(place)) if line else (Code(place),)
        return line

    def html(self) -> str:
        """The check as an item of a list."""
        about = inline_html(self.about())
        small = f"<small>{about}</small>" if about else ""
        return f"<li>{Mark(self.state).html()}<div>{html_text(self.title)}{small}</div></li>"


@dataclass(frozen=True, slots=True)
class Checks(Block):
    """Checks in the order of the runbook.

    Args:
        checks: The checks.
        caption: What they belong to.
    """

    checks: tuple[Check, ...]
    caption: str = ""

    def html(self) -> str:
        """The checks as a list, state first."""
        label = f' aria-label="{html_text(self.caption)}"' if self.caption else ""
        caption = f'<p class="caption">{html_text(self.caption)}</p>' if self.caption else ""
        return f'{caption}<ul class="checks"{label}>{"".join(check.html() for check in self.checks)}</ul>'

    def markdown(self) -> str:
        """The checks as a pipe table."""
        return self._table().markdown()

    def plain(self) -> str:
        """The checks in columns."""
        return self._table().plain()

    def _table(self) -> Table:
        rows = tuple((Mark(check.state), check.title, check.about()) for check in self.checks)
        return Table(self.caption, (Column("State"), Column("Check"), Column("Evidence")), rows)
