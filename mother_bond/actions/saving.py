"""Save what was written, and let the writer make room and try again when the disk refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from mother_bond import messages as m
from mother_bond.actions.desk import Said
from mother_bond.errors import BusyError, CannotWriteError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mother_bond.actions.desk import Desk

T = TypeVar("T")


def save_patiently(desk: Desk, save: Callable[[], T]) -> T:
    """What `save` gives; when it cannot write, it is said and may be tried again.

    Raises what `save` raised last when the writer stops there.
    """
    while True:
        try:
            return save()
        except (CannotWriteError, BusyError) as error:
            desk.tell(f"{error.message} {error.hint}")
            reply = desk.pick(m.SAVE_AGAIN, m.SAVE_CHOICES, "again")
            if reply.said is Said.ENOUGH or reply.text == "stop":
                raise
