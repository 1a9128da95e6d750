"""E-mail addresses and phone numbers in a text, which no page for many readers shows."""

from __future__ import annotations

import re
from typing import Final

_EMAIL: Final = re.compile(r"<?(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?", re.IGNORECASE)
# Ten digits or more, or eight behind a plus, with the signs people set between them; no dates, no IP addresses.
_PHONE: Final = re.compile(
    r"(?<![\w.-])(?!\d{4}-\d\d-\d\d)(?!\d{1,3}(?:\.\d{1,3}){3}\b)(?:tel:)?"
    r"(?:\+(?:[ ().\-/]*\d){8,15}|\(?\d(?:[ ().\-/]{0,2}\d){9,14})(?![\w-])",
    re.IGNORECASE,
)
_LEFT_EMPTY: Final = re.compile(r"[(<\[][\s,;]*[)>\]]")


def without_addresses(text: str) -> str:
    """The text without e-mail addresses and phone numbers, on one line.

    >>> without_addresses("Jane Smith <jane@example.com>, +1 555 010 0199"), without_addresses("ops@example.com")
    ('Jane Smith', '')
    """
    rest = _LEFT_EMPTY.sub("", _PHONE.sub("", _EMAIL.sub("", text)))
    return re.sub(r"\s+([,.;])", r"\1", " ".join(rest.split())).strip(" ,;:-")
