"""What a notebook run in this process may change, put back when it is over.

A kernel takes its changes along when it ends; cells that run in the caller's process must not
leave theirs behind. Module state that no list can name (a library's own caches, random seeds)
stays: a batch that needs more isolation forks first.
"""

from __future__ import annotations

import builtins
import contextlib
import decimal
import functools
import getpass
import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_SYS_NAMES = (
    *("argv", "displayhook", "excepthook", "ps1", "ps2", "ps3"),
    *("last_type", "last_value", "last_traceback", "last_exc"),
)
_MISSING = object()


@contextlib.contextmanager
def process_state(working_directory: Path) -> Iterator[None]:
    """Run as a fresh process in a folder would, and leave this process as it was.

    Put back: the working directory, the environment, `sys.path` and the hooks of `sys`, `builtins`,
    `sys.modules["__main__"]` and modules found only through the working directory, warning filters,
    the decimal context, and the options of pandas, polars and plotly where they were loaded before.

    Args:
        working_directory: Where the cells run.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(_modules(working_directory))
        stack.enter_context(contextlib.chdir(working_directory))
        stack.enter_context(_attributes_of_sys())
        stack.enter_context(_builtins())
        stack.enter_context(_environment())
        stack.enter_context(_fresh_warnings())
        stack.enter_context(decimal.localcontext())
        stack.enter_context(_library_options())
        stack.enter_context(_refused_input())
        yield


@contextlib.contextmanager
def _environment() -> Iterator[None]:
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in set(os.environ) - set(before):
            del os.environ[name]
        os.environ.update({name: text for name, text in before.items() if os.environ.get(name) != text})


@contextlib.contextmanager
def _builtins() -> Iterator[None]:
    namespace = vars(builtins)
    before = dict(namespace)
    try:
        yield
    finally:
        for name in [name for name in namespace if name not in before]:
            del namespace[name]
        namespace.update(before)


@contextlib.contextmanager
def _attributes_of_sys() -> Iterator[None]:
    before = {name: getattr(sys, name, _MISSING) for name in _SYS_NAMES}
    path = list(sys.path)
    sys.path.insert(0, "")  # as a kernel does: modules beside the notebook can be imported
    try:
        yield
    finally:
        sys.path[:] = path
        for name, value in before.items():
            if value is not _MISSING:
                setattr(sys, name, value)
            elif hasattr(sys, name):
                delattr(sys, name)


@contextlib.contextmanager
def _modules(working_directory: Path) -> Iterator[None]:
    before = dict(sys.modules)
    folder = working_directory.resolve()
    is_reachable_anyway = any(Path(entry or ".").resolve() == folder for entry in sys.path)
    try:
        yield
    finally:
        sys.modules["__main__"] = before["__main__"]
        if not is_reachable_anyway:
            own = {name for name, module in sys.modules.items() if name not in before and _lies_in(module, folder)}
            for name in [name for name in sys.modules if name.partition(".")[0] in own]:
                del sys.modules[name]


def _lies_in(module: ModuleType | None, folder: Path) -> bool:
    # `lib.py` and `lib/__init__.py` beside the notebook, but not a virtual environment below it.
    file = getattr(module, "__file__", None)
    if not file:
        return False
    path = Path(file).resolve()
    return (path.parent.parent if path.name == "__init__.py" else path.parent) == folder


@contextlib.contextmanager
def _fresh_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        # Python's own start-up filters, whatever the caller has set.
        warnings.resetwarnings()
        for category in (ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning):
            warnings.simplefilter("ignore", category)
        warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
        warnings.showwarning = _print_warning
        yield


def _print_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    stream = file or sys.stderr
    stream.write(warnings.formatwarning(message, category, filename, lineno, line))


@contextlib.contextmanager
def _refused_input() -> Iterator[None]:
    asked_secretly = getpass.getpass
    builtins.input = functools.partial(_refuse, "raw_input")
    getpass.getpass = functools.partial(_refuse, "getpass")
    try:
        yield
    finally:
        getpass.getpass = asked_secretly


def _refuse(asked: str, prompt: object = "", stream: object = None) -> NoReturn:  # noqa: ARG001  # as input takes them
    from IPython.core.error import StdinNotImplementedError  # noqa: PLC0415  # IPython is loaded by now

    # ipykernel's words, so that both engines store the same error.
    raise StdinNotImplementedError(f"{asked} was called, but this frontend does not support input requests.")


@contextlib.contextmanager
def _library_options() -> Iterator[None]:
    # No library is imported for its options: that would cost more than the run.
    with contextlib.ExitStack() as stack:
        stack.enter_context(_pandas_options())
        if (polars := sys.modules.get("polars")) is not None:
            stack.enter_context(polars.Config())
        stack.enter_context(_plotly_renderer())
        yield


@contextlib.contextmanager
def _pandas_options() -> Iterator[None]:
    loaded = sys.modules.get("pandas")
    before = _options(loaded) if loaded is not None else {}
    try:
        yield
    finally:
        pandas = sys.modules.get("pandas")
        if pandas is not None and loaded is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # resetting a deprecated option warns
                for name in _options(pandas):
                    with contextlib.suppress(ImportError):  # that of plots raises where there is no matplotlib
                        pandas.reset_option(name)
        elif pandas is not None:
            for name, value in _options(pandas).items():
                if value is not before[name]:
                    pandas.set_option(name, before[name])


def _options(pandas: ModuleType) -> dict[str, object]:
    found: dict[str, object] = {}
    groups = [("", pandas.options)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # reading a deprecated option warns
        while groups:
            prefix, group = groups.pop()
            for name in dir(group):
                value = getattr(group, name)
                if type(value) is type(pandas.options):
                    groups.append((f"{prefix}{name}.", value))
                else:
                    found[f"{prefix}{name}"] = value
    return found


@contextlib.contextmanager
def _plotly_renderer() -> Iterator[None]:
    # plotly asks the shell's class once, at import; in a shell it does not know it puts its whole
    # JavaScript into every figure. The environment speaks for a plotly imported by a cell.
    os.environ["PLOTLY_RENDERER"] = "plotly_mimetype"
    names = ("plotly.io._renderers", "renderers"), ("plotly.io._templates", "templates")
    loaded = [getattr(sys.modules[module], name) for module, name in names if module in sys.modules]
    before = [(settings, settings.default) for settings in loaded]
    if "plotly.io._renderers" in sys.modules:
        loaded[0].default = "plotly_mimetype"
    try:
        yield
    finally:
        for settings, default in before:
            if settings.default != default:  # plotly checks the whole template that is named
                settings.default = default
