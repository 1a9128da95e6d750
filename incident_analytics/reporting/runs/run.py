"""One run as it is kept: its inputs' fingerprints, what was asked, its numbers, and the incidents behind them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from incident_analytics.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

    from incident_analytics.reporting.measurement_json import Json

Kind: TypeAlias = Literal["trends", "post-mortem"]
RUN_VERSION, TWIN_VERSION = "1", "1"
FILE, INCIDENTS = "run.json", "incidents.parquet"
LARGEST_RUN_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that a run read.

    Args:
        file: Its name.
        sha256: Of its bytes.
        bytes: Its size.
        rows: The rows read from it; None where nobody counted.
    """

    file: str
    sha256: str
    bytes: int
    rows: int | None


@dataclass(frozen=True)
class Run:
    """One run.

    Args:
        name: What a person calls it: its folder's name, or the path of its twin.
        kind: Which document it made.
        made_by: The package and its version.
        as_of: The instant it looks back from; None where it was never told.
        parameters: What was asked, and the runbook's fingerprint.
        inputs: The files it read.
        numbers: The JSON twin of its document.
        dropped: Why rows of its history were dropped, with the first places of each.
        folder: Where it lies; None of a twin alone, which knows neither its inputs nor its incidents.
    """

    name: str
    kind: Kind
    made_by: str
    as_of: str | None
    parameters: Mapping[str, Json]
    inputs: tuple[InputFile, ...]
    numbers: Mapping[str, Json]
    dropped: Mapping[str, tuple[str, ...]]
    folder: Path | None

    @cached_property
    def incidents(self) -> pl.DataFrame | None:
        """The incidents that the numbers were computed from; None where they were not kept.

        Raises:
            ReportError: Their file is there and cannot be read.
        """
        if self.folder is None or not (self.folder / INCIDENTS).is_file():
            return None
        import polars as pl  # noqa: PLC0415 -- a post-mortem's run needs none

        try:
            return pl.read_parquet(self.folder / INCIDENTS)
        except (OSError, pl.exceptions.PolarsError):
            raise ReportError("it cannot be read", where=str(self.folder / INCIDENTS), expected="Parquet") from None

    @property
    def incident(self) -> str:
        """The incident that a post-mortem is about."""
        about = self.numbers.get("incident")
        return str(about.get("id")) if isinstance(about, dict) else ""


def read_run(path: Path) -> Run:
    """The run of a folder, of its ``run.json``, or of the JSON twin of a report.

    Raises:
        ReportError: It cannot be read, is no run, or is of another version.
    """
    file = path / FILE if path.is_dir() else path
    if path.is_dir() and not file.is_file():
        raise ReportError("this is not a run", where=str(path), expected=f"a folder with a {FILE}")
    told = _read(file)
    is_run = isinstance(told.get("numbers"), dict)
    if not is_run and not ("made_by" in told and _kind_of_twin(told)):
        raise ReportError("this is not a run", where=str(file), expected=f"{FILE}, or the JSON twin of a report")
    version, known = told.get("schema_version"), RUN_VERSION if is_run else TWIN_VERSION
    if version != known:
        raise ReportError("it is of another version", where=str(file), expected=known, found=str(version))
    try:
        return _run(told, file) if is_run else _twin(told, file)
    except (KeyError, TypeError, ValueError):
        raise ReportError("this is not a run", where=str(file), expected="the keys that a run has") from None


def _read(file: Path) -> dict[str, Json]:
    try:
        if file.stat().st_size > LARGEST_RUN_BYTES:
            raise ReportError("it is too large", where=str(file), expected=f"at most {LARGEST_RUN_BYTES >> 20} MiB")
        told = json.loads(file.read_bytes())
    except OSError as error:
        raise ReportError("it cannot be read", where=str(file), found=str(error.strerror)) from None
    except (ValueError, RecursionError):
        raise ReportError("it is not JSON", where=str(file)) from None
    if not isinstance(told, dict):
        raise ReportError("this is not a run", where=str(file), expected="a JSON object")
    return told


def _run(told: dict[str, Json], file: Path) -> Run:
    kind = told["kind"]
    if kind not in {"trends", "post-mortem"}:
        raise ValueError
    inputs = cast("list[dict[str, Json]]", told["inputs"])
    return Run(
        name=file.resolve().parent.name,
        kind=cast("Kind", kind),
        made_by=str(told["made_by"]),
        as_of=cast("str | None", told["as_of"]),
        parameters=dict(cast("dict[str, Json]", told["parameters"])),
        inputs=tuple(InputFile(**each) for each in inputs),  # type: ignore[arg-type]  # as they were written
        numbers=cast("dict[str, Json]", told["numbers"]),
        dropped={reason: tuple(places) for reason, places in cast("dict[str, list[str]]", told["dropped"]).items()},
        folder=file.parent,
    )


def _twin(told: dict[str, Json], file: Path) -> Run:
    asked = told.get("asked")
    parameters: dict[str, Json] = {"runbook": told.get("runbook"), **(asked if isinstance(asked, dict) else {})}
    as_of = cast("str | None", told.get("as_of"))
    kind = cast("Kind", _kind_of_twin(told))
    return Run(str(file), kind, str(told["made_by"]), as_of, parameters, (), told, {}, folder=None)


def _kind_of_twin(told: Mapping[str, Json]) -> Kind | None:
    if told.get("kind") == "trends":
        return "trends"
    return "post-mortem" if isinstance(told.get("metrics"), dict) and isinstance(told.get("incident"), dict) else None
