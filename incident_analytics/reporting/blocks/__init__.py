"""Pieces of a page. In come words and numbers ready to be read; out goes HTML, Markdown, plain text.

A piece is a frozen dataclass that computes nothing, opens nothing and trusts nothing: every
character that came from a record, a log line or a person is escaped where it is written.
Start with `block.Block`, what every piece can do; `spans` has what a line of text may hold.
"""

from __future__ import annotations

from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.callout import Callout, Folded
from incident_analytics.reporting.blocks.chain import Chain, ChainBox
from incident_analytics.reporting.blocks.checks import Check, Checks
from incident_analytics.reporting.blocks.figure import FigureBlock
from incident_analytics.reporting.blocks.flow import Flow, FlowBox
from incident_analytics.reporting.blocks.header import Footer, Header, Lead, Paragraph, Subheading
from incident_analytics.reporting.blocks.marks import Mark, SeverityMark
from incident_analytics.reporting.blocks.prose import Prose
from incident_analytics.reporting.blocks.questions import Question, Questions
from incident_analytics.reporting.blocks.receipts import Receipt, Receipts
from incident_analytics.reporting.blocks.show import show
from incident_analytics.reporting.blocks.spans import Code, Inline, Link, Pill, Quiet, Span, Strong
from incident_analytics.reporting.blocks.table import Column, Table
from incident_analytics.reporting.blocks.tiles import Tile, Tiles
from incident_analytics.reporting.blocks.verdict import Verdict

__all__ = [
    "Block",
    "Callout",
    "Chain",
    "ChainBox",
    "Check",
    "Checks",
    "Code",
    "Column",
    "FigureBlock",
    "Flow",
    "FlowBox",
    "Folded",
    "Footer",
    "Header",
    "Inline",
    "Lead",
    "Link",
    "Mark",
    "Paragraph",
    "Pill",
    "Prose",
    "Question",
    "Questions",
    "Quiet",
    "Receipt",
    "Receipts",
    "SeverityMark",
    "Span",
    "Strong",
    "Subheading",
    "Table",
    "Tile",
    "Tiles",
    "Verdict",
    "show",
]
