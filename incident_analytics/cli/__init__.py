"""The door: the command `incident`, the only room that prints, asks and exits.

Arguments come in; data goes to stdout, progress, warnings and errors to stderr, and an exit code out:
0 done, 1 findings at or above ``--fail-on``, 2 usage or bad input, 3 partial. Start reading in `app.py`;
each command has its own file, `door.py` turns every error into one line.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line of this process and exit."""
    import sys  # noqa: PLC0415 -- nothing is loaded until the command runs
    import warnings  # noqa: PLC0415

    from incident_analytics.cli.app import app  # noqa: PLC0415

    if not sys.warnoptions:
        # What libraries warn about each other is nothing the reader of a report can change.
        warnings.simplefilter("ignore")
    app()
