"""The responder's desk: what people set up and keep beside their incidents.

In comes a folder that a person names and what travels with the package; out go files, always through
`atomic_write` and never over one that exists. Start reading in `workspace.py`.
"""
