"""The house stands as DESIGN says: floors, sizes, light imports, one writer, no clock where numbers are made."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import incident_analytics

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "incident_analytics"
FLOORS = dict.fromkeys(("version", "errors", "safe_yaml", "atomic_write", "shipped"), 0)
FLOORS |= {"model": 1, "sources": 2, "analysis": 3, "statistics": 4, "response": 4, "reporting": 5, "cli": 6}
MOST_LINES, LINES_TO_LOOK_AT, MOST_LINES_OF_A_FUNCTION = 300, 250, 45
# Each lists the parts of one document, nothing else.
WHOLE_DOCUMENTS = {
    "reporting/post_mortem/twin.py: twin",
    "reporting/post_mortem/assembly.py: post_mortem",
    "reporting/post_mortem/evidence.py: evidence_numbers",
    "reporting/trends/assembly.py: trend_report",
}
# A history is put together of records, as a bundle is; trends of statistics, and of each incident's conformance.
# A known pattern shows in logs, samples and captures together.
STANDS_ON = {
    "sources/histories": ("sources/records",),
    "analysis/trends": ("analysis/statistics", "analysis/conformance", "analysis/lint"),
    "analysis/patterns": ("analysis/logs", "analysis/snapshots", "analysis/database"),
}
HEAVY = ("pandas", "papermill", "nbconvert", "nbformat", "IPython", "plotly", "scipy", "polars", "narwhals", "duckdb")
FILES = sorted(PACKAGE.rglob("*.py"))
PURE_ROOMS = ("model", "sources", "analysis")


def parts(file: Path) -> tuple[str, ...]:
    """The room and the names below it."""
    return file.relative_to(PACKAGE).with_suffix("").parts


def name_of(file: Path) -> str:
    """The file's name as messages of these tests tell it."""
    return file.relative_to(PACKAGE).as_posix()


def tree(file: Path) -> ast.Module:
    """The file's syntax."""
    return ast.parse(file.read_text(encoding="utf-8"))


def own_imports(file: Path) -> set[tuple[str, ...]]:
    """What a file imports from this package, those only for types included: the path below the package."""
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(file)}: imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {tuple(name.split(".")[1:]) for name in names if name.startswith("incident_analytics.")}
    return found


def room_of(path: tuple[str, ...]) -> str:
    """A room, or a room within one: ``sources/logs``."""
    inner = PACKAGE.joinpath(*path[:2])
    return "/".join(path[:2]) if len(path) > 1 and inner.is_dir() else path[0]


def calls(file: Path) -> list[tuple[str, ast.Call]]:
    """Every call of a file with the dotted name that is called."""
    return [(ast.unparse(node.func), node) for node in ast.walk(tree(file)) if isinstance(node, ast.Call)]


def test_every_file_stands_on_a_floor() -> None:
    """A new room is told here and in DESIGN first."""
    assert {parts(file)[0] for file in FILES} == {*FLOORS, "__init__"}


def test_imports_only_go_down() -> None:
    """On the ground floor only the errors are shared."""
    wrong = []
    for file in FILES:
        here = parts(file)[0]
        for there in own_imports(file):
            if here == "__init__" or there[0] == here:
                continue
            goes_down = FLOORS[there[0]] < FLOORS[here] or (FLOORS[here] == 0 and there[0] == "errors")
            if not goes_down:
                wrong.append(f"{name_of(file)} imports {'.'.join(there)}")
    assert wrong == []


@pytest.mark.parametrize("room", ["sources", "analysis"])
def test_rooms_within_a_room_do_not_know_each_other(room: str) -> None:
    """Readers of logs, metrics and database are put together above them."""
    wrong = [
        f"{name_of(file)} imports {'.'.join(there)}"
        for file in (PACKAGE / room).rglob("*.py")
        for there in own_imports(file)
        if "/" in (here := room_of(parts(file)))
        and "/" in room_of(there)
        and there[0] == room
        and room_of(there) not in {here, *STANDS_ON.get(here, ())}
    ]
    assert wrong == []


def test_rooms_within_reporting_do_not_go_in_circles() -> None:
    """Each knows what it is made of, and nothing of who uses it."""
    graph: dict[str, set[str]] = {}
    for file in (PACKAGE / "reporting").rglob("*.py"):
        here = room_of(parts(file))
        known = {room_of(there) for there in own_imports(file) if there[0] == "reporting"}
        graph.setdefault(here, set()).update(each for each in known if "/" in each and "/" in here and each != here)
    assert set(TopologicalSorter(graph).static_order()) >= {"reporting/blocks", "reporting/sections"}


