"""Cells that carry their unit, as Grafana writes formatted values: ``35%``, ``1.2 K``, ``850 ms``, ``2.3 GiB``."""

from __future__ import annotations

import re
from typing import Final

# Each unit with the one its values are turned into, and by how much. Grafana's short numbers have no unit.
_TIMES: Final = {"ns": 1e-9, "µs": 1e-6, "us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "mins": 60.0}
_LONG_TIMES: Final = {"hour": 3_600.0, "hours": 3_600.0, "day": 86_400.0, "days": 86_400.0, "week": 604_800.0}
_DECIMAL: Final = {"B": 1.0, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12}
_BINARY: Final = {"KiB": 2.0**10, "MiB": 2.0**20, "GiB": 2.0**30, "TiB": 2.0**40}
UNITS: Final = {
    **{unit: ("", factor) for unit, factor in {"K": 1e3, "Mil": 1e6, "Bil": 1e9, "Tri": 1e12}.items()},
    **{unit: ("seconds", factor) for unit, factor in (_TIMES | _LONG_TIMES).items()},
    **{unit: ("bytes", factor) for unit, factor in (_DECIMAL | _BINARY).items()},
    **{f"{unit}/s": ("bytes per second", factor) for unit, factor in (_DECIMAL | _BINARY).items()},
    **dict.fromkeys(("req/s", "reqps"), ("requests per second", 1.0)),
    **dict.fromkeys(("ops/s", "ops"), ("operations per second", 1.0)),
    "%": ("percent", 1.0),
}
_CELL: Final = re.compile(r"(?P<number>[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))\s?(?P<unit>[^\W\d_]+(?:/s)?|%)")


def with_unit(cell: str, *, decimal_comma: bool = False) -> tuple[float, str] | None:
    """A cell's value in the base of its unit and that base; None where it has no unit that is known.

    >>> with_unit("850 ms"), with_unit("1.2 K"), with_unit("12 pods")
    ((0.85, 'seconds'), (1200.0, ''), None)
    """
    match = _CELL.fullmatch(cell.strip())
    if match is None or match["unit"] not in UNITS or ("," in match["number"] and not decimal_comma):
        return None
    base, factor = UNITS[match["unit"]]
    return round(float(match["number"].replace(",", ".")) * factor, 12), base


def has_unit(cell: str) -> bool:
    """Whether a cell is a number with a unit."""
    return with_unit(cell, decimal_comma=True) is not None


def common_base(cells: list[str]) -> str | None:
    """The base of the units of those cells that have one; None where none has, or where they differ.

    Short numbers go with anything: 950 and 1.2 K stand in one column.
    """
    bases = {found[1] for cell in cells if (found := with_unit(cell, decimal_comma=True))}
    return bases.pop() if len(bases) == 1 else None
