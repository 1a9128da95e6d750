"""What the words and lines of a layout have in common, said once in plotly's template.

A timeline has dozens of labels that differ in their text and place only. Saying the rest once keeps a
page small; every reader of plotly figures knows templates, so nothing else changes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from incident_analytics.reporting.figures.sheet import Part

_DEFAULTS: Final = {"annotations": "annotationdefaults", "shapes": "shapedefaults"}
_FEWEST = 3


def with_defaults(page: Part, phone: Part) -> tuple[Part, Part]:
    """Both layouts said briefly.

    What most of their annotations, and most of their shapes, share moves into the template; the phone's
    layout keeps what differs from the page's. Only what every item of both says is moved, so that none
    takes on what it did not say.

    Args:
        page: The layout on a page; it gets the template.
        phone: What is different on a phone.
    """
    shared: Part = {}
    slim = (dict(page), dict(phone))
    for name, default in _DEFAULTS.items():
        lists = [(layout, found) for layout in slim if isinstance(found := layout.get(name), list)]
        items: list[Part] = [item for _, found in lists for item in found]
        if len(items) < _FEWEST:
            continue
        shared[default] = _common(items)
        for layout, found in lists:
            layout[name] = [_without(item, shared[default]) for item in found]
    if shared:
        slim[0]["template"] = {"layout": shared}
    return slim[0], _difference(slim[1], slim[0])


def _difference(patch: Mapping[str, Any], base: Mapping[str, Any]) -> Part:
    """What a patch changes: the rest of it says what the base says already."""
    rest: Part = {}
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            inner = _difference(value, base[key])
            if inner:
                rest[key] = inner
        elif key not in base or base[key] != value:
            rest[key] = value
    return rest


def _common(items: Sequence[Mapping[str, Any]]) -> Part:
    """For each thing that all items say, what they say most often; places and words are their own."""
    common: Part = {}
    for key in items[0]:
        if key in {"text", "x", "y", "x0", "x1", "y0", "y1"} or not all(key in item for item in items):
            continue
        values = [item[key] for item in items]
        if all(isinstance(value, dict) for value in values):
            inner = _common(values)
            if inner:
                common[key] = inner
        elif not any(isinstance(value, (dict, list)) for value in values):
            common[key] = _most(values)
    return common


def _most(values: Iterable[object]) -> object:
    return Counter(values).most_common(1)[0][0]


def _without(item: Mapping[str, Any], shared: object) -> Part:
    known: Mapping[str, Any] = shared if isinstance(shared, dict) else {}
    rest: Part = {}
    for key, value in item.items():
        if isinstance(value, dict):
            inner = _without(value, known.get(key))
            if inner:
                rest[key] = inner
        elif key not in known or known[key] != value:
            rest[key] = value
    return rest
