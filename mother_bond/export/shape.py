"""What the writer may choose of a summary. Kept apart, so that data is out without what a summary needs."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Reader(StrEnum):
    """Whom a summary is for."""

    ME = "me"
    COUNSELLOR = "counsellor"


class Shape(NamedTuple):
    """What the writer chose: whom it is for, whether their words stand in it, and the one theme, by its name.

    With `redact` only answers that are marked as shared are quoted, each of them whole; a step cannot be marked, so
    steps are counted.
    """

    reader: Reader = Reader.ME
    words: bool = True
    theme: str = ""
    redact: bool = False


AS_USUAL = Shape()