def test_no_file_is_larger_than_a_person_reads() -> None:
    """Aim at 120 lines, look twice at 250; 300 is the end."""
    sizes = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    looked_at = {name for name, lines in sizes.items() if lines > LINES_TO_LOOK_AT}
    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES} == {}
    expected = {"model/runbook.py", "sources/bundle.py", "sources/finding.py"}
    assert looked_at <= expected, "split it by noun, or add it here with a reason"


def test_a_function_fits_on_a_screen() -> None:
    """45 lines, its docstring apart."""
    long = set()
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                docstring = node.body[0] if ast.get_docstring(node) is not None else None
                told = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
                if (node.end_lineno or 0) - node.lineno + 1 - told > MOST_LINES_OF_A_FUNCTION:
                    long.add(f"{name_of(file)}: {node.name}")
    assert long <= WHOLE_DOCUMENTS


def test_every_room_says_what_comes_in_and_goes_out() -> None:
    """Two sentences at least, in its __init__.py."""
    rooms = [file for file in FILES if file.name == "__init__.py"]
    assert [name_of(file) for file in rooms if len(ast.get_docstring(tree(file)) or "") < 80] == []


def test_every_module_has_a_docstring() -> None:
    """Its first line fits on a line and ends as a sentence does."""
    firsts = {name_of(file): (ast.get_docstring(tree(file)) or "").split("\n")[0] for file in FILES}
    assert [name for name, first in firsts.items() if not first or first[-1] not in ".:"] == []


def test_no_name_says_nothing() -> None:
    """A file holds one idea under its own noun."""
    vague = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc"}
    names = {part for file in [*FILES, *(ROOT / "tests").rglob("*.py")] for part in file.stem.split("_")}
    assert names & vague == set()


def loaded_by(code: str) -> list[str]:
    """Which heavy packages a fresh interpreter has loaded after some code."""
    check = f"\nimport sys; print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run(  # noqa: S603 -- our own interpreter and code
        [sys.executable, "-c", code + check], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return ast.literal_eval(done.stderr.strip().splitlines()[-1])  # type: ignore[no-any-return]


READING = """
from incident_analytics import open_bundle, load_runbook, Incident, IncidentAnalyticsError
open_bundle('tests/data/records/runbook_template.yaml').record
"""
HELP = """
import sys
from incident_analytics.cli import main
sys.argv = ['incident', '--help']
try:
    main()
except SystemExit as done:
    assert done.code == 0
"""
LIGHT = {
    "the package": "import incident_analytics",
    "the ground floor": "from incident_analytics import atomic_write, errors, safe_yaml, shipped",
    "the door": "import incident_analytics.cli",
    "reading a record": READING,
    "incident --help": HELP,
}


@pytest.mark.parametrize("code", LIGHT.values(), ids=LIGHT.keys())
def test_importing_and_asking_for_help_is_light(code: str) -> None:
    """No frames, notebooks or figures before they are needed."""
    assert loaded_by(code) == []


def test_a_report_never_loads_pandas_or_express_figures() -> None:
    """They cost two seconds each (NOTEBOOKS.md, ENGINES.md)."""
    code = (
        "import sys\nfrom incident_analytics import open_bundle, post_mortem\n"
        "post_mortem(open_bundle('tests/data/records/runbook_template.yaml'))\n"
        "assert 'plotly.express' not in sys.modules"
    )
    assert set(loaded_by(code)) <= {"polars", "narwhals", "plotly"}


def test_only_the_one_writer_writes() -> None:
    """A half-written file is nobody's report; the door opens the null device."""
    writers = {"write_text", "write_bytes", "NamedTemporaryFile", "sink_parquet", "sink_ndjson", "sink_csv", "dump"}
    wrong = []
    for file in FILES:
        for called, node in calls(file):
            modes = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            modes += [
                each.value.value
                for each in node.keywords
                if each.arg == "mode" and isinstance(each.value, ast.Constant)
            ]
            last = called.split(".")[-1]
            opens = last in {"open", "fdopen"} and any(
                re.fullmatch(r"[wax]b?\+?|r\+b?|[wax]\+?t?", mode) for mode in modes
            )
            if (last in writers or opens) and name_of(file) != "atomic_write.py":
                wrong.append(f"{name_of(file)}:{node.lineno} {called}")
    assert wrong == []


