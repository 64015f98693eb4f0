"""Writing without opening: what is written is sealed to a public key and joins the journal when it is next opened.

Each sitting is one file. X25519 with a key of its own for every sealing, HKDF-SHA256 over both public keys, and
AES-256-GCM, as in HPKE's base mode (RFC 9180) without its framing. Only the journal's key opens it.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.clock import encode_id, new_id
from mother_bond.errors import CannotWriteError, DamagedError, KeyFileError, LockedError, UsageError
from mother_bond.storage import interchange, keyfile, keys, sessions
from mother_bond.storage.driver import connect
from mother_bond.storage.lines import Which
from mother_bond.storage.migrations import apply
from mother_bond.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mother_bond.domain.entry import Answer, Session

_MARK: Final = b"mother-bond-sealed/1\n"
_ENDING: Final = ".sealed"
LARGEST: Final = 256 * 1024 * 1024


class SealedStore(Store):
    """A journal in memory that hands what it holds to `after` when anything is written to it.

    What `after` raises takes back what was written, as in any journal that cannot be written.
    """

    def __init__(self, folder: Path, after: Callable[[str], None]) -> None:
        connection = connect(":memory:")
        apply(connection)
        super().__init__(connection, folder, None, None)
        self._after = after

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """A transaction, at whose end everything is sealed anew, also what is only half typed."""
        outermost = not self.connection.in_transaction
        with super().writing() as db:
            yield db
            if outermost:
                self._after(self._lines())

    def _lines(self) -> str:
        """Every session in the interchange format, with drafts as if they had been answers."""
        self.connection.execute("SAVEPOINT lines")
        try:
            drafts = self.connection.execute("SELECT * FROM draft WHERE trim(text) <> ''").fetchall()
            for row in drafts:
                sessions.add_answer(self, row["session_id"], self._half_typed(row))
            return "".join(text for _, text in interchange.lines(self, Which()))
        finally:
            self.connection.execute("ROLLBACK TO lines")
            self.connection.execute("RELEASE lines")

    def _half_typed(self, row: Any) -> Answer:
        from mother_bond.domain.entry import Answer

        place, prompt = sessions.next_position(self, row["session_id"]), row["prompt"].partition(sessions.BESIDE)[0]
        made_of = "\n".join((row["session_id"], row["prompt"], row["text"]))
        same = encode_id(0, hashlib.sha256(made_of.encode()).digest()[:10])  # sealed twice, it is still one
        return Answer(same, place, row["text"], row["at"], prompt if row["question"] else None, row["question"])

    def _check_place(self) -> None:
        """What is in memory has no place that could change."""


def public_key(journal: Path) -> bytes:
    """The public key that lines are sealed to.

    Raises `KeyFileError` when the two copies of the key file name different ones: locked, neither can be checked.
    Raises `LockedError` where a change of keys was cut off: which of them counts shows when the journal is opened.
    """
    found = keys.candidates(journal)
    with suppress(KeyFileError):
        found.append(keys.read(paths.second_keys()))
    if len({file.seal for file in found}) == 1:
        return found[0].seal
    if keys.coming(journal).exists():
        raise LockedError(m.LOCKED, m.LOCKED_HINT)
    raise KeyFileError(m.KEYS_TAMPERED, m.KEYS_HINT)


def folder(journal: Path) -> Path:
    """Where sealed files wait."""
    return journal.resolve().with_name("sealed")


def waiting(journal: Path) -> list[Path]:
    """The sealed files that wait, the oldest first."""
    try:
        return sorted(place for place in folder(journal).iterdir() if place.suffix == _ENDING)
    except OSError:
        return []


def new_place(journal: Path) -> Path:
    """A name for a sealed file, in the order of time."""
    return folder(journal) / f"{new_id()}{_ENDING}"


def put(place: Path, public: bytes, text: str) -> None:
    """Seal a text into a file, in the place of what was there.

    Raises `CannotWriteError`, `KeyFileError`, and `UsageError` for more than can be taken in again.
    """
    content = text.encode()
    if len(content) > LARGEST - 1024:
        raise UsageError(m.TEXT_TOO_LONG, m.TEXT_HINT)
    try:
        paths.write_private(place, seal(public, content))
    except OSError:
        raise CannotWriteError(m.FILE_UNWRITABLE.format(file=place), m.FILE_UNWRITABLE_HINT) from None
    except ValueError:  # a point that no key of ours could have been
        raise KeyFileError(m.KEYS_TAMPERED, m.KEYS_HINT) from None


def take(place: Path, key: bytes) -> str:
    """The text in a sealed file. Raises `DamagedError` for one that this key does not open, or that is no such file."""
    try:
        with place.open("rb") as file:
            raw = file.read(LARGEST + 1)
        return unseal(key, raw).decode()
    except (OSError, ValueError):
        raise DamagedError(m.SEALED_CANNOT.format(file=place), m.SEALED_CANNOT_HINT) from None


def add_missing(store: Store, session: Session) -> bool:
    """Add what a session that has joined the journal lacks: it joined while it was still being written.

    The result says whether there was anything.
    """
    from mother_bond.storage import look

    there = look.session(store, session.id)
    answers = [answer for answer in session.answers if not sessions.has_answer(store, answer.id)]
    marks = {measure: mark for measure, mark in session.checkin.items() if measure not in there.checkin}
    sentences = {cause: mark for cause, mark in session.way_in.items() if cause not in there.way_in}
    step = session.step if there.step is None else None
    with store.writing() as db:
        for answer in answers:
            place = sessions.next_position(store, session.id)
            sessions.add_answer(store, session.id, answer._replace(position=place))
        for measure, mark in marks.items():
            sessions.mark(store, session.id, measure, mark)
        for cause, mark in sentences.items():
            sessions.mark_sentence(store, session.id, cause, mark)
        if step:
            sessions.take_step(store, session.id, step)
        db.execute(
            "UPDATE session SET cause = coalesce(cause, ?), path = coalesce(path, ?), seconds = coalesce(seconds, ?)"
            " WHERE id = ?",
            (session.cause, session.path, session.seconds, session.id),
        )
    return bool(answers or marks or sentences or step)


def seal(public: bytes, content: bytes) -> bytes:
    """Content that only the holder of the private half of `public` (32 bytes) can read."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    mine = X25519PrivateKey.generate()
    half = mine.public_key().public_bytes_raw()
    shared = mine.exchange(X25519PublicKey.from_public_bytes(public))
    nonce = os.urandom(12)
    box = AESGCM(keyfile.hkdf(shared, half + public, _MARK))
    return _MARK + half + nonce + box.encrypt(nonce, content, _MARK)


def unseal(key: bytes, raw: bytes) -> bytes:
    """What was sealed, by the key of the journal. Raises ValueError for anything else."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(_MARK)
    if not raw.startswith(_MARK) or not start + 60 <= len(raw) <= LARGEST:
        raise ValueError(_MARK)
    half, nonce, box = raw[start : start + 32], raw[start + 32 : start + 44], raw[start + 44 :]
    private, public = keyfile.seal_key(key)
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(half))
        return AESGCM(keyfile.hkdf(shared, half + public, _MARK)).decrypt(nonce, box, _MARK)
    except InvalidTag:
        raise ValueError(_MARK) from None
