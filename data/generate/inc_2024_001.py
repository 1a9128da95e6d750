"""Writes the sample incident `data/INC-2024-001/` and says what is true of it.

    python data/generate/inc_2024_001.py            the folder beside this one
    python data/generate/inc_2024_001.py FOLDER     another folder

The same seed gives the same bytes. Files that are not the generator's are left alone, and so is prose that is
there already: people and reports write in it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import story
from checkouts import all_attempts
from database import database_files
from history import history_answers
from logs import log_files
from machine_series import machine_answers, pool_answers
from manifest import manifest_file
from payment_series import payment_answers
from prose import PROSE, prose_files
from record import record_files
from truth import planted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checkouts import Attempt


def bundle_files(attempts: Sequence[Attempt]) -> dict[str, bytes]:
    """Every file of the bundle.

    Args:
        attempts: Every attempt to pay.

    Returns:
        Bytes by path, relative to the bundle.
    """
    files = {**record_files(), **prose_files(), **log_files(attempts), **database_files()}
    answers = (payment_answers(attempts), pool_answers(attempts), machine_answers(), history_answers())
    for group in answers:
        for answer in group:
            files |= answer.files()
    return files | manifest_file(files)


def main(arguments: Sequence[str]) -> None:
    """Writes the bundle and prints its truth.

    Args:
        arguments: Where to write, or nothing.
    """
    beside = Path(__file__).resolve().parents[1] / story.INCIDENT_ID
    folder = Path(arguments[0]) if arguments else beside
    attempts = all_attempts()
    files = bundle_files(attempts)
    for path, data in files.items():
        target = folder / path
        if path == PROSE and target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    truth = planted(attempts)
    told = (
        f"{folder}: {len(files)} files, {sum(map(len, files.values()))} bytes",
        f"impact {truth.first_failure:.3f} to {truth.last_failure:.3f}, {truth.users} users, {truth.failures}",
        f"lost {truth.gross_cents / 100:.2f} USD, came back {truth.returned_cents / 100:.2f}",
        f"lost for good {truth.net_cents / 100:.2f} USD",
    )
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
