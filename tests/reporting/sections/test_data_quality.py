"""The ledger on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.sections.data_quality import data_quality

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem


def test_many_files_of_unknown_kind_fold_into_one_line(reported: Callable[..., PostMortem]) -> None:
    """They were not read, and nobody reads 300 lines that say so."""
    report = reported("id: INC-7\n", {f"evidence/dumps/{number}.bin": "\0" for number in range(300)})
    ledger = data_quality(report)[-1].markdown()
    assert "| 300 files of unknown kind were not read | – | – | – | – |" in ledger
    assert "evidence/dumps/7.bin" not in ledger
    assert "1 file read" in ledger


def test_a_file_that_nobody_read_has_a_dash_for_its_rows(reported: Callable[..., PostMortem]) -> None:
    """Not 0: they were not counted."""
    ledger = data_quality(reported("id: INC-7\n", {"evidence/dumps/core.bin": "\0"}))[-1].markdown()
    assert "| `evidence/dumps/core.bin` | other | – | – | not read: kind unknown |" in ledger
