"""Running notebook templates: a template and parameters come in, an executed notebook goes out.

Nothing is written here: the notebook comes back in memory and the caller stores it.
Start reading at `run.py` (one call), then `engine.py` (what papermill runs), `shell.py` and
`outputs.py` (one cell), `process_state.py` (what is put back afterwards), `parameters.py`
(what may be passed in) and `import_guard.py` (two seconds saved in every process).
"""
