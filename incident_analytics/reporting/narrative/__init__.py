"""The prose people write, kept over every regeneration.

In: the text of a bundle's `postmortem.md`, a template, and the notebook of the previous run with
whatever was edited in JupyterLab. Out: the same text with those edits in it, and the template filled
from it. Nothing is read or written here, and no word a person wrote is ever dropped.

Start reading at `regeneration.py` (the order of things), then `document.py` (sections keyed by stable
ids), `filling.py` and `harvest.py` (into the notebook and back), `carried.py` (cells people added),
`stamps.py` (what a cell remembers), `questions.py` and `citations.py`.
"""
