"""Figures of a report. In come numbers and instants that analysis has found; out go `FigureBlock`s.

Each figure answers one question, says the answer in its caption and its numbers in its text alternative. A
figure computes nothing but positions: where a label stands, where an axis ends. It is laid out twice, for a
page and, in ``layout.meta["phone"]``, for a small screen. Times stand in one zone, named once. Where there is
nothing to show a figure is None, and the section says why. Start with `sheet`; `timeline` and `stack` lay out
the two kinds of figure.
"""

from __future__ import annotations

from incident_analytics.reporting.figures.error_rate import error_rate_figure
from incident_analytics.reporting.figures.metric_panels import metric_panels_figure
from incident_analytics.reporting.figures.panels import Panel, Series
from incident_analytics.reporting.figures.timeline import timeline_figure
from incident_analytics.reporting.figures.users import users_figure

__all__ = ["Panel", "Series", "error_rate_figure", "metric_panels_figure", "timeline_figure", "users_figure"]
