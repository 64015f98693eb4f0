"""TOML that somebody else wrote, read only where reading it cannot take long."""

from __future__ import annotations

from typing import Any

from mother_bond import messages as m
from mother_bond.wording.visible import one_line

MOST_DOTS = 500
"""Full stops in one line of TOML: the time a dotted key takes grows with the square of its parts."""


class NotTomlError(ValueError):
    """What is wrong with the text, in words that may be shown."""


def read_toml(data: bytes, most: int) -> dict[str, Any]:
    """The table in `data`, which may be `most` bytes long. Raises `NotTomlError`."""
    import tomllib

    if len(data) > most:
        raise NotTomlError(m.TOML_TOO_LARGE.format(most=most // 1024))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise NotTomlError(m.TOML_NOT_UTF8.format(byte=error.start)) from None
    if text.count(".") > MOST_DOTS and any(line.count(".") > MOST_DOTS for line in text.split("\n")):
        raise NotTomlError(m.TOML_DOTS.format(most=MOST_DOTS))
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotTomlError(m.TOML_NOT.format(why=one_line(str(error))[:200])) from None
