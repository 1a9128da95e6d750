"""Which change an entry speaks of: by its reference, a number, a version, a service, its sort, or a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incident_analytics.analysis.changes.change import Change, Sort

# Words that name a sort of change; a deploy is what every rollback takes back unless it names another sort.
_WORDS_OF_SORT: Final[dict[Sort, re.Pattern[str]]] = {
    "configuration": re.compile(r"\b(config|configuration|settings?|parameters?)\b", re.IGNORECASE),
    "feature flag": re.compile(r"\b((feature[ -]?)?flags?|toggles?)\b", re.IGNORECASE),
    "migration": re.compile(r"\b(migrations?|schema)\b", re.IGNORECASE),
    "scaling": re.compile(r"\b(scaling|autoscaling|replicas?)\b", re.IGNORECASE),
    "infrastructure": re.compile(r"\b(infrastructure|failover|terraform)\b", re.IGNORECASE),
}
# "back to 2041" names the target, not what was taken back.
_TARGET: Final = re.compile(r"\bto\b.*", re.IGNORECASE | re.DOTALL)
# 881 of "config change 881"; no part of a version, a time or a date, and no amount such as "300 ms".
_NUMBER: Final = re.compile(r"(?<![\w.:/-])#?(\d{2,})(?![\w:/]|[.-]\d|\s*(?:ms|s|sec|min|h|kb|mb|gb|%|percent)\b|\s*%)")
_NUMBER_OF_REF: Final = re.compile(r"^(?:[A-Za-z#_./ -]*)0*([1-9]\d+)$")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
# Words that any entry of a change may have.
_PLAIN: Final = frozenset(
    re.findall(
        r"\w+",
        "back rolled rollback revert reverted restored restore undone disabled removed turned switched deploy deployed "
        "deployment release released change changed changes version update updated config configuration setting "
        "settings flag feature toggle migration with from into that this after before again service services applied "
        "started completed finished done value default previous last team mitigation",
    )
)


def the_one_named(later: Change, earlier: Sequence[Change]) -> Change | None:
    """The change that an entry names, by the strongest name that fits any; of several the last; None for none.

    In this order: its reference, also as a word of the text or the number in it; a version, ticket or quoted name in
    both; its service; its sort ("config" where one was changed); a word that only one of them has.

    Args:
        later: The entry that takes something back.
        earlier: The changes that it may speak of, in order of time.
    """
    for is_named in (_by_ref, _by_number, _by_marks):
        found = [each for each in earlier if is_named(later, each)]
        if found:
            return found[-1]
    sorts = _sorts_named(later.text)
    if sorts:
        return _last(each for each in earlier if each.sort in sorts and _may_be_of(later, each))
    if later.sort != "rollback":
        return None
    if not later.services:
        sharing = [each for each in earlier if _words(later.text) & _words(each.text)]
        return sharing[0] if len(sharing) == 1 else None
    # "search rolled back": its last deploy; a setting of it only where it had no deploy.
    of_service = [each for each in earlier if set(each.services) & set(later.services)]
    return _last(each for each in of_service if each.sort == "deploy") or _last(of_service)


def _last(changes: Iterable[Change]) -> Change | None:
    return next(reversed(list(changes)), None)


def _may_be_of(later: Change, change: Change) -> bool:
    """Whether nothing that it names speaks against it: "config 882" is not the setting c-881."""
    if later.marks or _numbers(later.text):
        return False
    return not (later.services and change.services) or bool(set(later.services) & set(change.services))


def names_another_sort(rollback: Change) -> bool:
    """Whether it says that something other than a deploy was taken back, or a number that no deploy has."""
    return bool(_sorts_named(rollback.text)) or bool(_numbers(rollback.text))


def _by_ref(later: Change, change: Change) -> bool:
    if not change.ref:
        return False
    if later.ref == change.ref:
        return True
    is_distinct = any(char.isdigit() for char in change.ref)
    return (
        is_distinct and re.search(rf"(?<![\w-]){re.escape(change.ref)}(?![\w-])", later.text, re.IGNORECASE) is not None
    )


def _by_number(later: Change, change: Change) -> bool:
    number = _NUMBER_OF_REF.match(change.ref)
    own = number[1] if number else ""
    return bool({own} & (_numbers(later.text) | {later.ref}) - {""}) or bool(
        not change.ref and _numbers(later.text) & _numbers(change.text)
    )


def _by_marks(later: Change, change: Change) -> bool:
    return bool(set(later.marks) & set(change.marks))


def _numbers(text: str) -> set[str]:
    return {match[1].lstrip("0") for match in _NUMBER.finditer(_TARGET.sub("", text))} - {""}


def _sorts_named(text: str) -> set[Sort]:
    return {sort for sort, words in _WORDS_OF_SORT.items() if words.search(text)}


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)} - _PLAIN
