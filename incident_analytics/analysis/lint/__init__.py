"""Hints about a record's own words and gaps; nothing here blocks anything.

In come an incident, prose and the runbook's ``lints``; out go what each action item lacks, warnings about words
that blame, and the share of facts that a complete record has. Each file is one of the three.
"""

from incident_analytics.analysis.lint.action_items import ActionLint, action_item_lint
from incident_analytics.analysis.lint.blameless import blameless_lint
from incident_analytics.analysis.lint.completeness import Completeness, completeness
from incident_analytics.analysis.lint.persons import without_names

__all__ = [
    "ActionLint",
    "Completeness",
    "action_item_lint",
    "blameless_lint",
    "completeness",
    "without_names",
]
