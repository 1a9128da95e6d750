"""The outputs of one cell, kept in the order they were made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nbformat import NotebookNode

StreamName: TypeAlias = Literal["stdout", "stderr"]

# How warnings and syntax errors name a cell: by a file with a process id or a hash in its name.
_CELL_FILE = re.compile(r"[^\s(]*ipykernel_\d+[\\/]\d+\.py|(?<=\()\d+\.py(?=, line)")
# What IPython adds after sys.exit, with the path of its own installation.
_EXIT_ADVICE = re.compile(r"^.*: UserWarning: To exit: use .*\n.*warn\(.*\n", re.MULTILINE)


class CellOutputs:
    """Collects what a cell prints, shows, returns and raises, as a notebook stores it.

    Args:
        shown: Outputs of the whole notebook by display id, so that a later cell can update them.
    """

    def __init__(self, shown: dict[str, list[NotebookNode]]) -> None:
        self.nodes: list[NotebookNode] = []
        self._shown = shown
        self._clear_before_next = False

    def stream(self, name: StreamName, text: str) -> None:
        """Text printed to a stream."""
        if text:
            self._add({"output_type": "stream", "name": name, "text": text})

    def display(
        self, data: Mapping[str, object], metadata: Mapping[str, object], display_id: str | None = None
    ) -> None:
        """Something shown with `display`."""
        node = self._add({"output_type": "display_data", "metadata": _plain(metadata), "data": _plain(data)})
        if display_id:
            self._shown.setdefault(display_id, []).append(node)

    def update(self, data: Mapping[str, object], metadata: Mapping[str, object], display_id: str) -> None:
        """New content for everything shown under a display id, in whichever cell."""
        for node in self._shown.get(display_id, []):
            node["metadata"], node["data"] = _node(_plain(metadata)), _node(_plain(data))

    def result(self, data: Mapping[str, object], metadata: Mapping[str, object], execution_count: int) -> None:
        """The value of the last line."""
        self._add(
            {
                "output_type": "execute_result",
                "metadata": _plain(metadata),
                "data": _plain(data),
                "execution_count": execution_count,
            }
        )

    def error(self, name: str, value: str, traceback: Sequence[str]) -> None:
        """An exception that ended the cell."""
        self._add({"output_type": "error", "ename": name, "evalue": value, "traceback": list(traceback)})

    def clear(self, *, wait: bool) -> None:
        """Forget what was shown so far: now, or as soon as there is something new."""
        if wait:
            self._clear_before_next = True
        else:
            self.nodes.clear()

    def _add(self, output: dict[str, object]) -> NotebookNode:
        if self._clear_before_next:
            self.nodes.clear()
            self._clear_before_next = False
        node = _node(output)
        self.nodes.append(node)
        return node


def error_output(name: str, value: str, traceback: Sequence[str] = ()) -> NotebookNode:
    """An exception as a notebook stores it."""
    return _node({"output_type": "error", "ename": name, "evalue": value, "traceback": list(traceback)})


def settled(outputs: Sequence[NotebookNode]) -> list[NotebookNode]:
    """The outputs with neighbouring stream texts joined: one stdout, then one stderr.

    A kernel sends printed text in pieces cut by a timer, and its two streams in no fixed order between
    two displays. Joined, and with the temporary file names of cells replaced by ``cell``, both engines
    and every run give the same outputs.
    """
    kept: list[NotebookNode] = []
    streams: dict[str, NotebookNode] = {}
    for output in outputs:
        if output.output_type != "stream":
            kept += [*_in_order(streams), output]
            streams = {}
        elif output.name in streams:
            streams[output.name].text += output.text
        else:
            streams[output.name] = output
        if output.output_type == "error":
            output.evalue = without_cell_files(output.evalue)
            output.traceback = [without_cell_files(line) for line in output.traceback]
    return kept + _in_order(streams)


def _in_order(streams: dict[str, NotebookNode]) -> list[NotebookNode]:
    for stream in streams.values():
        stream.text = without_cell_files(_EXIT_ADVICE.sub("", stream.text))
    return [streams[name] for name in ("stdout", "stderr") if name in streams and streams[name].text]


def without_cell_files(text: str) -> str:
    """The text with a cell's temporary file name, different in each process, replaced by ``cell``.

    >>> without_cell_files("/tmp/ipykernel_812/210263012.py:3: UserWarning: careful")
    'cell:3: UserWarning: careful'
    """
    return _CELL_FILE.sub("cell", text)


def _plain(value: Mapping[str, object]) -> dict[str, object]:
    from jupyter_client.session import json_packer, json_unpacker  # noqa: PLC0415  # loaded by papermill

    # The round trip a kernel's message makes: a copy that later changes cannot reach, images as base64.
    plain: dict[str, object] = json_unpacker(json_packer(value))
    return plain


def _node(output: dict[str, object]) -> NotebookNode:
    from nbformat import from_dict  # noqa: PLC0415  # imported only where a notebook runs

    node: NotebookNode = from_dict(output)  # type: ignore[no-untyped-call]  # nbformat is half typed
    return node
