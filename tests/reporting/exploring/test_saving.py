"""A frame kept as a file: the same bytes whatever engine it is of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl
import pytest

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.exploring import save_frame

if TYPE_CHECKING:
    from pathlib import Path

FRAME = pl.DataFrame(
    {
        "id": ["INC-1", "INC-2"],
        "resolved_at": [datetime(2024, 1, 15, 14, 12, tzinfo=UTC), None],
        "time_to_resolution_seconds": [90.5, None],
    }
)
CSV = "id,resolved_at,time_to_resolution_seconds\nINC-1,2024-01-15T14:12:00Z,90.5\nINC-2,,\n"


@pytest.mark.parametrize("frame", [FRAME, FRAME.lazy(), FRAME.to_pandas()], ids=["polars", "lazy", "pandas"])
def test_csv_has_instants_in_utc_and_nothing_for_unknown(frame: pl.DataFrame | pl.LazyFrame, tmp_path: Path) -> None:
    """On every engine."""
    path = tmp_path / "kept" / "incidents.csv"
    assert save_frame(frame, path) == path.as_posix()
    assert path.read_text(encoding="utf-8") == CSV


def test_parquet_keeps_the_types(tmp_path: Path) -> None:
    """What is read again is what was written."""
    save_frame(FRAME, tmp_path / "incidents.parquet")
    assert pl.read_parquet(tmp_path / "incidents.parquet").equals(FRAME)


def test_other_kinds_are_refused(tmp_path: Path) -> None:
    """With the two that there are."""
    with pytest.raises(
        ParameterError, match=r"expected a file that ends in \.csv or \.parquet, found 'incidents\.xlsx'"
    ):
        save_frame(FRAME, tmp_path / "incidents.xlsx")
