"""The difference of two runs: what they were made from, and each number that moved with what is behind it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.errors import ReportError
from incident_analytics.reporting.runs.attribution import Attribution
from incident_analytics.reporting.runs.cause import Cause
from incident_analytics.reporting.runs.post_mortem_changes import post_mortem_changes
from incident_analytics.reporting.runs.walking import GONE, NEW, differing
from incident_analytics.reporting.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incident_analytics.reporting.measurement_json import Json
    from incident_analytics.reporting.runs.run import InputFile, Run
    from incident_analytics.reporting.runs.walking import Differs

# Told elsewhere, as what the numbers were made from; or the same numbers again, in words.
_NOT_NUMBERS = {
    "trends": frozenset({"schema_version", "kind", "made_by", "title", "as_of", "as_of_given", "runbook", "asked"})
    | {"inputs", "ledger", "findings"},
    "post-mortem": frozenset({"schema_version", "made_by", "as_of", "as_of_given", "runbook", "incident", "displayed"})
    | {"milestones", "timeline", "questions", "action_items", "ledger", "integrity", "findings"},
}
# The receipt of a number, which is what it was made from.
_RECEIPT = frozenset({"from", "to", "reason", "recorded_at_place", "measured_window", "measured_in", "evidence"})


@dataclass(frozen=True, slots=True)
class Moved:
    """A value that differs, and why.

    Args:
        what: Where in the twins it stands, and what was and is there.
        behind: What moved it; empty where nothing that was kept explains it.
    """

    what: Differs
    behind: tuple[Cause, ...]


@dataclass(frozen=True)
class Difference:
    """Two runs side by side.

    Args:
        before: The first run.
        after: The second one.
        causes: What they were made from differently: what was asked, files, incidents and their fields.
        numbers: The numbers that moved.
        words: Everything else that reads differently.
    """

    before: Run
    after: Run
    causes: tuple[Cause, ...]
    numbers: tuple[Moved, ...]
    words: tuple[Moved, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing moved, neither numbers nor words."""
        return not self.numbers and not self.words


def difference(before: Run, after: Run) -> Difference:
    """Compares two runs of one kind, of the same incident where they are of one.

    Raises:
        ReportError: They are of two kinds, or about two incidents.
    """
    names = f"{before.name} and {after.name}"
    if before.kind != after.kind:
        raise ReportError("two kinds of runs cannot be compared", where=names, found=f"{before.kind}, {after.kind}")
    if before.kind == "post-mortem" and before.incident != after.incident:
        raise ReportError("they are about two incidents", where=names, found=f"{before.incident}, {after.incident}")
    causes = (*_asked(before, after), *_inputs(before, after), *_changes(before, after))
    attribution = Attribution(before, after, causes)
    moved = [Moved(each, attribution.behind(each.way)) for each in _differs(before, after)]
    numbers, words = (tuple(each for each in moved if each.what.is_number is wanted) for wanted in (True, False))
    return Difference(before, after, causes, numbers, words)


def moved_since(previous: Run, current: Run) -> Difference:
    """What differs in a new run from the last one of its name: `difference`, in the order of time."""
    return difference(previous, current)


def moved_line(found: Difference) -> str:
    """What moved in a sentence, with the command that tells more; empty where no number moved.

    ``3 numbers moved since trends-1a2b3c4d; see incident diff trends-1a2b3c4d trends-5e6f7a8b``.
    """
    if not found.numbers:
        return ""
    names = f"{found.before.folder or found.before.name} {found.after.folder or found.after.name}"
    return f"{counted(len(found.numbers), 'number')} moved since {found.before.name}; see incident diff {names}"


def _changes(before: Run, after: Run) -> tuple[Cause, ...]:
    if after.kind == "post-mortem":
        return post_mortem_changes(before, after)
    from incident_analytics.reporting.runs.incident_changes import incident_changes  # noqa: PLC0415 -- polars is slow

    return incident_changes(before, after)


def _differs(before: Run, after: Run) -> Iterator[Differs]:
    ignored = _NOT_NUMBERS[after.kind]
    old, new = ({key: each for key, each in run.numbers.items() if key not in ignored} for run in (before, after))
    for each in differing(old, new):
        if after.kind == "trends" or not _RECEIPT & set(each.way[1:]):
            yield each


def _asked(before: Run, after: Run) -> Iterator[Cause]:
    # a twin alone does not know all that was asked
    names = sorted(before.parameters.keys() & after.parameters.keys() - {"as_of_given"})
    told: list[tuple[str, Json, Json]] = [
        ("as_of", before.as_of, after.as_of),
        ("made_by", before.made_by, after.made_by),
        *((name, before.parameters[name], after.parameters[name]) for name in names),
    ]
    for name, was, is_now in told:
        if was != is_now:
            yield Cause("asked", name, _told(was), _told(is_now))


def _told(value: Json) -> Json:
    """A parameter as it is told: lists and objects in a line."""
    if isinstance(value, list):
        return " ".join(str(each) for each in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def _inputs(before: Run, after: Run) -> Iterator[Cause]:
    if before.folder is None or after.folder is None:
        return
    old, new = _by_name(before), _by_name(after)
    for file in dict.fromkeys([*new, *old]):
        was, is_now = old.get(file), new.get(file)
        if was is None or is_now is None:
            hashes = (was.sha256 if was else None, is_now.sha256 if is_now else None)
            yield Cause("input", file, *hashes, why=NEW if was is None else GONE)
        elif was.sha256 != is_now.sha256:
            rows = "" if was.rows == is_now.rows else f"; rows {was.rows} to {is_now.rows}"
            yield Cause("input", file, was.sha256, is_now.sha256, why=f"other content{rows}")


def _by_name(run: Run) -> Mapping[str, InputFile]:
    return {each.file: each for each in run.inputs}
