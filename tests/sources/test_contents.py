"""Every file of a bundle is of one kind: by its place, else by what stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.sources.contents import record_in, sort_contents

RECORDED = Path(__file__).resolve().parents[1] / "data" / "recorded"


def names(files: list[Path], folder: Path) -> list[str]:
    """Relative names."""
    return [file.relative_to(folder).as_posix() for file in files]


def put(folder: Path, name: str, content: bytes = b"x") -> None:
    """A file of the bundle."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def test_files_under_evidence_are_what_their_folder_says(tmp_path: Path) -> None:
    """Whatever stands in them; in order of path, deeper folders too."""
    for name in ("evidence/logs/b.log", "evidence/logs/a/x.bin", "evidence/metrics/m.json", "evidence/database/d.csv"):
        put(tmp_path, name)
    contents = sort_contents(tmp_path)
    assert names(contents.logs, tmp_path) == ["evidence/logs/a/x.bin", "evidence/logs/b.log"]
    assert names(contents.metrics, tmp_path) == ["evidence/metrics/m.json"]
    assert names(contents.database, tmp_path) == ["evidence/database/d.csv"]


def test_alerts_are_known_wherever_they_lie(tmp_path: Path) -> None:
    """By their content, but for what lies under evidence/database/; under evidence/alerts/ whatever stands in them."""
    webhook = (RECORDED / "alerts/webhook_01.json").read_bytes()
    put(tmp_path, "evidence/alerts/broken.json")
    put(tmp_path, "evidence/database/a.json", webhook)
    put(tmp_path, "evidence/logs/b.json", webhook)
    put(tmp_path, "evidence/logs/c.ndjson", webhook.strip() + b'\n{"level":30,"time":1795402425409,"msg":"x"}\n')
    put(tmp_path, "evidence/metrics/d.json", (RECORDED / "metrics/prometheus_alerts_v1.json").read_bytes())
    put(tmp_path, "exports/alertmanager/e.json", (RECORDED / "alerts/alertmanager_alert_groups_v2.json").read_bytes())
    contents = sort_contents(tmp_path)
    assert names(contents.alerts, tmp_path) == [
        "evidence/alerts/broken.json",
        "evidence/logs/b.json",
        "evidence/metrics/d.json",
        "exports/alertmanager/e.json",
    ]
    assert names(contents.logs, tmp_path) == ["evidence/logs/c.ndjson"]
    assert (names(contents.database, tmp_path), contents.metrics) == (["evidence/database/a.json"], [])


def test_files_elsewhere_are_what_stands_in_them(tmp_path: Path) -> None:
    """Recorded from pino, Prometheus and PostgreSQL."""
    put(tmp_path, "exports/one", (RECORDED / "logs/pino_default.ndjson").read_bytes())
    put(tmp_path, "two.json", (RECORDED / "metrics/prom_query_range_matrix.json").read_bytes())
    put(tmp_path, "evidence/three.csv", (RECORDED / "database/db_pg_stat_activity.csv").read_bytes())
    contents = sort_contents(tmp_path)
    assert names(contents.logs, tmp_path) == ["exports/one"]
    assert names(contents.metrics, tmp_path) == ["two.json"]
    assert names(contents.database, tmp_path) == ["evidence/three.csv"]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"%PDF-1.7", b"{}", b"hello\n", b"\x00" * 100])
def test_what_is_of_no_kind_is_kept_as_other(tmp_path: Path, content: bytes) -> None:
    """So that the ledger can name it."""
    put(tmp_path, "exports/file", content)
    contents = sort_contents(tmp_path)
    assert names(contents.other, tmp_path) == ["exports/file"]
    assert contents.logs == contents.metrics == contents.database == []


def test_what_stands_at_the_top_of_a_bundle_has_readers_of_its_own(tmp_path: Path) -> None:
    """The same names deeper down are ordinary files."""
    top = ["MANIFEST.json", "README.md", "incident.yaml", "postmortem.md", "timeline.csv"]
    for name in (*top, "exports/README.md"):
        put(tmp_path, name)
    contents = sort_contents(tmp_path)
    assert (names(contents.about, tmp_path), names(contents.other, tmp_path)) == (top, ["exports/README.md"])


def test_a_query_beside_an_answer_goes_to_the_readers_of_metrics(tmp_path: Path) -> None:
    """Which know what it belongs to."""
    put(tmp_path, "evidence/metrics/a.query.yaml")
    assert names(sort_contents(tmp_path).metrics, tmp_path) == ["evidence/metrics/a.query.yaml"]


def test_hidden_files_and_what_can_be_rebuilt_are_left_out(tmp_path: Path) -> None:
    """Neither is evidence."""
    for name in (".DS_Store", "evidence/logs/.swp", ".git/config", "derived/logs.parquet"):
        put(tmp_path, name)
    contents = sort_contents(tmp_path)
    assert contents.logs == contents.other == contents.about == []


def test_the_record_is_the_first_of_the_usual_names(tmp_path: Path) -> None:
    """YAML before JSON; a folder of that name is none."""
    (tmp_path / "incident.yaml").mkdir()
    assert record_in(tmp_path) is None
    put(tmp_path, "incident.json")
    put(tmp_path, "incident.yml")
    assert record_in(tmp_path) == tmp_path / "incident.yml"
