"""Show text that could do something to a terminal as what it is."""

from __future__ import annotations

import re

HIDDEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
"""A character that steers a terminal, or that nobody would see."""

_FLAG = "\U0001f3f4[\U000e0061-\U000e007a]{3,6}\U000e007f"  # England, Scotland, Wales


def visible(text: str) -> str:
    """`text` with control characters, escape sequences and direction overrides made visible.

    Line ends and tabs stay; C0 controls become their pictures (␛), everything else its code point.
    Joiners that emoji and some scripts need stay as they are.
    """
    return text if text.isprintable() else re.sub(_FLAG + "|" + HIDDEN, _picture, text.replace("\r\n", "\n"))


def _picture(match: re.Match[str]) -> str:
    if len(match[0]) > 1:
        return match[0]
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def one_line(text: str) -> str:
    """`visible` text with every run of white space as one space."""
    return visible(" ".join(text.split()))
