"""The envelope of a Prometheus answer: its series, its warnings, or the error it tells."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.errors import SourceError, shortened
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.cut_json import decoded_part
from incident_analytics.sources.evidence_text import about_text
from incident_analytics.sources.metrics.alert_answer import alert_series, told_states
from incident_analytics.sources.metrics.frame import clean

if TYPE_CHECKING:
    from incident_analytics.model.measurement import Level
    from incident_analytics.sources.evidence_text import EvidenceText


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer holds.

    Args:
        series: Objects with ``metric`` and ``values`` (or ``value``).
        refused: Parts of the result that are not series.
        notes: Warnings, errors and what had to be done to read it.
        findings: What a reader of the report should know.
    """

    series: tuple[dict[str, object], ...] = ()
    refused: int = 0
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def parse_answer(evidence: EvidenceText, name: str) -> Answer:
    """The answer in a file's text.

    Raises:
        SourceError: The text is not JSON, is cut off, or nests deeper than Python can follow.
    """
    parsed, rest, cut = _first_value(evidence.text, name)
    notes, findings = _about_the_text(evidence, rest, name)
    if cut:
        message = "The JSON is cut off or damaged; what stands before is read."
        findings.append(_finding("truncated-file", "warning", message, name, seen=cut))
    if isinstance(parsed, list):
        parsed = {"status": "success", "data": {"resultType": "matrix", "result": parsed}}
    if not isinstance(parsed, dict) or "status" not in parsed:
        raise SourceError("this JSON is not an answer of Prometheus", where=name)
    notes += [f"Prometheus {kind[:-1]}: {text}" for kind in ("warnings", "infos") for text in _texts(parsed.get(kind))]
    if parsed["status"] != "success":
        told = clean(f"{parsed.get('errorType', 'error')}: {parsed.get('error', 'no reason given')}")
        notes.append(f"Prometheus answered with an error: {told}")
        findings.append(_finding("prometheus-error", "warning", "Prometheus answered with an error.", name, seen=told))
        return Answer((), 0, tuple(notes), tuple(findings))
    found = _series(parsed.get("data"), name)
    if cut:
        # the series that the cut goes through may have lost its points with their name
        found = [each for each in found if isinstance(each, dict) and each.keys() & {"values", "value", "histograms"}]
    if cut and not found:
        raise SourceError(f"this is not JSON, or it is {cut}", where=name)
    notes += _about_alerts(parsed.get("data"))
    series = tuple(each for each in found if isinstance(each, dict))
    if not found:
        notes.append("the answer is empty: no series matched")
        findings.append(_finding("prometheus-empty", "info", "The answer is empty: no series matched.", name))
    return Answer(series, len(found) - len(series) + bool(cut), tuple(notes), tuple(findings))


def _first_value(text: str, name: str) -> tuple[object, str, str]:
    """The first JSON value, what follows it, and where the value is cut off or damaged; empty where it is whole."""
    start = len(text) - len(text.lstrip())
    decoder = json.JSONDecoder()
    try:
        parsed, end = decoder.raw_decode(text, start)
    except RecursionError:
        raise SourceError("the JSON nests too deep", where=name) from None
    except json.JSONDecodeError as error:
        cut = f"cut off ({error.msg.lower()} at line {error.lineno})"
        part = decoded_part(text, error, decoder)
        if part is None or not _is_answer(part):
            raise SourceError(f"this is not JSON, or it is {cut}", where=name) from None
        return part, "", cut
    except ValueError as error:
        # Python refuses integers of more than 4,300 digits.
        raise SourceError(f"this JSON cannot be read ({str(error).lower()})", where=name) from None
    return parsed, text[end:].strip(), ""


def _is_answer(part: object) -> bool:
    """Whether as much is left of a cut answer that it still is one."""
    data = part.get("data") if isinstance(part, dict) else None
    return isinstance(part, list) or (isinstance(data, dict) and bool(data.keys() & {"result", "alerts"}))


def _about_the_text(evidence: EvidenceText, rest: str, name: str) -> tuple[list[str], list[Finding]]:
    notes: list[str] = []
    findings = list(about_text(evidence, name))
    if evidence.bad_line is not None:
        notes.append(f"bytes that are not {evidence.encoding} from line {evidence.bad_line} on")
    if rest.isdecimal() and len(rest) == 3:  # noqa: PLR2004 -- digits of an HTTP status
        notes.append(f"HTTP status {rest} stands behind the answer")
    elif rest:
        message = "Something stands behind the answer and was not read."
        findings.append(_finding("trailing-text", "warning", message, name, seen=shortened(rest)))
    return notes, findings


def _series(data: object, name: str) -> list[object]:
    if isinstance(data, dict) and isinstance(data.get("alerts"), list):
        return alert_series(data["alerts"])
    if not isinstance(data, dict) or "result" not in data:
        # /rules and /targets answer in the same envelope.
        raise SourceError("this is an answer of Prometheus, but not to a query", where=name)
    result = data["result"]
    if data.get("resultType") == "scalar":
        return [{"metric": {}, "value": result}]
    return result if isinstance(result, list) else [result] if result else []


def _about_alerts(data: object) -> list[str]:
    alerts = data.get("alerts") if isinstance(data, dict) else None
    return [f"alerts: {told_states(alerts)}"] if isinstance(alerts, list) and alerts else []


def _texts(written: object) -> list[str]:
    return [clean(str(each)) for each in written] if isinstance(written, list) else []


def _finding(rule: str, level: Level, message: str, name: str, *, line: int | None = None, seen: str = "") -> Finding:
    return Finding(rule, level, message, Place(name, line), seen=seen)
