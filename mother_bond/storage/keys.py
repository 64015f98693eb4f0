"""Where the key file of a journal lies: beside it, and a second copy apart from it."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.errors import CannotWriteError, KeyFileError, NewerError

if TYPE_CHECKING:
    from pathlib import Path

    from mother_bond.storage.keyfile import KeyFile

FRESH: Final = ".new-key-"
"""How the name of a file begins in which the journal is rewritten under another key."""

Stamp = tuple[int, int, int]
"""Which file it is, and when it was last written to."""

_PLAIN: Final = b"SQLite format 3\0"
_PAGE: Final = 4096


def beside(journal: Path) -> Path:
    """The key file of the journal at that path."""
    return journal.resolve().with_name("keys.json")


def coming(journal: Path) -> Path:
    """The key file that is to take its place: it lies there while a journal gets a new key, and no longer."""
    return journal.resolve().with_name("keys-next.json")


def encrypted(journal: Path) -> bool:
    """Whether the file is an encrypted journal: not plain SQLite, and with a key file, or a second copy of one.

    Raises `KeyFileError` for one that must be encrypted, and has no key file.
    """
    try:
        with journal.open("rb") as file:
            begins = file.read(len(_PLAIN))
    except OSError:
        return False
    if not begins or begins == _PLAIN:
        return False
    if any(place.exists() for place in (beside(journal), coming(journal), paths.second_keys())):
        return True
    if _looks_random(journal):
        raise KeyFileError(m.KEYS_MISSING.format(file=beside(journal)), m.KEYS_HINT)
    return False


def load(journal: Path) -> KeyFile:
    """The key file, or its second copy where the first is missing or damaged.

    Raises `KeyFileError` when neither can be used.
    """
    return candidates(journal)[0]


def name(journal: Path) -> str | None:
    """The name of the journal as its first key file has it, with nothing checked; None where it is not there.

    For what is kept while the journal is open: a key that does not belong to it opens nothing.
    """
    before = b'"journal": "'
    try:
        with beside(journal).open("rb") as file:
            raw = file.read(_PAGE)
    except OSError:
        return None
    start = raw.find(before) + len(before)
    found = raw[start : start + 32].decode("ascii", "replace")
    return found if start > len(before) and set(found) <= set("0123456789abcdef") and len(found) == 32 else None


def candidates(journal: Path) -> list[KeyFile]:
    """The key files that may open the journal, the likeliest first: more than one after an interruption.

    The second copy counts only where the first cannot be used: it may be an older one, with an older passphrase.
    Raises `KeyFileError` when none can be used.
    """
    found: list[KeyFile] = []
    failed: list[KeyFileError] = []
    for place in (beside(journal), paths.second_keys(), coming(journal)):
        if found and place == paths.second_keys():
            continue
        try:
            found.append(read(place))
        except KeyFileError as error:
            failed.append(error)
    if not found:
        raise failed[0]
    return found


def read(place: Path) -> KeyFile:
    """One key file. Raises `KeyFileError` for one that is missing or cannot be used."""
    from mother_bond.storage import keyfile

    try:
        with place.open("rb") as file:
            raw = file.read(keyfile.LARGEST + 1)
    except OSError:
        raise KeyFileError(m.KEYS_MISSING.format(file=place), m.KEYS_HINT) from None
    return keyfile.parse(raw)


def save(journal: Path, file: KeyFile) -> None:
    """Put the key file in both its places. Raises `CannotWriteError` where it cannot be written."""
    for place in (beside(journal), paths.second_keys()):
        write(place, file)


def write(place: Path, file: KeyFile) -> None:
    """Put a key file in one place, whole or not at all."""
    from mother_bond.storage import keyfile

    try:
        paths.write_private(place, keyfile.text(file).encode())
    except OSError:
        raise CannotWriteError(m.FILE_UNWRITABLE.format(file=place), m.FILE_UNWRITABLE_HINT) from None


def promote(journal: Path, file: KeyFile | None = None) -> None:
    """Let the coming key file be the one that counts: the journal has its key now."""
    save(journal, file or read(coming(journal)))
    coming(journal).unlink(missing_ok=True)


def settle(journal: Path, file: KeyFile, left: dict[Path, Stamp] | None = None) -> None:
    """Have the key file that opened the journal in both places, and nowhere another; a disk that refuses may wait.

    Until it is in both, nothing is taken away: the coming one may be the only one that opens the journal.
    """
    found = left_over(journal) if left is None else left
    with suppress(CannotWriteError):
        for place in (beside(journal), paths.second_keys()):
            if not _holds(place, file):
                write(place, file)
        clear(found)


def empty(journal: Path) -> bool:
    """Whether there is nothing in the file where the journal was."""
    try:
        return journal.stat().st_size == 0
    except OSError:
        return False


def stamp(place: Path) -> Stamp | None:
    """Which file is in a place, if there is one."""
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


def left_over(journal: Path) -> dict[Path, Stamp]:
    """What a change of keys may have left beside the journal.

    A change of keys makes these while nobody else can read the journal. What was there before the journal was read
    is therefore nobody's any more, and `clear` may take it away, once it is known which key file counts.
    """
    place = coming(journal)
    try:
        names = os.listdir(place.parent)  # noqa: PTH208 - for every command, and pathlib takes three times as long
    except OSError:
        return {}
    found = ((place.with_name(name), stamp(place.with_name(name))) for name in names if _left(name, place.name))
    return {path: which for path, which in found if which}


def clear(left: dict[Path, Stamp]) -> None:
    """Take away what was left over, unless it has been written anew since."""
    for place, which in left.items():
        if stamp(place) == which:
            with suppress(OSError):
                place.unlink()


def remove(journal: Path) -> None:
    """Take the key file away from every place, when the journal is plain again."""
    for place in (beside(journal), coming(journal), paths.second_keys()):
        place.unlink(missing_ok=True)


def _looks_random(journal: Path) -> bool:
    """Whether the first page is as only encryption leaves it: nearly every byte value occurs in 4 096 random ones."""
    with journal.open("rb") as file:
        page = file.read(_PAGE)
    return len(page) == _PAGE and len(set(page)) >= 240


def _left(name: str, coming_name: str) -> bool:
    return name == coming_name or name.startswith(FRESH)


def _holds(place: Path, file: KeyFile) -> bool:
    try:
        return read(place) == file
    except (KeyFileError, NewerError):
        return False
