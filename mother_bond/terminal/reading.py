"""Text from outside, decoded strictly: kept exactly, or refused with a reason and nothing lost."""

from __future__ import annotations

import sys
from typing import BinaryIO

from mother_bond import messages as m
from mother_bond.errors import UsageError
from mother_bond.wording.keepable import LONGEST_TEXT, unkeepable


def decode(data: bytes, before: int = 0) -> str:
    """UTF-8 bytes as text; `before` is how many lines came before them.

    Raises `UsageError` for other bytes, for a NUL, and for more than twenty megabytes.
    """
    if len(data) > LONGEST_TEXT:
        raise UsageError(m.TEXT_TOO_LONG, m.TEXT_HINT)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = before + data.count(b"\n", 0, error.start) + 1
        raise UsageError(m.TEXT_NOT_UTF8.format(line=line), m.TEXT_HINT) from None
    fault = unkeepable(text)
    if fault:
        raise UsageError(m.TEXT_REFUSED.format(reason=fault), m.TEXT_HINT)
    return text


def all_of(stream: BinaryIO | None = None) -> str:
    """Everything on standard input, without the last line's end."""
    data = (stream or sys.stdin.buffer).read(LONGEST_TEXT + 2)
    return decode(data).removesuffix("\n")


def nothing_waits(seconds: float = 1.0) -> bool:
    """Whether standard input is at its end, closed, or says nothing for a while."""
    if sys.stdin is None or sys.stdin.closed:
        return True
    try:
        if sys.platform != "win32":
            import select

            if not select.select([sys.stdin], [], [], seconds)[0]:
                return True
        return not sys.stdin.buffer.peek(1)  # type: ignore[union-attr]
    except (OSError, ValueError):
        return True
