"""Masked messages that differ only in words that vary, such as names of users, merged into one template.

It looks at the distinct ones alone, which are few, so it may be careful: words that alternate between a few values,
each of them often ("Started", "Stopped"), are what the message says; words of which there are many, or which come but
once or twice, are what it is about.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.logs.template_masks import ANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

# What a position says rather than is about: at most so many words, each at least so often.
_MOST_ALTERNATIVES: Final = 6
_OFTEN: Final = 5
# So many templates of one length and first word are compared with each other; further ones stand alone.
_MOST_COMPARED: Final = 2_000


@dataclass(slots=True)
class _Group:
    """Masked messages of one length that are alike."""

    tokens: list[tuple[str, ...]]
    counts: list[int]


def merged(counts: Sequence[tuple[str, int]], similarity: float) -> dict[str, str]:
    """The template of each masked message.

    Args:
        counts: Distinct masked messages, each with how often it came.
        similarity: The share of words that two have in common at the same places, to be of one template.

    >>> merged([("user anna came in at <*>", 1), ("user bert came in at <*>", 1)], 0.8)["user anna came in at <*>"]
    'user <*> came in at <*>'
    """
    buckets: dict[tuple[int, str], list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    words: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for text, count in sorted(counts, key=lambda item: (-item[1], item[0])):
        tokens = tuple(text.split())
        words[tokens].append(text)
        first = tokens[0] if tokens else ""
        buckets[len(tokens), first].append((tokens, count))
    found: dict[str, str] = {}
    for bucket in buckets.values():
        for group in _alike(bucket, similarity):
            for told in _split(group):
                template = " ".join(_template(told.tokens))
                found |= {text: template for tokens in told.tokens for text in words[tokens]}
    return found


def _alike(bucket: Sequence[tuple[tuple[str, ...], int]], similarity: float) -> Iterable[_Group]:
    """Groups around the most frequent messages; each message joins the group it has most words in common with."""
    if len(bucket) == 1 or len(bucket[0][0]) < 2:  # noqa: PLR2004 -- one word has nothing in common with another
        return [_Group([tokens], [count]) for tokens, count in bucket]
    codes: dict[str, int] = {}
    rows = np.asarray([[codes.setdefault(word, len(codes)) for word in tokens] for tokens, _ in bucket], dtype=np.int64)
    heads = np.empty((min(len(bucket), _MOST_COMPARED), rows.shape[1]), dtype=np.int64)
    groups: list[_Group] = []
    compared = 0
    for row, (tokens, count) in zip(rows, bucket, strict=True):
        place = _nearest(heads[:compared], row, similarity)
        if place is not None:
            groups[place].tokens.append(tokens)
            groups[place].counts.append(count)
            continue
        if compared < _MOST_COMPARED:
            heads[compared] = row
            groups.insert(compared, _Group([tokens], [count]))
            compared += 1
        else:
            groups.append(_Group([tokens], [count]))
    return groups


def _nearest(heads: npt.NDArray[np.int64], row: npt.NDArray[np.int64], similarity: float) -> int | None:
    if not heads.size:
        return None
    shares = (heads == row).mean(axis=1)
    place = int(np.argmax(shares))
    return place if shares[place] >= similarity else None


def _split(group: _Group) -> Iterator[_Group]:
    """The group itself, or its parts where a position alternates between a few frequent words."""
    if len(group.tokens) > 1:
        for place in range(len(group.tokens[0])):
            parts: dict[str, _Group] = {}
            for tokens, count in zip(group.tokens, group.counts, strict=True):
                part = parts.setdefault(tokens[place], _Group([], []))
                part.tokens.append(tokens)
                part.counts.append(count)
            if 1 < len(parts) <= _MOST_ALTERNATIVES and all(_is_said(word, part) for word, part in parts.items()):
                for part in parts.values():
                    yield from _split(part)
                return
    yield group


def _is_said(word: str, part: _Group) -> bool:
    return ANY not in word and sum(part.counts) >= _OFTEN


def _template(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The words that all rows have, `ANY` where they differ; several in a row are one."""
    was_any = False
    for words in zip(*rows, strict=True):
        word = words[0] if len(set(words)) == 1 else ANY
        if not (word == ANY and was_any):
            yield word
        was_any = word == ANY
