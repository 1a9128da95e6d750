"""Texts without well-known secrets: passwords and keys that are named so, tokens that are known by their shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

_NAMES: Final = (
    r"[\w.-]*(?:password|passwd|passphrase|pwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|token|credential)"
)
# In order: what is named and stands in quotes, escaped ones of JSON in JSON too; a number that is named, as JSON has
# it; what is named and stands alone; then what is known by its shape.
_MASKS: Final = (
    (rf"(?i)({_NAMES}\\?[\"']?\s*[:=]\s*)(\\?\")[^\"\\]+(\\?\")", "${1}${2}?${3}"),
    (rf"(?i)({_NAMES}[\"']?\s*[:=]\s*')[^']+'", "${1}?'"),
    (rf"(?i)(\"{_NAMES}\"\s*:\s*)-?\d[\d.]*", '${1}"?"'),
    (rf"(?i)({_NAMES}\s*=\s*|{_NAMES}:\s*)[^\s,;&\"'\\}}\])?]+", "${1}?"),
    (r"(?i)\b(bearer|basic)(\s+)[\w.~+/=-]{8,}", "${1}${2}?"),
    (r"\b(?:sk|pk|rk)_(?:live|test)_\w{6,}", "?"),
    (r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", "?"),
    (r"\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|AIza[\w-]{35})", "?"),
    (r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?", "?"),
    (r"(://[^\s/:@]*:)[^\s/@]+@", "${1}?@"),
    (r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)", "?"),
)


def without_secrets(texts: pl.Expr) -> pl.Expr:
    """The texts with ``?`` for each well-known secret. What is not known as one stays: this is no proof of none.

    >>> import polars as pl
    >>> pl.select(without_secrets(pl.lit("login of ann failed, password=hunter2, key sk_live_51Hx2Yz"))).item()
    'login of ann failed, password=?, key ?'
    """
    for pattern, instead in _MASKS:
        texts = texts.str.replace_all(pattern, instead)
    return texts
