"""The key file of an encrypted journal: one random key, wrapped by a passphrase and by a recovery code.

The key itself never changes with the passphrase; what the database, the seal and the check of the file
use is derived from it. Everything here is a function of what is handed in; `storage.keys` does the reading
and writing. The form is described in CONTRIBUTING.md, with a script that needs nothing of this program.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import unicodedata
from typing import Any, Final, NamedTuple

from mother_bond import messages as m
from mother_bond.errors import KeyFileError, LockedError, NewerError

FORMAT: Final = "mother-bond-keys/1"
LARGEST: Final = 16 * 1024
"""Bytes beyond which a file is no key file."""

KEY_BYTES: Final = 32
LEAST_CHARACTERS: Final = 8
ARGON: Final = {"kdf": "argon2id", "iterations": 3, "lanes": 4, "memory": 262144}
"""Argon2id over 256 MiB (`memory` in KiB): RFC 9106 asks for 64 MiB at least, with three iterations."""
SCRYPT: Final = {"kdf": "scrypt", "n": 2**17, "r": 8, "p": 1}
"""Where Argon2id is missing: RFC 7914, over 128 MiB."""
HKDF: Final = {"kdf": "hkdf-sha256"}
"""For the recovery code, whose 130 random bits need no slowing down (RFC 5869)."""
_KDFS: Final = {"passphrase": ("argon2id", "scrypt"), "recovery": ("hkdf-sha256",)}
_COSTS: Final = {kdf["kdf"]: set(kdf) - {"kdf"} for kdf in (ARGON, SCRYPT, HKDF)}
_MOST: Final = {"iterations": 12, "lanes": 16, "memory": 2**20, "n": 2**19, "r": 8, "p": 4}
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE, _CHECK = 26, 2


class Slot(NamedTuple):
    """One way to the key: `kind` is passphrase or recovery, `cost` names the derivation and what it takes."""

    kind: str
    cost: dict[str, Any]
    salt: bytes
    nonce: bytes
    wrapped: bytes


class KeyFile(NamedTuple):
    """What stands in `keys.json`: `seal` is the public key that lines can be sealed to without opening."""

    journal: str
    slots: tuple[Slot, ...]
    seal: bytes
    mac: bytes


class Made(NamedTuple):
    """A new key file, its key, and the recovery code, which is shown once and kept nowhere."""

    file: KeyFile
    key: bytes
    code: str


def make(passphrase: str) -> Made:
    """A new random key, wrapped by a passphrase and a new recovery code."""
    journal, key, code = os.urandom(16).hex(), os.urandom(KEY_BYTES), new_code()
    slots = (_wrap("passphrase", journal, key, _plain(passphrase)), _wrap("recovery", journal, key, _letters(code)))
    return Made(_signed(KeyFile(journal, slots, seal_key(key)[1], b""), key), key, code)


def derived(key: bytes, purpose: str) -> bytes:
    """The 32-byte key for one purpose: "db", "seal" or "mac" (HKDF-SHA256 without salt, RFC 5869)."""
    return hkdf(key, b"", f"mother-bond {purpose}".encode())


def seal_key(key: bytes) -> tuple[Any, bytes]:
    """The private X25519 key that opens what was sealed, and its public half (32 bytes)."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.from_private_bytes(derived(key, "seal"))
    return private, private.public_key().public_bytes_raw()


def by_passphrase(file: KeyFile, passphrase: str) -> bytes:
    """The key. Raises `LockedError` for a wrong passphrase, `KeyFileError` for a file that was tampered with."""
    return _unwrap(file, "passphrase", _plain(passphrase), LockedError(m.PASSPHRASE_WRONG, m.PASSPHRASE_WRONG_HINT))


def by_code(file: KeyFile, code: str) -> bytes:
    """The key, by the recovery code. Raises `LockedError` for one with a slip in it, or of another journal."""
    return _unwrap(file, "recovery", _letters(code), LockedError(m.CODE_OTHER, m.CODE_HINT))


