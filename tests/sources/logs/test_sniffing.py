"""Which files are logs."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from incident_analytics.sources.logs import looks_like_logs, sniff

DATA = Path(__file__).parents[2] / "data" / "recorded"
LOGS = sorted((DATA / "logs").iterdir())
PINO = b'{"level":30,"time":1795402425409,"pid":1,"hostname":"vm","msg":"ok"}\n'


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
def test_every_recorded_log_looks_like_logs(path: Path) -> None:
    """By content or by name, no recorded log is passed over."""
    assert looks_like_logs(path.read_bytes(), path.name) is True


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"incident:\n  id: INC-2024-001\n  severity: SEV1\n", "incident.yaml"),
        (b"at,kind,actor,text,source,ref\n2024-01-15T14:15:00Z,alert,,Payment errors,pager,\n", "timeline.csv"),
        (b"timestamp,metric,value\n2024-01-15T14:15:00Z,cpu,0.5\n", "metrics/cpu.csv"),
        (b'"Time","A"\n2024-01-15 14:15:00,1.2 K\n', "grafana.csv"),
        (b'{"status":"success","data":{"resultType":"matrix","result":[]}}', "prom.json"),
        (b'{"incident":{"id":"INC-2024-001","severity":"SEV1","started_at":"2024-01-15T14:15:00Z"}}\n', "history.json"),
        (b"# Post-mortem\n\n- 14:15 alert\n- 15:45 resolved\n", "postmortem.md"),
        (b"captured_at,pid,state,query\n2024-01-15 14:20:00+00,1,active,select 1\n", "activity.csv"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture.png"),
        (b"", "empty.txt"),
    ],
)
def test_other_evidence_does_not_look_like_logs(head: bytes, name: str) -> None:
    """Records, timelines, metrics, prose and pictures are for other readers."""
    assert looks_like_logs(head, name) is False


@pytest.mark.parametrize(
    ("head", "name", "confidence"),
    [
        (PINO, "data", 1.0),
        (gzip.compress(PINO * 100, mtime=0)[:-9], "data.gz", 1.0),
        (PINO + PINO[:20], "data", 1.0),
        (PINO + b"hello\n", "data", 0.8),
        (b"hello\nworld\n", "app.log", 0.5),
        (b"hello\nworld\n", "evidence/logs/api/out.txt", 0.5),
        (b"hello\nworld\n", "notes.txt", 0.0),
        (b"", "app.log.gz", 0.5),
    ],
)
def test_content_counts_before_the_name(head: bytes, name: str, confidence: float) -> None:
    """Log records are certain, half of them likely, a name alone only possible; a cut last line is left out."""
    assert sniff(head, name) == confidence