def test_the_pure_rooms_open_no_files() -> None:
    """Only sources and the runbook read."""
    readers = {"open", "read_text", "read_bytes", "read_csv", "read_parquet", "scan_csv", "scan_parquet", "scan_ndjson"}
    wrong = [
        f"{name_of(file)}:{node.lineno} {called}"
        for room in ("model", "analysis")
        for file in (PACKAGE / room).rglob("*.py")
        for called, node in calls(file)
        if called.split(".")[-1] in readers and name_of(file) != "model/runbook.py"
    ]
    assert wrong == []


def test_the_pure_rooms_know_no_clock_no_chance_and_no_network() -> None:
    """The same input gives the same bytes."""
    modules = {"random", "secrets", "uuid", "socket", "ssl", "urllib", "http", "httpx", "requests", "asyncio", "time"}
    clocks = {"now", "utcnow", "today", "perf_counter", "monotonic", "urandom", "uuid4"}
    wrong = []
    for room in PURE_ROOMS:
        for file in (PACKAGE / room).rglob("*.py"):
            for node in ast.walk(tree(file)):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                wrong += [f"{name_of(file)} imports {name}" for name in names if name.split(".")[0] in modules]
            wrong += [f"{name_of(file)} calls {called}" for called, _ in calls(file) if called.split(".")[-1] in clocks]
    assert wrong == []


def test_only_the_door_prints_asks_and_exits() -> None:
    """Every other room returns or raises."""
    wrong = [
        f"{name_of(file)}:{node.lineno} {called}"
        for file in FILES
        for called, node in calls(file)
        if called in {"print", "input", "exit", "quit", "sys.exit"} and parts(file)[0] != "cli"
    ]
    assert wrong == []


def test_every_error_raised_on_purpose_is_of_the_tree() -> None:
    """Or a ValueError, which pydantic and the readers turn into one; never a bare Exception."""
    allowed = {"ValueError", "AttributeError", "AssertionError", "error", "moved"}
    wrong = []
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                raised = ast.unparse(node.exc.func).split(".")[-1]
                if (
                    raised
                    in {"Exception", "BaseException", "RuntimeError", "KeyError", "TypeError", "OSError"} - allowed
                ):
                    wrong.append(f"{name_of(file)}:{node.lineno} raises {raised}")
    assert wrong == []


def tracked() -> list[Path]:
    """The text files of the repository; recorded evidence is nobody's writing."""
    names = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split("\n")  # noqa: S607
    suffixes = {".py", ".md", ".toml", ".yaml", ".yml", ".ipynb", ".j2", ".css", ".js", ".txt", ".cfg"}
    files = [ROOT / name for name in names if name and not name.startswith("tests/data/recorded")]
    return [file for file in files if file.is_file() and (file.suffix in suffixes or file.name in {"Makefile", "run"})]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="what is tracked is only known in a checkout")
def test_nothing_names_another_machines_paths_or_what_is_left_to_do() -> None:
    """What is left undone goes into the closing note."""
    elsewhere = re.compile(r"(?<![\w.])/(home|Users|root|work|mnt)/\w|[A-Z]:\\\\Users")
    undone = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    wrong = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in tracked()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if elsewhere.search(line) or undone.search(line)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", incident_analytics.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Each is loaded from its room when it is first asked for."""
    assert getattr(incident_analytics, name) is not None
    assert name in dir(incident_analytics)


def test_a_name_that_is_not_public_is_not_there() -> None:
    """With Python's own words."""
    with pytest.raises(AttributeError, match="module 'incident_analytics' has no attribute 'unheard_of'"):
        _ = incident_analytics.unheard_of


@pytest.mark.parametrize("file", [file for file in FILES if ">>> " in file.read_text(encoding="utf-8")], ids=name_of)
def test_the_examples_in_docstrings_run(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the root, as a reader would try them."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("INCIDENT_DATA", raising=False)
    path = ".".join(part for part in parts(file) if part != "__init__")
    module = importlib.import_module(f"incident_analytics.{path}".rstrip("."))
    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 0
    assert result.failed == 0
