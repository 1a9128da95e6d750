"""Trends: a history's frame goes in, the numbers of a trend report come out.

`scope` says what is looked at, `cohort` cuts the history down to it, and each other module answers one question a
leader asks (how fast, how often, which, who, what is left undone) with frozen numbers that carry n, what was left
out and why. Only `changes` may say that something changed. Statistics come from `analysis/statistics`.
"""
