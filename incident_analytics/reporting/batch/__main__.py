"""The process that `spawned.py` starts: one request on stdin, one answer on stdout."""

from __future__ import annotations

import json
import os
import sys
import warnings
from pathlib import Path

from incident_analytics.reporting.batch.asked import Asked
from incident_analytics.reporting.batch.one_report import one_report


def main() -> None:
    """Make one report and answer."""
    if not sys.warnoptions:
        # What libraries warn about each other is nothing the reader of a report can change.
        warnings.simplefilter("ignore")
    request = json.load(sys.stdin)
    answering = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no part of the answer
    outcome = one_report(Path(request["path"]), Asked.from_answer(request["asked"]))
    answer = json.dumps(outcome.as_answer()).encode("utf-8")
    while answer:
        answer = answer[os.write(answering, answer) :]


if __name__ == "__main__":
    main()