def with_passphrase(file: KeyFile, key: bytes, passphrase: str) -> KeyFile:
    """The same key under another passphrase; the recovery code stays as it is.

    Raises `KeyFileError` where the key is not the file's, or the file was tampered with: that is not signed anew.
    """
    _check_mac(file, key)
    slot = _wrap("passphrase", file.journal, key, _plain(passphrase))
    return _signed(file._replace(slots=(slot, *(other for other in file.slots if other.kind != "passphrase"))), key)


def new_code() -> str:
    """A recovery code: 26 random letters and figures (130 bits) and two that check them, in fours."""
    letters = "".join(_LETTERS[byte % 32] for byte in os.urandom(_CODE))
    whole = letters + _check(letters)
    return "-".join(whole[place : place + 4] for place in range(0, len(whole), 4))


def text(file: KeyFile) -> str:
    """The key file as it is written."""
    signed = _plainly(file) | {"mac": file.mac.hex()}
    return json.dumps(signed | {"check": hashlib.sha256(_canonical(signed)).hexdigest()}, indent=1) + "\n"


def parse(raw: bytes) -> KeyFile:
    """A key file that was read. Raises `KeyFileError` for one that is damaged, foreign or too costly; `NewerError`.

    Nothing but line ends and indentation may differ from what `text` writes: damage shows before a passphrase is
    tried, and never looks like a wrong one.
    """
    damaged = KeyFileError(m.KEYS_DAMAGED, m.KEYS_HINT)
    try:
        data = json.loads(raw) if len(raw) <= LARGEST else None
    except (ValueError, RecursionError):
        raise damaged from None
    form = data.get("format") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(form, str) or not form.startswith("mother-bond-keys/"):
        raise KeyFileError(m.KEYS_FOREIGN, m.KEYS_HINT)
    if form != FORMAT:
        raise NewerError(m.KEYS_NEWER, m.STORE_NEWER_HINT)
    try:
        slots = tuple(map(_slot, data["slots"]))
        file = KeyFile(data["journal"], slots, bytes.fromhex(data["seal"]), bytes.fromhex(data["mac"]))
        sizes = len(bytes.fromhex(file.journal)), len(file.seal), len(file.mac)
        sound = sizes == (16, 32, 32) and [slot.kind for slot in slots] == list(_KDFS)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise damaged from None
    if not sound or text(file).encode().split() != raw.split():
        raise damaged
    return file


def check_passphrase(passphrase: str) -> str:
    """The passphrase, if it is long enough. Raises `LockedError` otherwise."""
    if len(unicodedata.normalize("NFKC", passphrase)) < LEAST_CHARACTERS:
        raise LockedError(m.PASSPHRASE_SHORT.format(n=LEAST_CHARACTERS), m.PASSPHRASE_ADVICE)
    return passphrase


def _slot(raw: dict[str, Any]) -> Slot:
    """A slot that was read; ValueError for one that costs more than any we write would."""
    cost = dict(raw["cost"])
    names = _COSTS[cost["kdf"]]
    if cost["kdf"] not in _KDFS[raw["kind"]] or set(cost) != names | {"kdf"}:
        raise ValueError(cost)
    if not all(type(cost[name]) is int and 0 < cost[name] <= _MOST[name] for name in names):
        raise ValueError(cost)
    slot = Slot(raw["kind"], cost, *(bytes.fromhex(raw[name]) for name in ("salt", "nonce", "wrapped")))
    if (len(slot.salt), len(slot.nonce), len(slot.wrapped)) != (16, 12, KEY_BYTES + 16):
        raise ValueError(raw)
    return slot


def _plainly(file: KeyFile) -> dict[str, Any]:
    slots = [
        {"kind": slot.kind, "cost": slot.cost}
        | {"salt": slot.salt.hex(), "nonce": slot.nonce.hex(), "wrapped": slot.wrapped.hex()}
        for slot in file.slots
    ]
    return {"format": FORMAT, "journal": file.journal, "slots": slots, "seal": file.seal.hex()}


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _signed(file: KeyFile, key: bytes) -> KeyFile:
    return file._replace(mac=hmac.digest(derived(key, "mac"), _canonical(_plainly(file)), "sha256"))


