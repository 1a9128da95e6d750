"""Durations and counts -> what can be said of them: estimates with intervals, tests, reasons where there is none.

In: plain numpy arrays or sequences, durations in seconds with a flag for each that is still open, counts, labels;
never a frame. Out: frozen dataclasses with the estimate, its interval, n, how many are open, the method, and the
reason where a number is missing. What is random takes a seed. Only `false_discovery` may say
"changed"; charts and change points say "signal".

scipy is imported by the modules that need it, statsmodels and ruptures by the functions. So import the module you
need; this room imports none. Start reading in `survival.py`, `comparison.py` and `false_discovery.py`.
"""
