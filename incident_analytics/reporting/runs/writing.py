"""Writes runs: one folder a run, named after its content, so that the same input writes the same bytes again."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, cast

from incident_analytics.atomic_write import atomic_write
from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.measurement_json import instant_json
from incident_analytics.reporting.runs.lookup import LATEST, RUNS
from incident_analytics.reporting.runs.run import FILE, INCIDENTS, RUN_VERSION, InputFile
from incident_analytics.sources.manifest import sha256_of
from incident_analytics.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.reporting.measurement_json import Json
    from incident_analytics.reporting.runs.run import Kind
    from incident_analytics.sources import Bundle
    from incident_analytics.sources.histories import History, WholeRecord

# A file's modification time changes when it is copied; its bytes are told by the run itself.
_NOT_KEPT = frozenset({"inputs"})
_LETTERS = 8


def write_trend_run(
    history: History,
    cohort: Cohort,
    numbers: Mapping[str, object],
    *,
    out: Path,
    name: str,
    records: Iterable[WholeRecord] | None = None,
) -> Path:
    """Writes the run of a trend report: its numbers, and the incidents that they were computed from.

    Args:
        history: What was loaded.
        cohort: The incidents of it that the report is about.
        numbers: The report's JSON twin.
        out: The folder of the documents; runs lie in ``runs`` below it.
        name: The name of the documents, such as ``trends``.
        records: The whole records, where they have been read already.

    Returns:
        The run's folder. The same input, parameters and ``as_of`` give the same folder with the same bytes.
    """
    from incident_analytics.reporting.runs.incidents import incidents_of  # noqa: PLC0415 -- a post-mortem has one
    from incident_analytics.sources.histories import records_of  # noqa: PLC0415

    scope, runbook = cohort.scope, history.runbook or load_runbook()
    rows = {reading.file: reading.rows for reading in history.ledger.files}
    inputs = [InputFile(each.file, each.sha256, each.size, rows.get(each.file)) for each in history.fingerprints]
    parameters: dict[str, Json] = {
        "runbook": runbook.name,
        "runbook_sha256": _fingerprint(runbook),
        "clock": {metric: list(pair) for metric, pair in cohort.clock.items()},
        "since": instant_json(scope.since) if scope.since else None,
        "until": instant_json(scope.until) if scope.until else None,
        "period": cohort.period,
        "by": scope.by,
        "where": [f"{each.column}{'!=' if each.is_excluded else '='}{','.join(each.values)}" for each in scope.where],
        "zone": scope.zone_name,
        "with_mean": scope.with_mean,
        "seed": scope.seed,
    }
    table = incidents_of(history, cohort, records_of(history) if records is None else records)
    kept = {key: value for key, value in numbers.items() if key not in _NOT_KEPT}
    told = _told("trends", instant_json(scope.as_of), parameters, inputs, kept)
    told["dropped"] = {each.reason: [str(place) for place in each.examples] for each in history.ledger.dropped}
    told["incidents_sha256"] = hashlib.sha256(table).hexdigest()
    return _written(told, out=out, name=name, table=table)


def write_post_mortem_run(bundle: Bundle, numbers: Mapping[str, object], *, out: Path, name: str) -> Path:
    """Writes the run of a post-mortem, and returns its folder.

    The prose is no input: a run itself writes in it, and the few numbers that depend on it say so.

    Args:
        bundle: The incident's files.
        numbers: The JSON twin.
        out: The folder of the documents.
        name: The name of the documents.
    """
    parameters: dict[str, Json] = {
        "runbook": bundle.runbook.name,
        "runbook_sha256": _fingerprint(bundle.runbook),
        "as_of_given": cast("Json", numbers.get("as_of_given")),
    }
    inputs = list(_files(bundle, cast("list[dict[str, Json]]", numbers.get("ledger", []))))
    told = _told("post-mortem", cast("str | None", numbers.get("as_of")), parameters, inputs, numbers)
    return _written(told, out=out, name=name)


def _files(bundle: Bundle, ledger: Iterable[Mapping[str, Json]]) -> Iterator[InputFile]:
    """The files of the ledger with their hashes; the evidence is not read a second time to find them."""
    folder = bundle.folder or bundle.record_file.parent
    for line in ledger:
        file = folder / str(line["file"])
        if line["kind"] != "prose" and file.is_file():
            rows = cast("int | None", line["rows"])
            yield InputFile(str(line["file"]), sha256_of(file), file.stat().st_size, rows)


def _told(
    kind: Kind,
    as_of: str | None,
    parameters: Mapping[str, Json],
    inputs: Iterable[InputFile],
    numbers: Mapping[str, object],
) -> dict[str, object]:
    return {
        "schema_version": RUN_VERSION,
        "kind": kind,
        "made_by": f"incident_analytics {__version__}",
        "as_of": as_of,
        "parameters": parameters,
        "inputs": [
            {"file": each.file, "sha256": each.sha256, "bytes": each.bytes, "rows": each.rows} for each in inputs
        ],
        "dropped": {},
        "numbers": numbers,
    }


def _written(told: Mapping[str, object], *, out: Path, name: str, table: bytes | None = None) -> Path:
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    # Named after all that it says: what differs never takes another run's place.
    folder = out / RUNS / f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:_LETTERS]}"
    if table is not None:
        atomic_write(folder / INCIDENTS, table)
    atomic_write(folder / FILE, text)
    atomic_write(out / RUNS / f"{name}{LATEST}", f"{folder.name}\n")
    return folder


def _fingerprint(runbook: Runbook) -> str:
    return hashlib.sha256(runbook.model_dump_json().encode()).hexdigest()
