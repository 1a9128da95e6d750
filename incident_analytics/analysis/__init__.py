"""Frames and records to numbers, pure: no clock, no chance, no network, and never a file.

In come an `Incident`, its events and frames (pandas, polars, DuckDB) of evidence; out go frames of the same
kind, measurements and findings. Each metric is defined once, for one incident and for a million.
Start reading in `response_times.py`; the way of one incident is `events.py`, `milestones.py`, `measurements.py`.
"""
