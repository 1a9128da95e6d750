"""Runs: what each run was made from and what it said, kept so that a number that moves can be explained.

In go the numbers of a report and the fingerprints of its files; out comes a folder below ``runs``, the same bytes for
the same input. Two of them give a `Difference`: each number that moved with the incidents and fields behind it.
Start reading in `run.py`; `writing.py` writes runs, `lookup.py` finds them, `difference.py` compares two.
"""
