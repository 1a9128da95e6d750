"""One report of the site, read from its JSON twin; what is no twin says why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.analysis.measurements import SIX
from incident_analytics.errors import ReportError
from incident_analytics.reporting.post_mortem.twin import TWIN_VERSION
from incident_analytics.reporting.site.trend_entry import TrendEntry, is_trends, trend_entry

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_TWIN_BYTES = 256 << 20
_KNOWN = frozenset({"recorded", "derived", "measured"})
Object: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Shown:
    """A metric as the report shows it.

    Args:
        name: The metric.
        text: What the page of the report says; the status in words where there is no value.
        order: What to sort by: the value, or the lower end of a range; None where there is none.
    """

    name: str
    text: str
    order: float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One report.

    Args:
        name: The name of its files, without an ending.
        identity: The incident's id.
        title: Its title.
        severity: Its severity; None where there is none.
        is_open: Whether it is open.
        services: The services it names.
        began_at: When it began, in UTC; None where nobody recorded it.
        metrics: The six metrics, in their order.
        findings: How many findings there are, by level.
        missed: The titles of the runbook's rules that were missed.
    """

    name: str
    identity: str
    title: str
    severity: str | None
    is_open: bool
    services: tuple[str, ...]
    began_at: datetime | None
    metrics: tuple[Shown, ...]
    findings: dict[str, int]
    missed: tuple[str, ...]


def read_entry(file: Path) -> Entry | TrendEntry:
    """The post-mortem or trend report that a JSON twin tells of.

    Args:
        file: The twin.

    Raises:
        ReportError: It cannot be read, or is no twin of a report.
    """
    twin = _read(file)
    if is_trends(twin):
        return trend_entry(file.stem, twin)
    incident, metrics = _object(twin, "incident"), _object(twin, "metrics")
    identity = incident.get("id")
    if not isinstance(identity, str) or not identity or not metrics:
        raise ReportError("it is not the twin of a report")
    if twin.get("schema_version") != TWIN_VERSION:
        raise ReportError("it is of another version", expected=TWIN_VERSION, found=str(twin.get("schema_version")))
    displayed = _object(twin, "displayed")
    severity = incident.get("severity")
    return Entry(
        name=file.stem,
        identity=identity,
        title=str(incident.get("title") or identity),
        severity=severity if isinstance(severity, str) and severity else None,
        is_open=incident.get("status") == "open",
        services=tuple(str(each) for each in _list(incident, "services")),
        began_at=_began(_object(twin, "milestones")),
        metrics=tuple(_shown(name, _object(metrics, name), displayed.get(name)) for name in SIX),
        findings=_levels(_objects(twin, "findings")),
        missed=tuple(str(one.get("title")) for one in _objects(twin, "conformance") if one.get("state") == "missed"),
    )


def _read(file: Path) -> Object:
    try:
        if file.stat().st_size > LARGEST_TWIN_BYTES:
            raise ReportError("it is too large", expected=f"at most {LARGEST_TWIN_BYTES >> 20} MiB")
        twin = json.loads(file.read_bytes())
    except OSError as error:
        raise ReportError("it cannot be read", found=str(error.strerror)) from None
    except (ValueError, RecursionError):
        raise ReportError("it is not JSON") from None
    if not isinstance(twin, dict):
        raise ReportError("it is not the twin of a report")
    return twin


def _object(holder: Object, key: str) -> Object:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _list(holder: Object, key: str) -> list[object]:
    value = holder.get(key)
    return value if isinstance(value, list) else []


def _objects(holder: Object, key: str) -> list[Object]:
    return [each for each in _list(holder, key) if isinstance(each, dict)]


def _began(milestones: Object) -> datetime | None:
    for name in ("started_at", "detected_at", "declared_at"):
        written = _object(milestones, name).get("at")
        try:
            at = datetime.fromisoformat(str(written))
        except ValueError:
            continue
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return None


def _shown(name: str, metric: Object, displayed: object) -> Shown:
    status = str(metric.get("status") or "unknown")
    value = next((one for one in (metric.get("value"), metric.get("low")) if isinstance(one, (int, float))), None)
    if status not in _KNOWN or not isinstance(displayed, str):
        return Shown(name, status.replace("_", " "), None)
    return Shown(name, displayed, value)


def _levels(findings: list[Object]) -> dict[str, int]:
    levels = [str(finding.get("level")) for finding in findings]
    return {level: levels.count(level) for level in ("error", "warning", "info")}
