"""What can be kept to the letter. Everything else is refused, with the reason."""

from __future__ import annotations

from mother_bond import messages as m

LONGEST_TEXT = 20 * 1024 * 1024
"""Characters, or bytes of UTF-8, beyond which a single text is refused."""


def unkeepable(text: str) -> str | None:
    """Why a text cannot be kept exactly as it is, or None: everything else is kept to the letter."""
    if "\0" in text:
        return m.TEXT_NUL
    try:
        text.encode()
    except UnicodeEncodeError:
        return m.TEXT_SURROGATE
    return None
