"""Writes the sample history `data/history/`: two years of incidents of one organisation.

    python data/generate/history_2022_2023.py            the folder beside this one
    python data/generate/history_2022_2023.py FOLDER     another folder

The same seeds give the same bytes. What is planted in it is told in `data/README.md`; the seeds are such that
chance hides nothing of that and adds nothing to it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fleet import SEEDS
from fleet_actions import action_items
from fleet_aftermath import tell_aftermath
from fleet_exceptions import with_exceptions
from fleet_incidents import drawn_incidents
from fleet_records import export_csv, ndjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def history_files(seeds: Mapping[str, int] = SEEDS) -> dict[str, bytes]:
    """The history's files.

    Args:
        seeds: Others give another history, in which the planted truths may be hidden by chance.

    Returns:
        Bytes by name.
    """
    drafts = with_exceptions(drawn_incidents(seeds))
    tell_aftermath(seeds["aftermath"], drafts)
    return {
        "incidents.ndjson": ndjson(drafts, action_items(seeds["actions"], drafts)),
        "incidents.csv": export_csv(drafts),
    }


def main(arguments: Sequence[str]) -> None:
    """Writes the history.

    Args:
        arguments: Where to write, or nothing.
    """
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[1] / "history"
    folder.mkdir(parents=True, exist_ok=True)
    files = history_files()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    sys.stdout.write(f"{folder}: {len(files)} files, {sum(map(len, files.values()))} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