def _check_mac(file: KeyFile, key: bytes) -> None:
    if not hmac.compare_digest(_signed(file, key).mac, file.mac):
        raise KeyFileError(m.KEYS_TAMPERED, m.KEYS_HINT)


def _bound(journal: str, kind: str, cost: dict[str, Any]) -> bytes:
    """What a slot is tied to: moved to another journal, or with another cost, it does not open."""
    return _canonical([FORMAT, journal, kind, cost])


def _wrap(kind: str, journal: str, key: bytes, secret: bytes) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    for cost in (HKDF,) if kind == "recovery" else (ARGON, SCRYPT):
        outer = _slowly(cost, secret, salt)
        if outer:
            return Slot(kind, cost, salt, nonce, AESGCM(outer).encrypt(nonce, key, _bound(journal, kind, cost)))
    raise KeyFileError(m.KEYS_NO_KDF, m.ENCRYPTION_MISSING_HINT)


def _unwrap(file: KeyFile, kind: str, secret: bytes, wrong: LockedError) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    for slot in file.slots:
        if slot.kind != kind:
            continue
        outer = _slowly(slot.cost, secret, slot.salt)
        if not outer:
            raise KeyFileError(m.KEYS_NO_KDF, m.ENCRYPTION_MISSING_HINT)
        try:
            key = AESGCM(outer).decrypt(slot.nonce, slot.wrapped, _bound(file.journal, kind, slot.cost))
        except InvalidTag:
            raise wrong from None
        _check_mac(file, key)
        return key
    raise KeyFileError(m.KEYS_DAMAGED, m.KEYS_HINT)


def _slowly(cost: dict[str, Any], secret: bytes, salt: bytes) -> bytes | None:
    """The wrapping key from a secret, at that cost; None where this machine cannot derive so."""
    if cost["kdf"] == "hkdf-sha256":
        return hkdf(secret, salt, b"mother-bond recovery")
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        if cost["kdf"] == "scrypt":
            n, r, p = cost["n"], cost["r"], cost["p"]
            return hashlib.scrypt(secret, salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=KEY_BYTES)
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        iterations, lanes, memory = cost["iterations"], cost["lanes"], cost["memory"]
        derive = Argon2id(salt=salt, length=KEY_BYTES, iterations=iterations, lanes=lanes, memory_cost=memory)
        return derive.derive(secret)
    except (ImportError, UnsupportedAlgorithm, ValueError, MemoryError):  # not built in, no such cost, no room for it
        return None


def hkdf(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA256 for 32 bytes: one block, so the standard library is enough (RFC 5869)."""
    return hmac.digest(hmac.digest(salt or bytes(32), secret, "sha256"), purpose + b"\x01", "sha256")


def _plain(passphrase: str) -> bytes:
    """The same bytes on every keyboard and system, even where a terminal could not decode what was typed."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def _check(letters: str) -> str:
    """Two letters that make the whole a multiple of 1021, as ISO 7064 does with 97.

    That is a prime, so every slip in one letter and every swap of two shows.
    """
    number = 0
    for letter in letters:
        number = number * 32 + _LETTERS.index(letter)
    return "".join(_LETTERS[part] for part in divmod(-number * 1024 % 1021, 32))


def _letters(code: str) -> bytes:
    """The 26 letters of a recovery code as it was typed. Raises `LockedError` where they do not check."""
    typed = "".join(character for character in code.upper() if character.isalnum())
    typed = typed.replace("O", "0").replace("I", "1").replace("L", "1")
    letters, check = typed[:_CODE], typed[_CODE:]
    if len(typed) != _CODE + _CHECK or not set(typed) <= set(_LETTERS) or check != _check(letters):
        raise LockedError(m.CODE_SLIP, m.CODE_HINT)
    return letters.encode()
