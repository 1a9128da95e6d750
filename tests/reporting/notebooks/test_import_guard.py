"""The import guard: two seconds saved, nothing else changed."""

from __future__ import annotations

import os
import subprocess
import sys


def _output(code: str, **environment: str) -> str:
    clean = {name: text for name, text in os.environ.items() if name != "INCIDENT_NO_IMPORT_GUARD"}
    return subprocess.run(  # noqa: S603  # our own interpreter and words
        [sys.executable, "-c", code], env=clean | environment, capture_output=True, text=True, check=True
    ).stdout.strip()


GUARDED = "from incident_analytics.reporting.notebooks.import_guard import guard; guard(); import sys; "


def test_nbformat_after_the_guard_does_not_build_the_grammar() -> None:
    """In a fresh process the costly module stays unloaded, so a future release that changes this is noticed."""
    code = GUARDED + "import nbformat; print('rfc3987_syntax.syntax_helpers' in sys.modules)"
    assert _output(code) == "False"


def test_nbformat_still_validates_behind_the_guard() -> None:
    """What jsonschema leaves out is one format check that notebooks do not use."""
    code = GUARDED + "import nbformat; nbformat.validate(nbformat.v4.new_notebook()); print('valid')"
    assert _output(code) == "valid"


def test_a_variable_turns_the_guard_off() -> None:
    """Someone who needs rfc3987_syntax in the same process can have it."""
    code = GUARDED + "print('rfc3987_syntax' in sys.modules)"
    assert _output(code, INCIDENT_NO_IMPORT_GUARD="1") == "False"
    assert _output(code) == "True"


def test_a_loaded_module_stays() -> None:
    """The guard never takes away what is already there."""
    code = "import sys, types; sys.modules['rfc3987_syntax'] = types.ModuleType('kept'); "
    assert _output(code + GUARDED + "print(sys.modules['rfc3987_syntax'].__name__)") == "kept"


def test_importing_the_package_loads_no_notebook_library() -> None:
    """`import incident_analytics` and the notebooks room stay light."""
    code = (
        "import incident_analytics, incident_analytics.reporting.notebooks.run, sys; "
        "print([name for name in ('papermill', 'nbformat', 'IPython', 'nbclient') if name in sys.modules])"
    )
    assert _output(code) == "[]"
